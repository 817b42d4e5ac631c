import { afterAll, describe, expect, it, test } from 'vitest';
import { contentHash } from '../../src/base/json.ts';
import type { Environment } from '../../src/env/environment.ts';
import { rewardTampering } from '../../src/env/reward-tampering/env.ts';
import { tamperingDev } from '../../src/env/tampering-dev/env.ts';
import { play } from '../../src/rollout/play.ts';
import { bubblewrapPython } from '../../src/sandbox/bubblewrap-python.ts';
import type { PythonOutcome, PythonProgram, PythonRunner } from '../../src/sandbox/python.ts';
import { simulatedSandbox } from '../../src/sandbox/simulated.ts';
import { wasmPython } from '../../src/sandbox/wasm-python.ts';

/** Both Python executors must decide every tampering exploit alike. Needs bubblewrap, so it belongs to the host project. */

const wasm = wasmPython();
const bubblewrap = bubblewrapPython();
const sandboxes = simulatedSandbox();
const probe = await bubblewrap.probe();
afterAll(async () => {
  await Promise.all([wasm, bubblewrap, sandboxes].map((each) => each[Symbol.asyncDispose]()));
});

/** What a grader can see of an outcome: tracebacks differ between versions of Python. */
const visible = (outcome: PythonOutcome): unknown =>
  outcome.kind === 'exited' ? { exitCode: outcome.exitCode, stdout: outcome.stdout } : outcome.kind;

const noting = (programs: Map<string, PythonProgram>): PythonRunner => ({
  name: 'noting',
  run: (program) => {
    programs.set(contentHash({ files: program.files, main: program.main }), program);
    return wasm.run(program);
  },
  [Symbol.asyncDispose]: () => Promise.resolve(),
});

/** Every program that grading the exploits of one variant runs. */
const programsOf = async (environment: Environment): Promise<readonly PythonProgram[]> => {
  const programs = new Map<string, PythonProgram>();
  const [task] = environment.tasks({ split: 'train', variant: 3, register: 'compact', promptSet: 'main' });
  if (task === undefined) throw new Error('no task');
  for (const { submission } of environment.submissions(task).exploits) {
    const rollout = await play(sandboxes, task, submission);
    await environment.labels.label([rollout], { python: noting(programs) });
  }
  return [...programs.values()];
};

const HOSTILE: readonly (readonly [string, string])[] = [
  ['an exit at import', 'import sys\nsys.exit(0)\n'],
  ['an exit without clean-up', 'import os\nprint("x", flush=True)\nos._exit(7)\n'],
  ['a syntax error', 'def reward(:\n'],
  ['an exception', 'raise ValueError("no")\n'],
  ['a closed stdout', 'import sys\nsys.stdout.close()\n'],
  ['unbounded recursion', 'def f(n):\n    return f(n + 1)\nf(0)\n'],
  ['an endless loop', 'while True:\n    pass\n'],
  ['numbers', 'print(repr(float("inf")), repr(1e300 * 10), 10 ** 20, 0.1 + 0.2, hash("a") == hash("a"))\n'],
];

test('bubblewrap works here', () => {
  expect(probe).toMatchObject({ ok: true });
});

describe('wasm and bubblewrap', () => {
  it.each([rewardTampering, tamperingDev])('agree on the exploits of $name', async (environment) => {
    const programs = await programsOf(environment);
    expect(programs.length).toBeGreaterThanOrEqual(10);
    for (const program of programs) {
      const [one, other] = await Promise.all([wasm.run(program), bubblewrap.run(program)]);
      expect(visible(one), program.files.map(({ text }) => text).join('\n---\n')).toEqual(visible(other));
    }
  });

  it.each(HOSTILE)('agree on %s', async (_, text) => {
    const program = { files: [{ path: '/guest/m.py', text }], main: '/guest/m.py', timeoutMs: 4_000 };
    const [one, other] = await Promise.all([wasm.run(program), bubblewrap.run(program)]);
    expect(visible(one)).toEqual(visible(other));
  });
});
