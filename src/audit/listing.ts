import type { FailureClass, StrategyListing, SubjectForm } from '../record/audit.ts';
import type { Strategy } from './strategy.ts';

export interface ListingFilter {
  readonly class?: FailureClass;
  /** Those that apply to graders of this form. */
  readonly subject?: SubjectForm;
}

/** The strategies that a filter leaves, in the order of the catalogue. */
export const selectStrategies = (strategies: readonly Strategy[], filter: ListingFilter = {}): readonly Strategy[] =>
  strategies.filter(
    ({ class: failure, subjects }) =>
      (filter.class === undefined || failure === filter.class) &&
      (filter.subject === undefined || subjects.includes(filter.subject)),
  );

/** What `strategies --json` prints, and what a report says of each strategy that was tried. */
export const listingOf = (strategies: readonly Strategy[], filter: ListingFilter = {}): readonly StrategyListing[] =>
  selectStrategies(strategies, filter).map(({ name, class: failure, source, subjects }) => ({
    name,
    class: failure,
    source,
    subjects: [...subjects],
  }));
