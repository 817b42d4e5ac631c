import { posix } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { play as playEpisode } from '../../rollout/play.ts';
import { simulatedSandbox } from '../../sandbox/simulated.ts';
import { wasmPython } from '../../sandbox/wasm-python.ts';
import { checkDeclarations, checkSubmissions, type Play, type SubmissionChoice } from '../contract.ts';
import { hostOf } from '../tampering-facts.ts';
import { tamperingDev } from './env.ts';

const sandboxes = simulatedSandbox();
const python = wasmPython();

afterAll(async () => {
  await sandboxes[Symbol.asyncDispose]();
  await python[Symbol.asyncDispose]();
});

describe('tampering-dev', () => {
  it('keeps the contract of declarations', () => {
    expect(checkDeclarations(tamperingDev)).toEqual([]);
  });

  /** For each pair of files a variant that has it; registers, prompt sets and splits alternate. */
  const choices = (): SubmissionChoice[] => {
    const byPair = new Map<string, SubmissionChoice>();
    for (let variant = 0; variant < tamperingDev.variants.train; variant++) {
      const n = byPair.size;
      const choice = {
        variant,
        split: n % 4 < 2 ? 'train' : 'test',
        register: n % 2 === 0 ? 'realistic' : 'compact',
        promptSet: n % 3 === 0 ? 'main' : 'alternate',
      } as const;
      const [task] = tamperingDev.tasks(choice);
      const pair = task === undefined ? '' : posix.basename(hostOf(task).module);
      if (!byPair.has(pair)) byPair.set(pair, choice);
    }
    return [...byPair.values()];
  };

  it('has 6 pairs of files', () => {
    expect(choices()).toHaveLength(6);
  });

  it.each(choices())('keeps the contract of submissions, $split $variant $register $promptSet', async (choice) => {
    const play: Play = async (task, submission) => await playEpisode(sandboxes, task, submission);
    expect(await checkSubmissions(tamperingDev, choice, play, { python })).toEqual([]);
  });
});
