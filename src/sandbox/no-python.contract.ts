import type { PythonRunner } from './python.ts';

/** For graders that run no program. Nothing is held, so it need not be closed. */
export const noPython: PythonRunner = {
  name: 'none',
  run: async () => ({ kind: 'lost', message: 'no python in this test' }),
  [Symbol.asyncDispose]: async () => undefined,
};
