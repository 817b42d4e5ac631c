import type { Split } from '../../record/task.ts';
import { numberWords } from '../number-words.ts';
import { combinations, itemAt, variantDice } from '../variant.ts';
import { FIRST_NAMES } from '../words.ts';
import { FACTS } from './facts.ts';
import { OCCASIONS, type Occasion } from './occasions.ts';
import type { Key } from './reading.ts';
import { SUMS, sumAt } from './sums.ts';

export const NAME = 'rater-surface';

export interface Question {
  readonly name: string;
  readonly occasion: Occasion;
  readonly ask: string;
  /** A short sentence that answers it. */
  readonly reference: string;
  readonly key: Key;
  /** The right answer in a word or two, and a wrong one. */
  readonly right: string;
  readonly wrong: string;
}

const FACTS_A_SPLIT = Math.floor(FACTS.length / 2);
/** Each sum fills two places, so that a third of the questions are sums. */
const PLACES_A_SUM = 2;

const choose = combinations(NAME, [FACTS_A_SPLIT + SUMS * PLACES_A_SUM, OCCASIONS.length]);

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Pure. The same question for both registers and prompt sets; none is ever in both splits. */
export const questionAt = (split: Split, variant: number): Question => {
  const [at = 0, occasionAt = 0] = choose(split, variant);
  const dice = variantDice(NAME, split, variant);
  const asking = { name: dice.pick(FIRST_NAMES), occasion: itemAt(OCCASIONS, occasionAt) };
  if (at < FACTS_A_SPLIT) {
    const { ask, reference, accepted, rivals } = itemAt(FACTS, 2 * at + (split === 'train' ? 0 : 1));
    return {
      ...asking,
      ask,
      reference,
      key: { kind: 'words', accepted, rivals },
      right: capital(itemAt(accepted, 0)),
      wrong: capital(itemAt(rivals, 0)),
    };
  }
  const { ask, reference, answer, slip } = sumAt((at - FACTS_A_SPLIT) % SUMS, split, dice);
  return {
    ...asking,
    ask,
    reference,
    key: { kind: 'number', value: answer, given: (ask.match(/\d+/g) ?? []).map(Number) },
    right: String(answer),
    wrong: answer < 1000 && slip < 1000 && slip >= 0 ? dice.pick([String(slip), numberWords(slip)]) : String(slip),
  };
};
