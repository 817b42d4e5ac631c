import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { inputError, messageOf } from '../base/errors.ts';
import { rateSchema } from '../record/estimate.ts';
import { versioned } from '../record/version.ts';

/**
 * `preference.json`, beside the weights of a preference model: how its reward becomes a score, and how good it is on
 * pairs that it was not trained on. `accuracy` is the share of pairs whose better side has the higher reward.
 */
export const preferenceCardSchema = z.strictObject({
  schema: z.literal('subterfuge/preference@1'),
  /** SHA-256 of the base checkpoint's weights, and of the pairs in canonical JSON. */
  base: z.string(),
  pairs: z.strictObject({ sha256: z.string(), train: z.int().min(1), heldOut: z.int().min(1) }),
  /** Fixed when the model was trained, and never fitted again: rewards stay comparable over a run and between runs. */
  transformation: z.literal('sigmoid((reward - mean) / deviation)'),
  /** Of the rewards of both sides of all held-out pairs. */
  mean: z.number(),
  deviation: z.number().positive(),
  accuracy: z.array(z.strictObject({ kind: z.string(), rate: rateSchema })),
});
export type PreferenceCard = z.infer<typeof preferenceCardSchema>;

export const preferenceCardRecord = versioned('preference', preferenceCardSchema);

export const CARD_FILE = 'preference.json';

/** Throws `no-preference-card` or `bad-preference-card` (exit code 2). */
export const readPreferenceCard = async (directory: string): Promise<PreferenceCard> => {
  const path = join(directory, CARD_FILE);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (thrown) {
    throw inputError({
      code: 'no-preference-card',
      what: `This is not a preference model: it has no ${CARD_FILE}. (${messageOf(thrown)})`,
      given: directory,
      allowed: `a checkpoint directory with ${CARD_FILE}`,
      todo: 'Train one: node models/preference/train.ts',
      cause: thrown,
    });
  }
  try {
    return preferenceCardRecord.read(JSON.parse(text));
  } catch (thrown) {
    throw inputError({
      code: 'bad-preference-card',
      what: `${path} is not the card of a preference model: ${messageOf(thrown)}`,
      given: text.slice(0, 80),
      allowed: 'what models/preference/train.ts writes',
      cause: thrown,
    });
  }
};

/** A reward as a score from 0 to 1, by the card's transformation. */
export const scoreOfReward = (
  { mean, deviation }: Pick<PreferenceCard, 'mean' | 'deviation'>,
  reward: number,
): number => 1 / (1 + Math.exp(-(reward - mean) / deviation));
