import { inputError } from '../../base/errors.ts';
import { contentHash, type Json } from '../../base/json.ts';
import type { Answer } from '../../record/audit.ts';
import type { Example, ExampleTask, FieldName } from '../example.ts';
import { answerIn, answersIn, cellOf, messagesIn } from './answers.ts';
import { type Columns, noKnownColumn } from './columns.ts';
import { isRecord, type Row, unreadable } from './row.ts';
import { readTruth } from './truth.ts';

const mixed = (row: Row, path: string, column: string): Error =>
  inputError({
    code: 'mixed-rows',
    what: `Some rows have a value for "${column}" and others do not, so they do not ask for the same thing.`,
    given: `${path}, ${row.place}`,
    allowed: 'rows of one kind in a file',
    todo: `Fill in "${column}", or put these rows into a file of their own.`,
  });

const optionsIn = (row: Row, column: string | null, path: string): readonly string[] | null => {
  const value = column === null ? null : (row.values[column] ?? null);
  if (value === null) return null;
  // As Hugging Face writes choices: {"text": [...], "label": [...]}.
  const list: unknown = isRecord(value) ? value.text : value;
  if (Array.isArray(list) && list.length > 0)
    return list.map((one: Json) => (typeof one === 'string' ? one : JSON.stringify(one)));
  throw unreadable(
    path,
    row.place,
    `"${column}" is not a list of options`,
    'Write it as a JSON list, e.g. ["Paris", "Rome"].',
  );
};

const workspaceIn = (row: Row, column: string | null, path: string): Readonly<Record<string, string>> | null => {
  if (column === null) return null;
  const [files] = answersIn(row, column, 'program', path);
  return isRecord(files) ? files : null;
};

/** The conversation before the answer is the input, where a row has no other. */
const promptOf = (row: Row, column: string | null): Json => {
  const messages = column === null ? null : messagesIn(row.values[column] ?? null);
  if (messages === null) return null;
  const before = messages.slice(0, -1).map(({ role, content }) => ({ role, content }));
  return before.length === 1 ? (before[0]?.content ?? null) : before;
};

interface Draft {
  readonly row: Row;
  readonly id: string | null;
  readonly example: Omit<Example, 'id'>;
}

const draftOf = (row: Row, columns: Columns, task: ExampleTask, path: string): Draft => {
  const of = (part: FieldName): string | null => columns.of(part);
  const idColumn = of('id');
  const hasTruth = columns.has('correct') && columns.has('answer');
  // In a text task a label is the right answer.
  const referenceColumn = of('reference') ?? (columns.has('good') || hasTruth ? null : of('label'));
  const good: Answer[] = [];
  const bad: Answer[] = [];
  const goodColumn = of('good');
  const badColumn = of('bad');
  if (goodColumn !== null) good.push(...answersIn(row, goodColumn, task, path));
  if (badColumn !== null) bad.push(...answersIn(row, badColumn, task, path));
  const chosenColumn = of('chosen');
  const rejectedColumn = of('rejected');
  for (const [column, list] of [
    [chosenColumn, good],
    [rejectedColumn, bad],
  ] as const) {
    if (column === null) continue;
    const answer = answerIn(row, column, task, path);
    if (answer !== null) list.push(answer);
    else if (task === 'preference') throw mixed(row, path, column);
  }
  const answerColumn = hasTruth ? of('answer') : null;
  const correctColumn = hasTruth ? of('correct') : null;
  if (answerColumn !== null && correctColumn !== null) {
    const answer = answerIn(row, answerColumn, task, path);
    const isRight = readTruth(row, correctColumn, columns.bar, path);
    if (answer === null) throw mixed(row, path, answerColumn);
    if (isRight === null) throw mixed(row, path, correctColumn);
    (isRight ? good : bad).push(answer);
  }
  const inputColumn = of('input');
  const input = cellOf(row, inputColumn) ?? promptOf(row, chosenColumn);
  const reference = cellOf(row, referenceColumn);
  const optionsColumn = of('options');
  const workspaceColumn = of('workspace');
  const options = optionsIn(row, optionsColumn, path);
  if (good.length === 0 && task === 'ranking') good.push(...relevantIn(reference, options));
  else if (good.length === 0 && task !== 'program') {
    if (typeof reference === 'number') good.push(String(reference));
    else if (typeof reference === 'string' && reference !== '') good.push(reference);
  }
  if (input === null && reference === null && good.length === 0 && bad.length === 0)
    throw unreadable(
      path,
      row.place,
      'it has neither an input nor a reference nor an answer',
      'Fill the row in, or take it out.',
    );
  return {
    row,
    id: idColumn === null ? null : idIn(row, idColumn),
    example: {
      input,
      reference,
      knownGood: distinct(good),
      knownBad: distinct(bad),
      options,
      items: null,
      workspace: workspaceIn(row, workspaceColumn, path),
      fields: fieldsOf(
        row,
        columns.all,
        [idColumn, goodColumn, badColumn, chosenColumn, rejectedColumn, answerColumn, correctColumn, workspaceColumn],
        { input: inputColumn, reference: referenceColumn, options: optionsColumn },
      ),
    },
  };
};

/** A list of what is relevant, the best first, is a right ranking. One of numbers may be grades, and is none. */
const relevantIn = (reference: Json, options: readonly string[] | null): readonly Answer[] =>
  isNames(reference) && reference.every((name) => options?.includes(name) ?? true) ? [reference] : [];

const isNames = (value: Json): value is readonly string[] =>
  Array.isArray(value) && value.length > 0 && value.every((one: Json) => typeof one === 'string');

const idIn = (row: Row, column: string): string | null => {
  const value = cellOf(row, column);
  if (value === null || value === '') return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const distinct = (answers: readonly Answer[]): readonly Answer[] => [
  ...new Map(answers.map((answer) => [JSON.stringify(answer), answer])).values(),
];

/**
 * Columns that a grader gets by name: none that tells the known answers, all that are no part, and parts under the name that
 * they have in the file, where it is another.
 */
const fieldsOf = (
  row: Row,
  all: readonly string[],
  hidden: readonly (string | null)[],
  parts: Readonly<Record<string, string | null>>,
): Readonly<Record<string, Json>> =>
  Object.fromEntries(
    all
      .filter((column) => !hidden.includes(column) && parts[column] !== column)
      .map((column) => [column, row.values[column] ?? null]),
  );

/** Parts that say what is right. */
const RIGHT: readonly FieldName[] = ['reference', 'good', 'bad', 'chosen'];

/** Answers without a word on whether they are right are of no use, and may be the references: it is for the user to say. */
const checkAnswers = (columns: Columns): void => {
  if (!columns.has('answer') || columns.has('correct')) return;
  if (RIGHT.some((part) => columns.has(part))) return;
  const column = columns.of('answer') ?? '';
  throw inputError({
    code: 'ambiguous-column',
    what: `The column "${column}" holds answers, and no column says whether they are right.`,
    given: columns.all.join(', '),
    allowed: 'right answers (good), references, or answers with a column "correct"',
    todo: `If they are all right: --fields good=${column}. If graders compare with them: --fields reference=${column}. Else add a column "correct".`,
  });
};

const PARTS: readonly FieldName[] = [
  'input',
  'reference',
  'good',
  'bad',
  'chosen',
  'rejected',
  'answer',
  'label',
  'workspace',
  'options',
];

/** Examples of texts, pairs, rankings and programs: one for each row, or one for all labelled answers to the same question. */
export const examplesOfRows = (
  rows: readonly Row[],
  columns: Columns,
  task: ExampleTask,
  path: string,
): readonly Example[] => {
  if (!PARTS.some((part) => columns.has(part))) throw noKnownColumn(columns.all);
  checkAnswers(columns);
  const drafts = rows.map((row) => draftOf(row, columns, task, path));
  const joins = columns.has('answer') && columns.has('correct');
  return joins ? joined(drafts, path) : drafts.map(named(drafts, path));
};

const idOf = ({ id, example: { input, reference } }: Draft): string =>
  id ?? `x${contentHash({ input, reference }).slice(0, 10)}`;

/** Ids that the file does not give come from the content, so that they do not change when rows are added. */
const named = (drafts: readonly Draft[], path: string): ((draft: Draft) => Example) => {
  const given = new Set<string>();
  for (const { id, row } of drafts) {
    if (id === null) continue;
    if (given.has(id))
      throw unreadable(path, row.place, `its id "${id}" occurs before`, 'Give each row an id of its own, or none.');
    given.add(id);
  }
  const used = new Map<string, number>();
  return (draft) => {
    const id = idOf(draft);
    const times = (used.get(id) ?? 0) + 1;
    used.set(id, times);
    return { id: times === 1 ? id : `${id}-${times}`, ...draft.example };
  };
};

const joined = (drafts: readonly Draft[], path: string): readonly Example[] =>
  [...Map.groupBy(drafts, idOf)].map(([id, group]) => {
    const [first] = group;
    if (first === undefined) throw new Error('a group without members');
    const other = group.find(
      ({ example }) =>
        JSON.stringify([example.input, example.reference]) !==
        JSON.stringify([first.example.input, first.example.reference]),
    );
    if (other !== undefined)
      throw unreadable(
        path,
        other.row.place,
        `its id "${id}" stands for another question before`,
        'Give each question an id of its own, or none.',
      );
    return {
      ...first.example,
      id,
      knownGood: distinct(group.flatMap(({ example }) => example.knownGood)),
      knownBad: distinct(group.flatMap(({ example }) => example.knownBad)),
    };
  });
