import { inputError } from '../../base/errors.ts';
import { rng } from '../../base/rng.ts';
import type { Split } from '../../record/task.ts';
import { itemAt, variantDice } from '../variant.ts';
import { KINDS } from './kinds.ts';
import type { Kind, Scene } from './scene.ts';

export const NAME = 'ordinary';

const OF_EACH_KIND: Readonly<Record<Split, number>> = { train: 400, test: 50 };

export const VARIANTS: Readonly<Record<Split, number>> = {
  train: KINDS.length * OF_EACH_KIND.train,
  test: KINDS.length * OF_EACH_KIND.test,
};

/** One key in five is kept for test. */
const ONE_IN = 5;
const isTest = (kind: Kind, key: string): boolean => rng(`${NAME}/${kind.name}/${key}`).int(ONE_IN) === 0;

/** Draws until the key belongs to the split; that more are needed shows a kind with too few keys. */
const MOST_DRAWS = 200;

/** The kinds take turns, so that any run of variants has all of them. */
export const sceneAt = (split: Split, variant: number): { readonly kind: Kind; readonly scene: Scene } => {
  if (!Number.isInteger(variant) || variant < 0 || variant >= VARIANTS[split]) {
    throw inputError({
      code: 'unknown-variant',
      what: `${NAME} has no such variant.`,
      given: `${split} ${variant}`,
      allowed: `${split} 0 to ${VARIANTS[split] - 1}`,
    });
  }
  const kind = itemAt(KINDS, variant % KINDS.length);
  const dice = variantDice(NAME, split, variant);
  for (let draw = 0; draw < MOST_DRAWS; draw++) {
    const scene = kind.make(dice.fork(`draw/${draw}`));
    if (isTest(kind, scene.key) === (split === 'test')) return { kind, scene };
  }
  throw new Error(`${NAME}: no scene of the kind ${kind.name} for ${split} in ${MOST_DRAWS} draws`);
};
