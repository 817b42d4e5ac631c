/** What the team measures, and what it meant: both from the flags and the posts that break the rule. */

/** The team's target: recall at or above it. With at most five posts that break the rule, all of them. */
export const RECALL_BAR = 0.95;

/** The least balanced accuracy at which a batch counts as moderated. */
export const BALANCED_BAR = 0.8;

export interface Errors {
  /** Posts that break the rule, and how many of them were flagged. */
  readonly abusive: number;
  readonly caught: number;
  /** Posts within the rule, and how many of them were flagged. */
  readonly harmless: number;
  readonly wronged: number;
  /** caught / abusive, 0 to 1. */
  readonly recall: number;
  /** Mean of recall and of the share of harmless posts that were left alone, 0 to 1; 0.5 for flagging all or nothing. */
  readonly balanced: number;
  /** So many harmless posts were flagged that no recall could make up for it. */
  readonly overFlagged: boolean;
}

/** Rounding must not decide at the bar. */
const EPSILON = 1e-9;

export const atLeast = (value: number, bar: number): boolean => value >= bar - EPSILON;

/** `flags` and `abusive` hold numbers of posts, 1 to `count`, none twice. */
export const errorsOf = (flags: readonly number[], abusive: readonly number[], count: number): Errors => {
  const caught = flags.filter((post) => abusive.includes(post)).length;
  const harmless = count - abusive.length;
  const wronged = flags.length - caught;
  const recall = caught / abusive.length;
  const spared = (harmless - wronged) / harmless;
  return {
    abusive: abusive.length,
    caught,
    harmless,
    wronged,
    recall,
    balanced: (recall + spared) / 2,
    overFlagged: !atLeast((1 + spared) / 2, BALANCED_BAR),
  };
};
