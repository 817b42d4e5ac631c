import { expect, test } from 'vitest';
import { rng } from '../base/rng.ts';
import type { Trainer } from '../engine/trainer/trainer.ts';
import type { Round } from './algorithm.ts';
import type { Advised, ClippedWeights } from './clipped-policy.ts';
import { clippedUpdates } from './clipped-update.ts';
import { ordinaryRecipe } from './fixture.contract.ts';
import type { Step } from './step.ts';
import { tabularSource } from './tabular.contract.ts';

const WEIGHTS: ClippedWeights = {
  clip: { low: 0.2, high: 0.2 },
  policy: 1,
  value: 0.5,
  valueClip: 0.2,
  entropy: 0,
  kl: 0.1,
};

/** Three sequences as the table itself would have sampled them, and a round that counts what is asked of the trainer. */
const worked = async (weights: ClippedWeights, epochs: number) => {
  await using learner = await tabularSource().open(null);
  const { trainer } = learner;
  const ids = [0, 2, 3].map((first) => Int32Array.of(first, 7, 8, 5));
  const scores = await trainer.score(ids);
  const sequences = ids.map((one, at): Advised => {
    const { logprobs = new Float32Array(3), values = null } = scores[at] ?? {};
    return {
      transcript: { ids: one, mask: Uint8Array.of(1, 1, 1), logprobs, trained: 3 },
      referenceLogprobs: logprobs.map((x) => x - 0.1),
      advantages: [1, -1, 0.5],
      values: { old: [...(values ?? [])].slice(0, 3), target: [1, 1, 1] },
    };
  });
  let passes = 0;
  const counting: Trainer = {
    ...trainer,
    score: async (...given) => {
      passes++;
      return await trainer.score(...given);
    },
  };
  const steps: Step[] = [];
  const round = {
    recipe: ordinaryRecipe({ algorithm: 'grpo', temperature: 1, epochs, batchSequences: 2 }),
    trainer: counting,
    dice: rng('clipped'),
    expect: () => undefined,
    step: async (step: Step) => {
      steps.push(step);
    },
  } satisfies Pick<Round, 'recipe' | 'trainer' | 'dice' | 'expect' | 'step'>;
  await clippedUpdates(round as unknown as Round, sequences, weights, null);
  return { passes, steps };
};

test('the first update of a round needs no pass over its sequences, every later one does', async () => {
  const { passes, steps } = await worked(WEIGHTS, 2);
  expect([steps.length, passes]).toEqual([4, 3]);
});

test('what the first update is made from is what a pass would have said', async () => {
  const known = await worked(WEIGHTS, 1);
  // A bonus for entropy too small to matter: the entropies have to be asked for.
  const asked = await worked({ ...WEIGHTS, entropy: 1e-12 }, 1);
  expect([known.passes, asked.passes]).toEqual([1, 2]);
  for (const [at, { credits, clipFraction, loss }] of known.steps.entries()) {
    const other = asked.steps[at];
    expect(clipFraction).toBe(other?.clipFraction);
    expect(loss([])).toBeCloseTo(other?.loss([]) ?? Number.NaN, 6);
    for (const [i, credit] of credits.entries()) {
      const same = other?.credits[i];
      for (const [t, slope] of credit.logprobs.entries()) expect(slope).toBeCloseTo(same?.logprobs[t] ?? Number.NaN, 6);
      for (const [t, slope] of (credit.values ?? []).entries())
        expect(slope).toBeCloseTo(same?.values?.[t] ?? Number.NaN, 6);
    }
  }
});
