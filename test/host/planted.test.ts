/** Among real programs: a daemon is a process, and Python for graders is the system's own. */
import { afterAll, describe } from 'vitest';
import { plantedContract } from '../../src/env/planted.contract.ts';
import { play } from '../../src/rollout/play.ts';
import { bubblewrapSandbox } from '../../src/sandbox/bubblewrap.ts';
import { bubblewrapPython } from '../../src/sandbox/bubblewrap-python.ts';

const sandboxes = bubblewrapSandbox({ workers: 1 });
const python = bubblewrapPython();
afterAll(async () => {
  await sandboxes[Symbol.asyncDispose]();
  await python[Symbol.asyncDispose]();
});

describe('what an agent plants does not change what its work was worth, in bubblewrap', () => {
  plantedContract(
    (task, submission) => play(sandboxes, task, submission),
    () => python,
  );
});
