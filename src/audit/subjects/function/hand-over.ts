/**
 * How the arguments of a JavaScript or TypeScript grader are handed over (`--signature`).
 *
 *   object       one object: { id, input, output, answer, expected, reference, options, ...columns }; `answer` and `output` are the same, so are
 *                `expected` and `reference`. For data sets `predictions`, `labels` and `items` (their inputs) as well, for pairs `opponent`, for
 *                programs `files` and `workspace`. What an example does not have is undefined.
 *   positional   (answer, reference, input, example); for data sets (predictions, labels, items, example); for pairs
 *                (answer, opponent, reference, input); for programs (files, reference, input, example).
 *   auto         looks at the parameters, in this order:
 *                1. the first is taken apart, `({ output, expected }) => ...`: object;
 *                2. there is one only: object, where the function reads a part of it (`args.output`) or it has the name of a bundle
 *                   (`args`, `row`, `example`, ...); else the answer;
 *                3. all have names that are known (`PART_NAMES`) or those of columns: each gets what its name says, whatever the order,
 *                   so `(expected, actual)`, `(labels, predictions)` and `(answer, keywords)` are right;
 *                4. else positional, but for those that are called like a column.
 *                A parameter with a default and a name that is not known is left to its default.
 *
 * A grader gets copies of what is small or flat, and frozen objects of what is large and nested; where it writes to one of these, all
 * are copied from then on. So what it does to its arguments never reaches the next call.
 */
import type { SubjectForm } from '../../../record/audit.ts';
import type { Parameter } from './parameters.ts';

export type Part =
  | 'answer'
  | 'opponent'
  | 'reference'
  | 'input'
  | 'labels'
  | 'items'
  | 'options'
  | 'workspace'
  | 'fields'
  | 'example'
  | `column:${string}`;

const COLUMN = 'column:';

/** The name of the column that this part is; null for any other. */
export const columnOf = (part: Part): string | null => (part.startsWith(COLUMN) ? part.slice(COLUMN.length) : null);

/** `positional`: null leaves a parameter to its default. */
export type HandOver =
  | { readonly shape: 'object' }
  | { readonly shape: 'positional'; readonly parts: readonly (Part | null)[] };

type Names = Readonly<Partial<Record<Part, readonly string[]>>>;

const ANYWHERE: Names = {
  answer: ['answer', 'output', 'response', 'completion', 'submission', 'candidate', 'generated', 'hypothesis', 'reply'],
  reference: ['reference', 'expected', 'target', 'gold', 'groundTruth', 'ideal', 'solution', 'expectedOutput'],
  input: ['input', 'question', 'prompt', 'query', 'source', 'document', 'instruction', 'problem'],
  items: ['items', 'rows'],
  options: ['choices'],
  workspace: ['workspace'],
  fields: ['fields', 'columns', 'metadata'],
  example: ['example', 'row', 'sample', 'record'],
};

const OF_TEXTS: Names = {
  ...ANYWHERE,
  answer: [...(ANYWHERE.answer ?? []), 'text', 'summary', 'prediction', 'predicted', 'actual', 'files', 'program'],
  reference: [...(ANYWHERE.reference ?? []), 'label', 'truth'],
};

const OF_VECTORS: Names = {
  ...ANYWHERE,
  answer: [
    'predictions',
    'prediction',
    'predicted',
    'preds',
    'yPred',
    'yHat',
    'flags',
    'forecast',
    'forecasts',
    'ranking',
  ]
    .concat(ANYWHERE.answer ?? [])
    .concat('outputs'),
  reference: [],
  labels: ['labels', 'label', 'actual', 'actuals', 'truth', 'truths', 'yTrue', 'y', 'targets'].concat(
    ANYWHERE.reference ?? [],
  ),
  input: [...(ANYWHERE.input ?? []), 'inputs'],
};

const OF_PAIRS: Names = {
  ...ANYWHERE,
  answer: [...(ANYWHERE.answer ?? []), 'a', 'first', 'left', 'answerA', 'responseA', 'outputA', 'chosen'],
  opponent: ['opponent', 'other', 'rival', 'b', 'second', 'right', 'answerB', 'responseB', 'outputB', 'rejected'],
};

/** Usual names of the parts, by what is graded. Upper and lower case and underscores make no difference. */
export const PART_NAMES: Readonly<Record<'texts' | 'vectors' | 'pairs', Names>> = {
  texts: OF_TEXTS,
  vectors: OF_VECTORS,
  pairs: OF_PAIRS,
};

const ORDERS: Readonly<Record<keyof typeof PART_NAMES, readonly Part[]>> = {
  texts: ['answer', 'reference', 'input', 'example'],
  vectors: ['answer', 'labels', 'items', 'example'],
  pairs: ['answer', 'opponent', 'reference', 'input'],
};

/** Names of a parameter that holds everything. */
const BUNDLES = [
  'args',
  'arg',
  'opts',
  'params',
  'row',
  'example',
  'sample',
  'record',
  'call',
  'data',
  'ctx',
  'context',
  'case',
];

const plain = (name: string): string => name.replaceAll('_', '').toLowerCase();
const isOneOf = (name: string, names: readonly string[]): boolean => names.some((one) => plain(one) === plain(name));
const partNamed = (name: string, names: Names): Part | null => {
  const parts: readonly Part[] = [...ORDERS.texts, 'opponent', 'labels', 'items', 'options', 'workspace', 'fields'];
  return parts.find((part) => isOneOf(name, names[part] ?? [])) ?? null;
};

export const isVectorForm = (form: SubjectForm): boolean =>
  form === 'classification' || form === 'forecast' || form === 'ranking';

const groupOf = (form: SubjectForm): keyof typeof PART_NAMES =>
  form === 'pairwise' ? 'pairs' : isVectorForm(form) ? 'vectors' : 'texts';

/** Whether the names of its parameters say that it compares two answers. */
export const comparesTwo = (parameters: readonly Parameter[] | null): boolean => {
  const names = (parameters ?? []).flatMap(({ name, keys }) => (name === null ? (keys ?? []) : [name]));
  return (
    names.some((name) => isOneOf(name, OF_PAIRS.opponent ?? [])) &&
    names.some((name) => isOneOf(name, OF_PAIRS.answer ?? []))
  );
};

/** Parts that a function may read of the one object. */
const READ = 'id|input|output|answer|expected|reference|predictions|labels|items|options|opponent|files|workspace';
const readsParts = (name: string, source: string): boolean => {
  const escaped = name.replaceAll('$', '\\$');
  return new RegExp(`(?<![\\w$.])${escaped}\\s*\\??\\.\\s*(?:${READ})\\b|\\}\\s*=\\s*${escaped}(?![\\w$.])`, 'u').test(
    source,
  );
};

/** `auto`, as the header says. `columns`: those that examples have beside their parts. */
export const handOverFor = (
  parameters: readonly Parameter[] | null,
  source: string,
  form: SubjectForm,
  columns: readonly string[] = [],
): HandOver => {
  const order = ORDERS[groupOf(form)];
  const names = PART_NAMES[groupOf(form)];
  const positional = (parts: readonly (Part | null)[]): HandOver => ({ shape: 'positional', parts });
  if (parameters === null) return positional(order);
  const [first, second] = parameters;
  if (first === undefined) return positional(order);
  if (first.keys !== null && !first.isRest) return { shape: 'object' };
  if (second === undefined && first.name !== null && !first.isRest) {
    const isBundle = isOneOf(first.name, BUNDLES) || readsParts(first.name, source);
    return isBundle ? { shape: 'object' } : positional(['answer']);
  }
  if (parameters.some(({ isRest, name }) => isRest || name === null)) return positional(order);
  const columnNamed = (name: string): Part | null => {
    const column = columns.find((one) => one === name) ?? columns.find((one) => plain(one) === plain(name));
    return column === undefined ? null : `${COLUMN}${column}`;
  };
  const named = parameters.map(({ name, hasDefault }) => ({
    part: partNamed(name ?? '', names) ?? columnNamed(name ?? ''),
    hasDefault,
  }));
  const needed = named.filter(({ part, hasDefault }) => part !== null || !hasDefault).map(({ part }) => part);
  const isKnown = needed.every((part) => part !== null) && new Set(needed).size === needed.length;
  if (isKnown && needed.includes('answer')) return positional(named.map(({ part }) => part));
  return positional(
    named.map(({ part, hasDefault }, index) =>
      hasDefault || (part !== null && columnOf(part) !== null) ? part : (order[index] ?? null),
    ),
  );
};

export const handOverOf = (
  signature: 'auto' | 'positional' | 'object',
  parameters: readonly Parameter[] | null,
  source: string,
  form: SubjectForm,
  columns: readonly string[] = [],
): HandOver => {
  if (signature === 'object') return { shape: 'object' };
  if (signature === 'positional') return { shape: 'positional', parts: ORDERS[groupOf(form)] };
  return handOverFor(parameters, source, form, columns);
};
