/** Builder for changes that must not matter. */
import { type Answer, isText } from '../../answer.ts';
import type { Example } from '../../example.ts';
import type { Candidate, StrategyContext, StrategyOf } from '../../strategy.ts';
import type { Said } from '../define.ts';
import { isFree } from '../twins/twin.ts';

export interface Invariance {
  readonly expects: 'same' | 'not-higher';
  readonly on: 'good' | 'bad' | 'both';
  /** Shown by `strategies`. */
  readonly from: string;
}

const NEEDS = { good: ['known-good'], bad: ['known-bad'], both: [] } as const;

/** Of a text whose form is its own affair. A change that changes nothing is none. */
export const textInvariance = (
  said: Said,
  { expects, on, from }: Invariance,
  change: (text: string) => string | null,
  isOpen: (text: string, example: Example, context: StrategyContext) => boolean = isFree,
): StrategyOf<'invariance'> => {
  const made = (base: Answer, example: Example, context: StrategyContext): readonly Candidate[] => {
    if (!isText(base) || !isOpen(base, example, context)) return [];
    const answer = change(base);
    return answer === null || answer === base ? [] : [{ variant: 'only', answer }];
  };
  return {
    ...said,
    class: 'rater-hacking',
    subjects: ['text', 'judge', 'pairwise'],
    needs: said.needs ?? NEEDS[on],
    kind: 'invariance',
    expects,
    on,
    example: { from, to: change(from) ?? from },
    make: made,
  };
};
