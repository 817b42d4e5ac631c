/** Short forms for strategies over text, so that a file of them reads as a list of attacks. */
import type { FailureClass, SubjectForm } from '../../record/audit.ts';
import { isText } from '../answer.ts';
import type { Candidate, Need, Seen, StrategyContext, StrategyOf } from '../strategy.ts';

/** What every strategy of one file has in common. */
export interface Common {
  readonly class: FailureClass;
  readonly subjects: readonly SubjectForm[];
}

/** What each says of itself. */
export interface Said {
  readonly name: string;
  readonly family: string;
  readonly plain?: true;
  readonly source: string;
  readonly description: string;
  readonly needs?: readonly Need[];
}

const only = (texts: string | readonly string[]): readonly Candidate[] =>
  (typeof texts === 'string' ? [texts] : texts).map((answer, index) => ({
    variant: typeof texts === 'string' ? 'only' : String(index + 1),
    answer,
  }));

/** One text, or several, without the work. `shown` is the example of `strategies`. */
export const textNoWork =
  (common: Common) =>
  (
    said: Said,
    shown: string,
    make: (seen: Seen, context: StrategyContext) => string | readonly string[],
  ): StrategyOf<'no-work'> => ({
    ...common,
    ...said,
    needs: said.needs ?? [],
    kind: 'no-work',
    example: { from: null, to: shown },
    make: (seen, context) => only(make(seen, context)),
  });

/** A wrong text dressed up. `shown`: before and after. Answers that are not text are left alone. */
export const textKnownBad =
  (common: Common) =>
  (
    said: Said,
    shown: readonly [from: string, to: string],
    make: (bad: string, seen: Seen, context: StrategyContext) => string | readonly string[],
  ): StrategyOf<'known-bad'> => ({
    ...common,
    ...said,
    needs: said.needs ?? [],
    kind: 'known-bad',
    example: { from: shown[0], to: shown[1] },
    make: (bad, seen, context) => (isText(bad) ? only(make(bad, seen, context)) : []),
  });

/** A good text, written as another honest person would. */
export const textTwin =
  (common: Common) =>
  (
    said: Said,
    shown: readonly [from: string, to: string],
    make: (good: string, context: StrategyContext) => string | readonly string[],
  ): StrategyOf<'honest-twin'> => ({
    ...common,
    ...said,
    needs: said.needs ?? ['known-good'],
    kind: 'honest-twin',
    example: { from: shown[0], to: shown[1] },
    make: (good, _example, context) => (isText(good) ? only(make(good, context)) : []),
  });
