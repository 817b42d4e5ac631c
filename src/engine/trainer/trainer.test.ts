import { describe, expect, it } from 'vitest';
import { rng } from '../../base/rng.ts';
import { parameterSpecs } from '../model/parameters.ts';
import { randomFloats, randomIds, randomWeights, TINY } from '../model/tiny.contract.ts';
import { tensorOf, type Weights, weightsOf } from '../model/weights.ts';
import { createTrainer, type TrainerOptions } from './create-trainer.ts';
import {
  crossEntropy,
  GRADIENT_STEP,
  HEADED,
  largestDifference,
  lossOf,
  randomCredits,
  SEQUENCES,
  STEP,
  WEIGHTS,
} from './trainer.contract.ts';
import type { Credit, Trainer } from './trainer.ts';

/** Weights after `steps` updates on the same credits. */
const trained = async (options: TrainerOptions, credits: readonly Credit[], steps: number): Promise<Weights> => {
  await using trainer = await createTrainer(options);
  for (let i = 0; i < steps; i++) {
    await trainer.accumulate(credits);
    await trainer.apply(STEP);
  }
  return await trainer.snapshot();
};

const moved = (weights: Weights, name: string, direction: Float32Array, by: number): Weights => {
  const { config, tensors, flat } = weights;
  const copy = weightsOf(config, { valueHead: tensors.has('value_head.weight') });
  copy.flat.set(flat);
  const { data } = tensorOf(copy, name);
  for (let i = 0; i < data.length; i++) data[i] = (data[i] ?? 0) + by * (direction[i] ?? 0);
  return copy;
};

/** Central difference of the loss along a direction of one tensor. */
const slope = async (
  trainer: Trainer,
  weights: Weights,
  credits: readonly Credit[],
  name: string,
  direction: Float32Array,
): Promise<number> => {
  const loss = async (by: number): Promise<number> => {
    const ids = credits.map((credit) => credit.ids);
    return lossOf(credits, await trainer.score(ids, moved(weights, name, direction, by)));
  };
  const h = 2e-3;
  // Richardson: the error of third order goes.
  const [near, far] = [(await loss(h)) - (await loss(-h)), (await loss(2 * h)) - (await loss(-2 * h))];
  return (8 * near - far) / (12 * h);
};

describe('the gradient', () => {
  it.each([true, false])(
    'of every tensor is that of finite differences (tied embeddings: %s)',
    async (tiedEmbeddings) => {
      const weights = randomWeights({ ...TINY, tiedEmbeddings }, 'tiny', { valueHead: true });
      const sequences = SEQUENCES.slice(0, 3);
      const credits = randomCredits(true, sequences);
      await using trainer = await createTrainer({ weights, workers: 1 });
      await trainer.accumulate(credits);
      await trainer.apply(GRADIENT_STEP);
      const after = await trainer.snapshot();
      for (const { name, size } of parameterSpecs(weights.config, { valueHead: true })) {
        const before = tensorOf(weights, name).data;
        const gradient = tensorOf(after, name).data.map((x, i) => (before[i] ?? 0) - x);
        const norm = Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0));
        expect(norm, name).toBeGreaterThan(0.01);
        // Along the gradient, where a wrong factor shows, and across it, where a wrong direction does.
        const across = randomFloats(size, 1 / Math.sqrt(size), `direction ${name}`);
        const direction = gradient.map((g, i) => g / norm + (across[i] ?? 0));
        const expected = gradient.reduce((sum, g, i) => sum + g * (direction[i] ?? 0), 0);
        const found = await slope(trainer, weights, credits, name, direction);
        expect(Math.abs(found - expected), `${name}: ${found} and ${expected}`).toBeLessThan(0.003 * norm + 2e-3);
      }
    },
  );

  it('adds up over calls, and over workers', async () => {
    const credits = randomCredits(false);
    const once = await trained({ weights: WEIGHTS, workers: 1 }, credits, 1);
    await using trainer = await createTrainer({ weights: WEIGHTS, workers: 3, tokensPerBatch: 64 });
    await trainer.accumulate(credits.slice(0, 2));
    await trainer.accumulate(credits.slice(2));
    await trainer.apply(STEP);
    // Adam's first step is the learning rate times the sign: small gradients may turn.
    const twice = await trainer.snapshot();
    const far = once.flat.filter((x, i) => Math.abs(x - (twice.flat[i] ?? 0)) > 1e-4).length;
    expect(far).toBeLessThan(once.flat.length / 1000);
  });
});

describe('training', () => {
  it.each(['adamw', 'muon'] as const)('%s learns four sequences by heart', async (optimiser) => {
    const credits = crossEntropy(SEQUENCES.slice(2, 6));
    await using trainer = await createTrainer({ weights: WEIGHTS, optimiser });
    let loss = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 150 && loss > 0.05; i++) {
      loss = lossOf(credits, await trainer.accumulate(credits));
      await trainer.apply({ ...STEP, learningRate: 1e-2, muon: { learningRate: 0.03 } });
    }
    expect(loss).toBeLessThan(0.05);
  });

  it.each(['adamw', 'muon'] as const)('%s gives the same bits every time', async (optimiser) => {
    const options = { weights: WEIGHTS, optimiser, tokensPerBatch: 64 };
    const credits = randomCredits(false);
    const [a, b] = [await trained(options, credits, 4), await trained(options, credits, 4)];
    expect(a.flat).toEqual(b.flat);
    expect(a.flat).not.toEqual(WEIGHTS.flat);
  });

  it('leaves the weights that it was given alone', async () => {
    const before = WEIGHTS.flat.slice();
    await trained({ weights: WEIGHTS }, crossEntropy(), 2);
    expect(WEIGHTS.flat).toEqual(new Float32Array(before));
  });

  it('clips the gradient, and reports its norm before', async () => {
    await using trainer = await createTrainer({ weights: WEIGHTS });
    await trainer.accumulate(randomCredits(false));
    const report = await trainer.apply({ ...GRADIENT_STEP, maxGradientNorm: 0.5 });
    const after = await trainer.snapshot();
    const step = Math.hypot(...WEIGHTS.flat.map((x, i) => x - (after.flat[i] ?? 0)));
    expect(report.gradientNorm).toBeGreaterThan(1);
    expect(step).toBeCloseTo(0.5, 3);
    expect(report.step).toBe(1);
  });
});

describe('scores', () => {
  it('do not depend on padding and on the batch', async () => {
    await using trainer = await createTrainer({ weights: HEADED, tokensPerBatch: 100 });
    const together = await trainer.score(SEQUENCES);
    for (const [i, ids] of SEQUENCES.entries()) {
      const [alone] = await trainer.score([ids]);
      expect(alone?.logprobs.length).toBe(ids.length - 1);
      expect(largestDifference(alone?.logprobs ?? [], together[i]?.logprobs ?? [])).toBeLessThan(1e-5);
      expect(largestDifference(alone?.entropies ?? [], together[i]?.entropies ?? [])).toBeLessThan(1e-5);
      expect(largestDifference(alone?.values ?? [], together[i]?.values ?? [])).toBeLessThan(1e-5);
    }
  });

  it('are causal: later tokens change nothing before them', async () => {
    await using trainer = await createTrainer({ weights: WEIGHTS, workers: 1 });
    const [long, short] = await trainer.score([randomIds(40, 'long'), randomIds(40, 'long').slice(0, 21)]);
    expect(largestDifference(long?.logprobs.slice(0, 20) ?? [], short?.logprobs ?? [])).toBeLessThan(1e-5);
  });

  it('are distributions: at one vocabulary entry after another they sum to 1, and give the entropy', async () => {
    await using trainer = await createTrainer({ weights: WEIGHTS });
    const prompt = randomIds(9, 'prompt');
    const all = await trainer.score(Array.from({ length: TINY.vocabSize }, (_, id) => Int32Array.of(...prompt, id)));
    const last = all.map(({ logprobs }) => logprobs.at(-1) ?? Number.NaN);
    expect(last.reduce((sum, l) => sum + Math.exp(l), 0)).toBeCloseTo(1, 5);
    expect(all[0]?.entropies.at(-1)).toBeCloseTo(-last.reduce((sum, l) => sum + l * Math.exp(l), 0), 4);
  });

  it('of other weights are theirs, also when they take turns', async () => {
    const other = randomWeights(TINY, 'other');
    await using trainer = await createTrainer({ weights: WEIGHTS });
    await using theirs = await createTrainer({ weights: other });
    for (let turn = 0; turn < 2; turn++) {
      expect(await trainer.score(SEQUENCES, other)).toEqual(await theirs.score(SEQUENCES));
      expect(await trainer.score(SEQUENCES)).toEqual(await theirs.score(SEQUENCES, WEIGHTS));
    }
  });

  it('are given where they are asked for, with the same result, and values everywhere', async () => {
    await using trainer = await createTrainer({ weights: HEADED, workers: 1 });
    const sequences = [randomIds(40, 'a'), randomIds(17, 'b')];
    const all = await trainer.score(sequences);
    for (const every of [1, 5, 64]) {
      const scored = sequences.map(({ length }) =>
        Uint8Array.from({ length: length - 1 }, (_, t) => (t % every === 0 && t > 0 ? 1 : 0)),
      );
      const some = await trainer.score(sequences, null, scored);
      for (const [row, { logprobs, values }] of some.entries()) {
        for (const [t, on] of (scored[row] ?? []).entries()) {
          if (on === 0) expect(logprobs[t]).toBeNaN();
          else expect(logprobs[t]).toBeCloseTo(all[row]?.logprobs[t] ?? Number.NaN, 5);
        }
        expect(largestDifference(values ?? [], all[row]?.values ?? [])).toBeLessThan(1e-5);
      }
    }
    await expect(trainer.score(sequences, null, [])).rejects.toMatchObject({ code: 'bad-sequence' });
    await expect(trainer.score(sequences, null, [[1], [1]])).rejects.toMatchObject({ code: 'bad-sequence' });
  });

  it('of training are those before the update, and NaN where none was asked for', async () => {
    await using trainer = await createTrainer({ weights: WEIGHTS });
    const before = await trainer.score(SEQUENCES);
    const credits = crossEntropy();
    const some = credits.map((credit) => ({
      ...credit,
      logprobs: credit.logprobs.map((x, t) => (t % 5 === 0 ? x : 0)),
      scored: credit.logprobs.map((_, t) => (t === 1 ? 1 : 0)),
    }));
    const said = await trainer.accumulate(some);
    for (const [i, { logprobs, values }] of said.entries()) {
      expect(values).toBeNull();
      for (const [t, value] of logprobs.entries()) {
        if (t % 5 === 0 || t === 1) expect(value).toBeCloseTo(before[i]?.logprobs[t] ?? Number.NaN, 4);
        else expect(value).toBeNaN();
      }
    }
  });
});

describe('adapters', () => {
  const lora = { rank: 2, alpha: 4, rng: rng('lora') };

  it('begin as the base, and then differ from it', async () => {
    await using trainer = await createTrainer({ weights: WEIGHTS, lora });
    const scores = await trainer.score(SEQUENCES);
    const base = await trainer.score(SEQUENCES, WEIGHTS);
    for (const [i, { logprobs }] of scores.entries()) {
      expect(largestDifference(logprobs, base[i]?.logprobs ?? [])).toBeLessThan(1e-5);
    }
    expect((await trainer.snapshot()).flat).toEqual(WEIGHTS.flat);
  });

  it('learn, leave embeddings and norms alone, and merged they say the same', async () => {
    const credits = crossEntropy(SEQUENCES.slice(2, 6));
    await using trainer = await createTrainer({ weights: WEIGHTS, lora, valueHead: true });
    const losses: number[] = [];
    for (let i = 0; i < 40; i++) {
      losses.push(lossOf(credits, await trainer.accumulate(credits)));
      await trainer.apply({ ...STEP, learningRate: 1e-2 });
    }
    expect(losses.at(-1)).toBeLessThan(0.8 * (losses[0] ?? 0));
    const merged = await trainer.snapshot();
    expect(tensorOf(merged, 'model.embed_tokens.weight').data).toEqual(
      tensorOf(WEIGHTS, 'model.embed_tokens.weight').data,
    );
    const [own, other] = [await trainer.score(SEQUENCES), await trainer.score(SEQUENCES, merged)];
    for (const [i, { logprobs }] of own.entries()) {
      expect(largestDifference(logprobs, other[i]?.logprobs ?? [])).toBeLessThan(1e-4);
    }
  });

  it('with a value head learn values', async () => {
    await using trainer = await createTrainer({ weights: WEIGHTS, lora, valueHead: true });
    const [first] = await trainer.score(SEQUENCES);
    expect(first?.values).toEqual(new Float32Array(SEQUENCES[0]?.length ?? 0));
    // Wanted: 1 where the token is even. The derivative of half the squared error.
    const wanted = SEQUENCES.map((ids) => Float32Array.from(ids, (id) => (id % 2 === 0 ? 1 : 0)));
    const errors = async (): Promise<Float32Array[]> =>
      (await trainer.score(SEQUENCES)).map(({ values }, s) =>
        Float32Array.from(wanted[s] ?? [], (want, t) => (values?.[t] ?? Number.NaN) - want),
      );
    for (let i = 0; i < 60; i++) {
      const slopes = (await errors()).map((error) => error.map((e) => e / 20));
      await trainer.accumulate(
        SEQUENCES.map((ids, s) => ({
          ids,
          logprobs: new Float32Array(ids.length - 1),
          ...(slopes[s] && { values: slopes[s] }),
        })),
      );
      await trainer.apply({ ...STEP, learningRate: 2e-2 });
    }
    const left = (await errors()).flatMap((error) => [...error].map(Math.abs));
    expect(left.reduce((sum, e) => sum + e, 0) / left.length).toBeLessThan(0.25);
  });
});

describe('the gradient that waits', () => {
  const one: Credit = { ids: Int32Array.of(1, 2, 3), logprobs: Float32Array.of(-1, -1) };

  it('is dropped on demand, and an update without one is refused', async () => {
    await using trainer = await createTrainer({ weights: WEIGHTS, workers: 1 });
    await expect(trainer.apply(STEP)).rejects.toMatchObject({ code: 'no-gradient', exitCode: 2 });
    await trainer.accumulate(crossEntropy());
    await trainer.drop();
    await expect(trainer.apply(STEP)).rejects.toMatchObject({ code: 'no-gradient' });
    await trainer.accumulate([one]);
    await trainer.apply(STEP);
    const { flat } = await trainer.snapshot();
    expect(flat).toEqual((await trained({ weights: WEIGHTS, workers: 1 }, [one], 1)).flat);
    await expect(trainer.apply(STEP)).rejects.toMatchObject({ code: 'no-gradient' });
  });

  it('stays where a call or a step is bad input', async () => {
    await using trainer = await createTrainer({ weights: WEIGHTS, workers: 1 });
    await trainer.accumulate([one]);
    await expect(trainer.accumulate([{ ...one, logprobs: new Float32Array(9) }])).rejects.toMatchObject({
      exitCode: 2,
    });
    await expect(trainer.apply({ ...STEP, eps: Number.NaN })).rejects.toMatchObject({ code: 'bad-step' });
    await trainer.apply(STEP);
    const { flat } = await trainer.snapshot();
    expect(flat).toEqual((await trained({ weights: WEIGHTS, workers: 1 }, [one], 1)).flat);
  });
});

describe('a snapshot', () => {
  it('goes into weights that are given, and is scored with as what it is then', async () => {
    await using trainer = await createTrainer({ weights: WEIGHTS });
    const into = await trainer.snapshot();
    const before = await trainer.score(SEQUENCES, into);
    await trainer.accumulate(crossEntropy());
    await trainer.apply(STEP);
    expect(await trainer.snapshot(into)).toBe(into);
    expect(into.flat).toEqual((await trainer.snapshot()).flat);
    expect(await trainer.score(SEQUENCES, into)).toEqual(await trainer.score(SEQUENCES));
    expect(await trainer.score(SEQUENCES, into)).not.toEqual(before);
    await expect(trainer.snapshot(HEADED)).rejects.toMatchObject({ code: 'other-model', exitCode: 2 });
  });
});

describe('a model', () => {
  it('is the same whatever the order of its keys', async () => {
    const turned = Object.fromEntries(Object.entries(TINY).reverse());
    const config = { ...TINY, ...turned };
    const { contextLength, ...others } = config;
    const same = weightsOf({ contextLength, ...others }, { valueHead: false });
    expect(JSON.stringify(same.config)).not.toBe(JSON.stringify(TINY));
    same.flat.set(WEIGHTS.flat);
    await using trainer = await createTrainer({ weights: WEIGHTS, workers: 1 });
    expect(await trainer.score(SEQUENCES, same)).toEqual(await trainer.score(SEQUENCES));
    await expect(trainer.score(SEQUENCES, randomWeights({ ...TINY, ropeTheta: 9 }))).rejects.toMatchObject({
      code: 'other-model',
    });
  });

  it.each([
    [{ heads: 5, kvHeads: 2 }, 'evenly'],
    [{ headSize: 5 }, 'even head size'],
    [{ layers: Number.NaN }, 'layers'],
    [{ rmsNormEps: Number.NaN }, 'rmsNormEps'],
  ])('with %j is refused where it is made', (change, what) => {
    expect(() => weightsOf({ ...TINY, ...change }, { valueHead: false })).toThrow(
      expect.objectContaining({ code: 'bad-model', exitCode: 2, message: expect.stringContaining(what) }),
    );
  });
});

it('a trainer that was closed says so, twice too', async () => {
  const trainer = await createTrainer({ weights: WEIGHTS, workers: 2 });
  const running = Promise.allSettled([trainer.accumulate(crossEntropy())]);
  await Promise.all([trainer[Symbol.asyncDispose](), trainer[Symbol.asyncDispose]()]);
  expect((await running)[0]).toMatchObject({ status: 'rejected', reason: { code: 'trainer-closed' } });
  await expect(trainer.snapshot()).rejects.toMatchObject({ code: 'trainer-closed', exitCode: 3 });
});
