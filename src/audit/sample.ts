import type { Rng } from '../base/rng.ts';
import type { Example } from './example.ts';
import type { AuditBudget } from './ledger.ts';

/** What an audit asks about one example in all, roughly, where it is not to stop half way. */
const CALLS_FOR_EACH = { cheap: 400, expensive: 12 };
/** So many are asked about however small the budget is: later stages ask less of each. */
const LEAST_SAMPLE = 20;

/**
 * As many examples as the budget serves from the baselines to the last estimate, drawn by dice: all of them where that is enough. More would spend it
 * on baselines and leave every attack unscored. Independent of their order in the file.
 */
export const sampleExamples = (
  examples: readonly Example[],
  { calls }: AuditBudget,
  expensive: boolean,
  dice: Rng,
): readonly Example[] => {
  const most = Math.max(LEAST_SAMPLE, Math.floor(calls / CALLS_FOR_EACH[expensive ? 'expensive' : 'cheap']));
  if (examples.length <= most) return examples;
  const sorted = examples.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return dice.shuffle(sorted).slice(0, most);
};
