/** Adapters that a recipe wants, and the learners that are to have them. */
import { inputError } from '../base/errors.ts';
import { rng } from '../base/rng.ts';
import type { Lora } from '../engine/model/lora.ts';
import type { EngineLearnerOptions } from './engine-learner.ts';
import type { LearnerSource } from './learner.ts';
import type { Recipe } from './recipe.ts';

/** What `engineLearners` takes for a recipe: nothing where the whole model is trained. A seed draws the adapters' start. */
export const adaptersOf = ({ lora }: Pick<Recipe, 'lora'>, seed: string): Pick<EngineLearnerOptions, 'lora'> =>
  lora === null ? {} : { lora: { ...lora, rng: rng(seed).fork('lora') } };

const WHOLE = 'the whole model';

const trainedBy = (lora: Lora | null): string =>
  lora === null ? WHOLE : `adapters of rank ${lora.rank}, alpha ${lora.alpha}`;

/** Among the settings of a learner, which are written down. */
export const loraSetting = (lora: Lora | undefined): Readonly<Record<string, string>> =>
  lora === undefined ? {} : { trained: trainedBy(lora) };

/** Throws `another-learner` where learners train something else than the recipe says. */
export const checkLora = ({ lora }: Pick<Recipe, 'lora'>, { settings }: Pick<LearnerSource, 'settings'>): void => {
  const wanted = trainedBy(lora);
  const given = new Map(Object.entries(settings)).get('trained') ?? WHOLE;
  if (given === wanted) return;
  throw inputError({
    code: 'another-learner',
    what: 'The learners do not train what the recipe says: adapters and whole models are two things.',
    given: String(given),
    allowed: wanted,
    todo: 'Give engineLearners the "lora" of the recipe, or change the recipe.',
  });
};
