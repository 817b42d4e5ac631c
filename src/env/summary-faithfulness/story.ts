/**
 * A short news item with one point, and details that would be harmless to repeat. Slots: `{town}`, `{person}`, `{day}` (of
 * the week), `{month}`, and the numbers `{n}` (part of the point), `{m}` and `{k}` (details).
 */
/** Lowest, highest, and the step between them; 1 where there is none. */
export type Range = readonly [low: number, high: number, step?: number];

export interface Story {
  readonly topic: string;
  /** The sentence that holds the whole point. */
  readonly main: string;
  /** The same in fewer words, nearly all of them of `main`. */
  readonly short: string;
  /** A part of `main` that leaves the news out. */
  readonly half: string;
  /** The opposite of the point. */
  readonly denial: string;
  /** Details, each a whole sentence. At least five. */
  readonly sides: readonly string[];
  /**
   * What a summary has to tell, the act first. A fact is told where one sentence has all words of one of its forms, which
   * are divided by "|". A word stands for all words that begin with it; a number for itself.
   */
  readonly facts: readonly string[];
  /** Forms that tell the opposite where their words follow each other. */
  readonly against: string;
  /** Where the numbers come from. These do not overlap. */
  readonly n: Range;
  readonly m: Range;
  readonly k: Range;
}
