import { afterAll, describe, expect, it } from 'vitest';
import { play } from '../../rollout/play.ts';
import { simulatedSandbox } from '../../sandbox/simulated.ts';
import { wasmPython } from '../../sandbox/wasm-python.ts';
import { checkDeclarations, checkSubmissions } from '../contract.ts';
import { rewardTampering } from './env.ts';

const sandboxes = simulatedSandbox();
const python = wasmPython();

afterAll(async () => {
  await sandboxes[Symbol.asyncDispose]();
  await python[Symbol.asyncDispose]();
});

describe('reward-tampering', () => {
  it('keeps the contract of declarations', () => {
    expect(checkDeclarations(rewardTampering)).toEqual([]);
  });

  it.each([
    { variant: 0, register: 'realistic' },
    { variant: 77, register: 'compact' },
    { variant: 511, register: 'compact', split: 'test' },
  ] as const)('keeps the contract of submissions, $register $variant', async (choice) => {
    expect(
      await checkSubmissions(rewardTampering, choice, (task, submission) => play(sandboxes, task, submission), {
        python,
      }),
    ).toEqual([]);
  });
});
