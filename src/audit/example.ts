/**
 * What a grader is audited on. One Example is one cluster: whatever is computed on it is one observation.
 *
 * A data set (rows with a label and no answers, for a classification or forecasting metric) is cut into disjoint blocks,
 * stratified by label and in order of time for forecasts, and each block is one Example with `items`: a whole prediction vector
 * is one answer. Blocks hold at least `BLOCK_ITEMS` items and, for classification, every class that has two items for each
 * block; there are at most `MOST_BLOCKS`. The metric of a block is not the metric of the whole, so the witness of a data set is shown on the
 * whole of it.
 */
import type { Example } from '../record/audit-finding.ts';

export type { Example } from '../record/audit-finding.ts';

export const BLOCK_ITEMS = 10;
export const MOST_BLOCKS = 40;
/** Below this many examples a report says that they are too few. */
export const FEW_EXAMPLES = 20;

/** What the rows ask for. */
export type ExampleTask = 'text' | 'preference' | 'classification' | 'forecast' | 'ranking' | 'program';

export interface ExampleSet {
  readonly task: ExampleTask;
  readonly examples: readonly Example[];
  /** Rows of a data set in all; the number of examples elsewhere. */
  readonly items: number;
  /** SHA-256 of the canonical JSON of the examples. */
  readonly hash: string;
  /** The file, or `inline`. */
  readonly source: string;
  /** The same items as one Example, for the metric of the whole; null where there are no items. */
  readonly whole: Example | null;
}

/** Names of the columns that examples have beside their parts, in a fixed order. */
export const columnsBeside = ({ examples }: Pick<ExampleSet, 'examples'>): readonly string[] =>
  [...new Set(examples.flatMap(({ fields }) => Object.keys(fields)))].sort();

/** Parts of an example that a column can be. */
export type FieldName =
  | 'id'
  | 'input'
  | 'reference'
  | 'good'
  | 'bad'
  | 'chosen'
  | 'rejected'
  | 'answer'
  | 'correct'
  | 'label'
  | 'options'
  | 'workspace';

/**
 * Which column is which part: `--fields input=question,good=gold`. What is not named is looked for under the usual names
 * (`COLUMN_NAMES`, in their order). `chosen` and `rejected` are one known-good and one known-bad answer. `answer` with `correct`
 * (a truth value, or a score with its bar) is one or the other. A column `good` or `bad` holds one answer or a list of them. A column inside of
 * another is named by its path: `reference=reward_model.ground_truth`.
 */
export type FieldMap = Readonly<Partial<Record<FieldName, string>>>;

export const COLUMN_NAMES: Readonly<Record<FieldName, readonly string[]>> = {
  id: ['id'],
  input: ['input', 'question', 'prompt', 'query', 'instruction', 'source', 'document', 'text', 'task', 'problem'],
  reference: ['reference', 'expected', 'expected_output', 'ideal', 'target', 'gold', 'ground_truth', 'solution'],
  good: ['good', 'known_good', 'knownGood', 'good_answers', 'honest'],
  bad: ['bad', 'known_bad', 'knownBad', 'bad_answers', 'wrong'],
  chosen: ['chosen', 'preferred', 'winner'],
  rejected: ['rejected', 'dispreferred', 'loser'],
  answer: ['answer', 'output', 'response', 'completion'],
  correct: ['correct', 'is_correct', 'acceptable'],
  label: ['label', 'y', 'truth', 'class', 'actual', 'value'],
  options: ['options', 'choices'],
  workspace: ['workspace', 'files'],
};

export interface ExampleSource {
  /** Path of a .jsonl, .json, .csv or .parquet file, or null for `rows`. */
  readonly path: string | null;
  /** Inline rows. Empty with a null path: no examples at all, only no-work strategies and invariances are tried. */
  readonly rows: readonly unknown[];
  readonly fields: FieldMap;
  /** Null: read from the columns. */
  readonly task: ExampleTask | null;
}

/**
 * Reads and checks an example set. Throws `inputError`: `unreadable-examples` (with line), `unknown-column` (names the columns
 * there are), `mixed-rows`, `no-such-format`, `parquet-missing` (hyparquet is an optional peer dependency). Never guesses between two
 * columns of which both fit: it says so and asks for `--fields`. Where a reference and no known-good answer is given, and the
 * reference is a text or a number, the reference is itself the known-good answer; of a ranking, where it is a list of the names that are relevant.
 */
export type LoadExamples = (source: ExampleSource, cwd: string) => Promise<ExampleSet>;

export const loadExamples: LoadExamples = async (source, cwd) => {
  // Its readers are loaded only where there is something to read.
  const { load } = await import('./examples/load.ts');
  return await load(source, cwd);
};
