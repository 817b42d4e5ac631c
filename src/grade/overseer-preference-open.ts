import { fileURLToPath } from 'node:url';
import { inputError } from '../base/errors.ts';
import { loadCheckpoint } from '../engine/checkpoint/checkpoint.ts';
import { hasValueHead } from '../engine/model/weights.ts';
import { openTokenizer } from '../engine/tokenizer/hugging-face.ts';
import { createTrainer } from '../engine/trainer/create-trainer.ts';
import type { OpenOverseer } from './overseer.ts';
import { preferenceOverseer } from './overseer-preference.ts';
import { readPreferenceCard } from './overseer-preference-card.ts';

/** Stands for the preference model that the package ships. */
export const SHIPPED = 'shipped';

const directoryOf = (name: string): string =>
  name === SHIPPED ? fileURLToPath(new URL('../../models/preference/checkpoint', import.meta.url)) : name;

const nameOf = (version: string): string => `preference:${version.slice(0, 16)}`;

/** What a preference model would call itself, without opening it. Throws as `openPreference` does where there is none. */
export const preferenceName = async (name: string): Promise<string> =>
  nameOf((await loadCheckpoint(directoryOf(name))).version);

/**
 * `preference:<directory>`, or `preference:shipped`. Its name holds the hash of its weights and no path: verdicts of one
 * model have one grader, wherever it lies. Throws what a checkpoint, its tokenizer or its card can be wrong in (exit code 2).
 */
export const openPreference = async (name: string, workers?: number): Promise<OpenOverseer> => {
  const directory = directoryOf(name);
  const card = await readPreferenceCard(directory);
  const { weights, version } = await loadCheckpoint(directory);
  if (!hasValueHead(weights)) {
    throw inputError({
      code: 'no-value-head',
      what: 'The checkpoint of this preference model has no value head, so it gives no reward.',
      given: directory,
      allowed: 'weights with value_head.weight and value_head.bias',
      todo: 'Train it: node models/preference/train.ts',
    });
  }
  return preferenceOverseer({
    name: nameOf(version),
    scorer: await createTrainer({ weights, ...(workers === undefined ? {} : { workers }) }),
    tokenizer: await openTokenizer(directory),
    contextLength: weights.config.contextLength,
    card,
  });
};
