import { describe, expect, it } from 'vitest';
import { randomFloats } from '../model/tiny.contract.ts';
import { tensorOf, type Weights } from '../model/weights.ts';
import { createTrainer } from './create-trainer.ts';
import {
  crossEntropy,
  GRADIENT_STEP,
  HEADED,
  largestDifference,
  randomCredits,
  SEQUENCES,
  STEP,
  WEIGHTS,
} from './trainer.contract.ts';
import type { Credit } from './trainer.ts';

describe('a loss that reaches the value head alone', () => {
  const values: readonly Credit[] = SEQUENCES.slice(0, 3).map((ids, i) => ({
    ids,
    logprobs: new Float32Array(ids.length - 1),
    values: randomFloats(ids.length, 0.3, `head ${i}`),
  }));
  const changed = (before: Weights, after: Weights): string[] =>
    [...before.tensors].flatMap(([name, { data }]) =>
      largestDifference(data, tensorOf(after, name).data) > 0 ? [name] : [],
    );

  it.each(['adamw', 'muon'] as const)(
    'leaves all else as it is, whatever was trained before (%s)',
    async (optimiser) => {
      await using trainer = await createTrainer({ weights: HEADED, optimiser, workers: 2 });
      // Moments, and gradients of a whole pass in the buffers of the threads.
      await trainer.accumulate(randomCredits(true));
      await trainer.apply(STEP);
      const before = await trainer.snapshot();
      const scores = await trainer.accumulate(values, 'value-head');
      await trainer.apply({ ...STEP, weightDecay: 0.1 });
      const after = await trainer.snapshot();
      expect(changed(before, after)).toEqual(['value_head.weight', 'value_head.bias']);
      const [said] = await trainer.score([values[0]?.ids ?? new Int32Array()], before);
      expect(largestDifference(scores[0]?.values ?? [], said?.values ?? [])).toBeLessThan(1e-5);
    },
  );

  it('moves the head as the same loss over everything would', async () => {
    const head = async (reach: 'all' | 'value-head') => {
      await using trainer = await createTrainer({ weights: HEADED, workers: 1 });
      await trainer.accumulate(values, reach);
      await trainer.apply(GRADIENT_STEP);
      return tensorOf(await trainer.snapshot(), 'value_head.weight').data;
    };
    expect(largestDifference(await head('value-head'), await head('all'))).toBeLessThan(1e-5);
  });

  it('is of no account once a whole one waits beside it', async () => {
    await using trainer = await createTrainer({ weights: HEADED, workers: 1 });
    await trainer.accumulate(randomCredits(true));
    await trainer.accumulate(values, 'value-head');
    await trainer.apply(STEP);
    expect(changed(HEADED, await trainer.snapshot()).length).toBe(HEADED.tensors.size);
  });

  it('is refused where it has no head, or more than values in it', async () => {
    await using headless = await createTrainer({ weights: WEIGHTS, workers: 1 });
    await expect(headless.accumulate(crossEntropy(), 'value-head')).rejects.toMatchObject({ code: 'no-value-head' });
    await using trainer = await createTrainer({ weights: HEADED, workers: 1 });
    await expect(trainer.accumulate(crossEntropy(), 'value-head')).rejects.toMatchObject({ code: 'bad-sequence' });
  });

  it('may be taken at a rate of its own', async () => {
    const moved = async (step: typeof STEP, name: string): Promise<number> => {
      await using trainer = await createTrainer({ weights: HEADED, workers: 1 });
      await trainer.accumulate(randomCredits(true));
      await trainer.apply(step);
      return largestDifference(tensorOf(HEADED, name).data, tensorOf(await trainer.snapshot(), name).data);
    };
    const faster = { ...STEP, valueHead: { learningRate: 10 * STEP.learningRate } };
    const bias = 'value_head.bias';
    expect(await moved(faster, bias)).toBeCloseTo(10 * (await moved(STEP, bias)), 4);
    expect(await moved(faster, 'model.norm.weight')).toBe(await moved(STEP, 'model.norm.weight'));
  });
});
