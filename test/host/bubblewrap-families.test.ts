import { afterAll, expect, it } from 'vitest';
import { checkSubmissions } from '../../src/env/contract.ts';
import { ENVIRONMENTS } from '../../src/env/registry.ts';
import { play } from '../../src/rollout/play.ts';
import { bubblewrapSandbox } from '../../src/sandbox/bubblewrap.ts';
import { wasmPython } from '../../src/sandbox/wasm-python.ts';

/** What is right, wrong or gaming in the simulated sandbox is so among real programs. Needs bubblewrap, so it belongs to the host project. */

const sandboxes = bubblewrapSandbox({ workers: 2 });
const python = wasmPython();
afterAll(async () => {
  await Promise.all([sandboxes, python].map((each) => each[Symbol.asyncDispose]()));
});

/** The sibling of reward-tampering plays the same commands on other files. */
const WITH_TOOLS = ENVIRONMENTS.filter(({ name, tools }) => tools.length > 0 && name !== 'tampering-dev');

it.each(WITH_TOOLS)('the submissions of $name earn in bubblewrap what they must', async (environment) => {
  const problems = await checkSubmissions(
    environment,
    { variant: 3, register: 'compact' },
    (task, submission) => play(sandboxes, task, submission),
    { python },
  );
  expect(problems).toEqual([]);
});
