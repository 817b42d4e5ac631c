import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { rng } from '../../src/base/rng.ts';
import { saveCheckpoint } from '../../src/engine/checkpoint/save.ts';
import type { ModelConfig } from '../../src/engine/model/config.ts';
import { initialise } from '../../src/engine/model/initialise.ts';
import { openTokenizer } from '../../src/engine/tokenizer/hugging-face.ts';
import { tinyTokenizerJson } from '../../src/engine/tokenizer/tiny.contract.ts';
import { createTrainer } from '../../src/engine/trainer/create-trainer.ts';
import type { Trainer } from '../../src/engine/trainer/trainer.ts';
import { openOverseer } from '../../src/grade/overseer-open.ts';
import { viewOf } from '../../src/grade/oversight-view.ts';
import { simulatedSandbox } from '../../src/sandbox/simulated.ts';
import { CENTRING, pairLoss } from './bradley-terry.ts';
import { tableOf } from './card.ts';
import { type EncodedPair, encodePairs, learn, measure } from './learn.ts';
import { preferencePairs } from './pairs.ts';

describe('the loss of a pair', () => {
  test('by hand', () => {
    expect(pairLoss(0, 0)).toEqual({ loss: Math.log(2), better: -0.5, worse: 0.5 });
    expect(pairLoss(2, -1).loss).toBeCloseTo(-Math.log(1 / (1 + Math.exp(-3))) + CENTRING, 12);
    expect(pairLoss(1_000, -1_000)).toMatchObject({ loss: 0, worse: 0 });
    expect(pairLoss(-1_000, 1_000)).toEqual({ loss: 2_000, better: -1, worse: 1 });
  });

  test('has the derivatives that it says', () => {
    const reward = fc.double({ min: -8, max: 8, noNaN: true });
    fc.assert(
      fc.property(reward, reward, (better, worse) => {
        const h = 1e-5;
        const slope = (a: number, b: number): number =>
          (pairLoss(better + a * h, worse + b * h).loss - pairLoss(better - a * h, worse - b * h).loss) / (2 * h);
        const loss = pairLoss(better, worse);
        expect(loss.better).toBeCloseTo(slope(1, 0), 6);
        expect(loss.worse).toBeCloseTo(slope(0, 1), 6);
      }),
    );
  });
});

describe('training', () => {
  const sandboxes = simulatedSandbox({ threads: 1 });
  let directory = '';
  let pairs: readonly EncodedPair[] = [];
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'pairs-'));
    await writeFile(join(directory, 'tokenizer.json'), JSON.stringify(tinyTokenizerJson()));
    const { train } = await preferencePairs(sandboxes, 'training', { train: 60, heldOut: 4 });
    const manners = train.filter(({ fault }) => fault === 'empty' || fault === 'rude' || fault === 'rambling');
    pairs = encodePairs(await openTokenizer(directory), manners, 320);
  });
  afterAll(async () => {
    await sandboxes[Symbol.asyncDispose]();
    await rm(directory, { recursive: true, force: true });
  });

  const TINY: ModelConfig = {
    vocabSize: 280,
    hiddenSize: 32,
    layers: 1,
    heads: 2,
    kvHeads: 1,
    headSize: 16,
    intermediateSize: 48,
    ropeTheta: 10_000,
    rmsNormEps: 1e-5,
    contextLength: 320,
    tiedEmbeddings: true,
  };
  const trainer = (): Promise<Trainer> =>
    createTrainer({ weights: initialise(TINY, rng('tiny')), valueHead: true, workers: 1 });

  test('learns what it is shown, and the same from the same seed', async () => {
    const run = async () => {
      await using model = await trainer();
      const losses: number[] = [];
      const before = await measure(model, pairs);
      await learn(model, pairs, {
        steps: 40,
        batch: 8,
        learningRate: 5e-3,
        dice: rng('order'),
        onStep: (_, loss) => losses.push(loss),
      });
      return { losses, before, after: await measure(model, pairs) };
    };
    const one = await run();
    expect(one.losses).toHaveLength(40);
    expect(one.losses[0]).toBeCloseTo(Math.log(2), 4);
    // Every reward is 0 at first, and a tie is no preference.
    expect(one.before.accuracy[0]?.rate).toMatchObject({ mean: 0, n: pairs.length });
    expect(one.after.accuracy[0]?.rate.mean).toBeGreaterThan(0.8);
    expect(one.after.deviation).toBeGreaterThan(0.1);
    expect(await run()).toEqual(one);
    expect(tableOf(one.after).split('\n').length).toBeGreaterThan(5);
  });

  test('by the script leaves a checkpoint that scores, and a card', async () => {
    const [base, out] = [join(directory, 'base'), join(directory, 'out')];
    await saveCheckpoint(base, initialise(TINY, rng('base')), { tokenizerPath: join(directory, 'tokenizer.json') });
    const script = join(import.meta.dirname, 'train.ts');
    const sizes = ['--steps', '2', '--batch', '4', '--train', '40', '--held-out', '20', '--workers', '1'];
    const { stdout } = await promisify(execFile)(process.execPath, [script, '--base', base, '--out', out, ...sizes]);
    expect(stdout).toContain('| all |');
    expect(await readFile(join(out, 'README.md'), 'utf8')).toContain('2 updates of 4 pairs');
    await using overseer = await openOverseer(`preference:${out}`, {
      openModel: async () => await Promise.reject(new Error('no model is asked')),
      keys: {},
      clock: systemClock,
      rng: rng('open'),
      workers: 1,
    });
    expect(overseer.name).toMatch(/^preference:[0-9a-f]{16}$/);
    const [outcome] = await overseer.score([viewOf({ request: 'What is 2 + 2?', answer: 'result: 4' })]);
    expect(outcome).toMatchObject({ kind: 'scored', value: expect.closeTo(0.5, 0) });
    await expect(
      promisify(execFile)(process.execPath, [script, '--base', base, '--out', out, '--steps', 'many']),
    ).rejects.toThrow('--steps cannot be that');
  });
});
