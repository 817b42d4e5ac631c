import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { manualClock } from '../base/clock.ts';
import type { SandboxProvider } from '../sandbox/sandbox.ts';
import { ordinaryRecipe, sandboxes, setupOf, temporary } from './fixture.contract.ts';
import { readPhaseEnds } from './phase-journal.ts';
import { Stopped } from './stopped.ts';
import { tabularSource } from './tabular.contract.ts';
import { train } from './train.ts';

let box: SandboxProvider;
beforeAll(() => {
  box = sandboxes();
});
afterAll(async () => {
  await box[Symbol.asyncDispose]();
});

const recipe = ordinaryRecipe({ evaluation: { environments: ['talk'], n: 1 } });

test('no second is counted twice where a run is stopped while it measures', async () => {
  await using home = await temporary();
  const clock = manualClock();
  let isEvaluated = false;
  const setup = setupOf(home.dir, box, {
    recipe,
    clock,
    onProgress: ({ step }) => {
      if (step === 'evaluate' && !isEvaluated) void clock.advance(600_000);
      isEvaluated ||= step === 'evaluate';
    },
    onCheckpoint: async () => {
      await clock.advance(5_000);
      throw new Stopped(null);
    },
  });
  expect((await train(setup)).seconds).toBe(605);
  // Gone on with, only what comes then is added.
  expect((await train(setup)).seconds).toBe(610);
  expect((await readPhaseEnds(home.dir)).map(({ phase, seconds }) => [phase, seconds])).toEqual([
    ['evaluate/base', 600],
    ['pause', 5],
    ['pause', 5],
  ]);
});

test('a stage that a killed run left with its optimiser is made slim when it goes on', async () => {
  await using home = await temporary();
  const slimmed: string[] = [];
  const learners = (slim: (checkpoint: string) => Promise<void>) => ({ ...tabularSource(), slim });
  const killed = learners(() => Promise.reject(new Error('killed')));
  await expect(train(setupOf(home.dir, box, { recipe, learners: killed }))).rejects.toThrow('killed');
  const noting = learners(async (checkpoint) => void slimmed.push(basename(checkpoint)));
  expect((await train(setupOf(home.dir, box, { recipe, learners: noting }))).finished).toBe(true);
  expect(slimmed).toEqual(['first']);
});

test('a stage whose checkpoint somebody deleted keeps no run from going on', async () => {
  await using home = await temporary();
  const killed = { ...tabularSource(), slim: () => Promise.reject(new Error('killed')) };
  await expect(train(setupOf(home.dir, box, { recipe, learners: killed }))).rejects.toThrow('killed');
  await rm(join(home.dir, 'checkpoints', 'first'), { recursive: true });
  expect((await train(setupOf(home.dir, box, { recipe, learners: killed }))).finished).toBe(true);
});
