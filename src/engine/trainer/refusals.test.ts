import { describe, expect, it } from 'vitest';
import { randomWeights, TINY } from '../model/tiny.contract.ts';
import { tensorOf } from '../model/weights.ts';
import { createTrainer } from './create-trainer.ts';
import { SEQUENCES, STEP, WEIGHTS } from './trainer.contract.ts';

describe('what cannot be', () => {
  it('weights that hold no numbers name the tensor', async () => {
    const sick = randomWeights();
    tensorOf(sick, 'model.norm.weight').data[2] = Number.NEGATIVE_INFINITY;
    await expect(createTrainer({ weights: sick })).rejects.toMatchObject({
      code: 'bad-weights',
      exitCode: 2,
      what: expect.stringContaining('model.norm.weight'),
      given: '-Infinity at place 2',
    });
  });

  it.each([
    ['a token outside the vocabulary', [Int32Array.of(1, TINY.vocabSize)], 'bad-sequence'],
    ['a sequence longer than the context', [new Int32Array(TINY.contextLength + 1)], 'bad-sequence'],
    ['an empty sequence', [new Int32Array(0)], 'bad-sequence'],
  ])('%s is refused', async (_, sequences, code) => {
    await using trainer = await createTrainer({ weights: WEIGHTS, workers: 1 });
    await expect(trainer.score(sequences)).rejects.toMatchObject({ code, exitCode: 2 });
    expect(await trainer.score([])).toEqual([]);
    expect((await trainer.score([Int32Array.of(3)]))[0]?.logprobs).toEqual(new Float32Array(0));
  });

  it('a loss by values without a head, numbers that are none, other shapes, other models', async () => {
    await using trainer = await createTrainer({ weights: WEIGHTS, workers: 1 });
    const ids = Int32Array.of(1, 2, 3);
    const logprobs = new Float32Array(2);
    await expect(trainer.accumulate([{ ids, logprobs, values: Float32Array.of(1, 0, 0) }])).rejects.toMatchObject({
      code: 'no-value-head',
    });
    await expect(trainer.accumulate([{ ids, logprobs: Float32Array.of(0, Number.NaN) }])).rejects.toMatchObject({
      code: 'not-finite',
      exitCode: 3,
    });
    await expect(trainer.accumulate([{ ids, logprobs: new Float32Array(3) }])).rejects.toMatchObject({
      code: 'bad-sequence',
    });
    await expect(trainer.score([ids], randomWeights({ ...TINY, layers: 1 }))).rejects.toMatchObject({
      code: 'other-model',
    });
    await expect(trainer.apply({ ...STEP, learningRate: Number.NaN })).rejects.toMatchObject({ code: 'bad-step' });
    await expect(createTrainer({ weights: WEIGHTS, workers: 0 })).rejects.toMatchObject({
      code: 'bad-trainer-options',
    });
    for (const tokensPerBatch of [Number.NaN, 0, 0.5, Number.POSITIVE_INFINITY]) {
      await expect(createTrainer({ weights: WEIGHTS, tokensPerBatch })).rejects.toMatchObject({
        code: 'bad-trainer-options',
        exitCode: 2,
      });
    }
  });

  it('a gradient of Infinity changes nothing, says the step, and training goes on', async () => {
    await using trainer = await createTrainer({ weights: WEIGHTS });
    // Each is a number; their sum over the places is none.
    await trainer.accumulate(SEQUENCES.map((ids) => ({ ids, logprobs: new Float32Array(ids.length - 1).fill(3e38) })));
    await expect(trainer.apply(STEP)).rejects.toMatchObject({
      code: 'not-finite',
      exitCode: 3,
      what: expect.stringContaining('update 1 '),
    });
    expect((await trainer.snapshot()).flat).toEqual(WEIGHTS.flat);
    await expect(trainer.apply(STEP)).rejects.toMatchObject({ code: 'no-gradient', exitCode: 2 });
    await trainer.accumulate([{ ids: Int32Array.of(1, 2), logprobs: new Float32Array(1) }]);
    expect(await trainer.apply(STEP)).toMatchObject({ gradientNorm: 0, step: 1 });
  });
});
