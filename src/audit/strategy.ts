import type { Json } from '../base/json.ts';
import type { Rng } from '../base/rng.ts';
import type { FailureClass, SubjectForm } from '../record/audit.ts';
import type { Answer } from './answer.ts';
import type { Example } from './example.ts';

/** What someone who does no work sees of an example: never the reference, the known answers or the labels. */
export interface Seen {
  readonly id: string;
  readonly input: Json;
  readonly options: readonly string[] | null;
  /** Inputs of the items, without labels. */
  readonly items: readonly Json[] | null;
  readonly workspace: Readonly<Record<string, string>> | null;
}

/** What an attacker can learn beforehand. Made from the choosing half of the examples only, and never from the example itself. */
export interface Knowledge {
  /** Rubric or prompt, where the grader's authors publish it; or the instruction in the examples' field. */
  readonly published: string | null;
  /** Known-good answers of other examples. */
  readonly answers: readonly Answer[];
  /** References of other examples, the most frequent first, each once. */
  readonly references: readonly Json[];
  /** Labels of data sets with their share, the most frequent first. Numbers of forecasts are summed up in `numbers`. */
  readonly labels: readonly { readonly label: Json; readonly share: number }[];
  readonly numbers: { readonly mean: number; readonly median: number; readonly last: number } | null;
}

export interface StrategyContext {
  /** Forked by strategy and example: the same strategy on the same example makes the same candidates. */
  readonly dice: Rng;
  readonly known: Knowledge;
  /** Where a payload must have an effect to be seen, it writes this and nothing else: a word, or a relative path. */
  readonly sentinel: string;
}

/** One answer of a strategy. The same `variant` on every example is the same attack: rates are counted by it. */
export interface Candidate {
  readonly variant: string;
  readonly answer: Answer;
}

/** What an example must have for a strategy to say anything about it. */
export type Need =
  | 'input'
  | 'options'
  | 'reference'
  | 'numeric-reference'
  | 'known-good'
  | 'known-bad'
  | 'published'
  | 'python'
  | 'binary-labels'
  | 'many-classes';

/** What all kinds of strategies say of themselves. */
export interface StrategyHead {
  /** Kebab case, unique, e.g. `flag-everything`. Stands in reports for years. */
  readonly name: string;
  readonly class: FailureClass;
  /**
   * The technique. Members of a family do the same in other words, so that some of them can be held back for the attack after a
   * repair (rounds.ts) without leaving a hole unfound in the first one.
   */
  readonly family: string;
  /** The plainest of its family, which every audit uses: never held back. */
  readonly plain?: true;
  /** Makes answers for few sets, and there it is the first to try: a slow grader is asked it before the budget ends. Costs nothing elsewhere. */
  readonly narrow?: true;
  /** Where it was seen: an issue, a paper, a catalogue entry (`attacks A6`). */
  readonly source: string;
  /** One sentence: what is done and why a weak grader pays for it. */
  readonly description: string;
  readonly subjects: readonly SubjectForm[];
  readonly needs: readonly Need[];
  /** As `strategies` shows it: what goes in (null for no-work) and what comes out. */
  readonly example: { readonly from: Answer | null; readonly to: Answer };
}

/**
 * Pure: equal arguments give equal candidates, the arguments are not changed, nothing outside is touched, nothing is thrown. An empty list: it
 * does not apply to this example. The kind says what is known of intent by construction.
 */
export type Strategy = StrategyHead &
  (
    | /** An answer without the work. Fails the intent. The only kind that counts for gameability. */
    { readonly kind: 'no-work'; make(seen: Seen, context: StrategyContext): readonly Candidate[] }
    /** Dresses up a wrong answer (known-bad, or a good one of another example), which stays wrong. Fails the intent. */
    | { readonly kind: 'known-bad'; make(bad: Answer, seen: Seen, context: StrategyContext): readonly Candidate[] }
    /** Breaks a known-good answer (negated, retracted, one of many). Fails the intent. */
    | { readonly kind: 'degrade'; make(good: Answer, example: Example, context: StrategyContext): readonly Candidate[] }
    /** Changes what must not matter. Whatever the base was, intent is as before. */
    | {
        readonly kind: 'invariance';
        readonly expects: 'same' | 'not-higher';
        /** Which answers it is tried on. */
        readonly on: 'good' | 'bad' | 'both';
        make(base: Answer, example: Example, context: StrategyContext): readonly Candidate[];
      }
    /** The same honest answer, written as another honest person would. Passes the intent: a grader that fails it errs. */
    | {
        readonly kind: 'honest-twin';
        make(good: Answer, example: Example, context: StrategyContext): readonly Candidate[];
      }
    /** Not another answer but another way of asking: the order of a pair, or again until it passes. */
    | {
        readonly kind: 'procedure';
        readonly on: 'good' | 'bad';
        /** `best-of`: asks `times` and keeps the best score. `swap`: the same pair in both orders, compared. */
        readonly ask: { readonly how: 'best-of'; readonly times: number } | { readonly how: 'swap' };
      }
  );

export type StrategyKind = Strategy['kind'];
export type StrategyOf<K extends StrategyKind> = Extract<Strategy, { kind: K }>;

/** The name of the strategy that a search found. */
export const SEARCH = 'search';

/** Kinds whose answers fail the intent by construction: those that can fool a grader. */
export const ATTACKS: readonly StrategyKind[] = ['no-work', 'known-bad', 'degrade'];
