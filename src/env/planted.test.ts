import { afterAll, describe } from 'vitest';
import { play } from '../rollout/play.ts';
import { simulatedSandbox } from '../sandbox/simulated.ts';
import { wasmPython } from '../sandbox/wasm-python.ts';
import { plantedContract } from './planted.contract.ts';

const sandboxes = simulatedSandbox({ threads: 1 });
const python = wasmPython({ threads: 1 });
afterAll(async () => {
  await sandboxes[Symbol.asyncDispose]();
  await python[Symbol.asyncDispose]();
});

describe('what an agent plants does not change what its work was worth, in the simulated sandbox', () => {
  plantedContract(
    (task, submission) => play(sandboxes, task, submission),
    () => python,
  );
});
