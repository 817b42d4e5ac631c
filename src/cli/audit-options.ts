/** What `audit` and `replay` are told on the command line, checked and in the words of the audit. */

import { COLUMN_NAMES, type ExampleSource, type ExampleTask, type FieldMap, type FieldName } from '../audit/example.ts';
import { DEFAULT_SUBJECT_OPTIONS, type SubjectOptions, UNIT_SCALE } from '../audit/subject.ts';
import { inputError } from '../base/errors.ts';
import type { ScoreScale, SubjectForm } from '../record/audit.ts';

export const TASKS: readonly ExampleTask[] = ['text', 'preference', 'classification', 'forecast', 'ranking', 'program'];
export const SIGNATURES = ['auto', 'positional', 'object', 'trl', 'verifiers'] as const;

/** Both ends of the scores, the worst first. */
export interface Range {
  readonly worst: number;
  readonly best: number;
}

const NUMBER = String.raw`[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?`;
const RANGE = new RegExp(String.raw`^\s*(${NUMBER})\s*\.\.\s*(${NUMBER})\s*$`);

/** `0..1`, `-1..1`; `10..0` where less is better. */
export const range = (given: string): Range => {
  const [, from = '', to = ''] = RANGE.exec(given) ?? [];
  const [worst, best] = [Number(from), Number(to)];
  if (from !== '' && Number.isFinite(worst) && Number.isFinite(best) && worst !== best) return { worst, best };
  throw inputError({
    code: 'bad-option',
    what: '--range is not usable.',
    given,
    allowed: 'the worst and the best score, e.g. 0..1, 1..10, or 10..0 for an error, of which less is better',
  });
};

export const anyNumber =
  (option: string) =>
  (given: string): number => {
    const value = Number(given);
    if (given.trim() !== '' && Number.isFinite(value)) return value;
    throw inputError({ code: 'bad-option', what: `--${option} is not usable.`, given, allowed: 'a number' });
  };

/** 0 is allowed: no search. */
export const count =
  (option: string) =>
  (given: string): number => {
    const value = Number(given);
    if (given.trim() !== '' && Number.isSafeInteger(value) && value >= 0) return value;
    throw inputError({
      code: 'bad-option',
      what: `--${option} is not usable.`,
      given,
      allowed: 'a whole number from 0',
    });
  };

const isField = (name: string): name is FieldName => Object.hasOwn(COLUMN_NAMES, name);

/** `input=question,good=gold`. What a part is called is checked with the columns (examples/columns.ts). */
export const fields = (given: string): FieldMap => {
  const pairs = given
    .split(',')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '');
  const out: Partial<Record<FieldName, string>> = {};
  for (const pair of pairs) {
    // The column of `correct` may hold a bar, `correct=score>=4`, so only the first sign divides.
    const at = pair.indexOf('=');
    const [name, column] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    if (at < 1 || column === '' || !isField(name)) {
      throw inputError({
        code: 'bad-option',
        what: '--fields is not usable.',
        given: pair,
        allowed: `pairs of a part and a column, joined by commas; parts are ${Object.keys(COLUMN_NAMES).join(', ')}`,
        todo: 'For example: --fields input=question,good=gold',
      });
    }
    out[name] = column;
  }
  return out;
};

/** What the options of both commands say of the subject. */
export interface SubjectFlags {
  readonly range?: Range;
  readonly pass?: number;
  readonly form?: SubjectForm;
  readonly signature?: SubjectOptions['signature'];
  readonly timeout?: number;
  readonly trust?: boolean;
}

/** An error, whose best score is below its worst, has no end: what is behind the worst is as bad as that. Without a bar: half way. */
export const scaleOf = ({ range: given, pass }: SubjectFlags): ScoreScale => {
  if (given === undefined && pass === undefined) return UNIT_SCALE;
  const { worst, best } = given ?? UNIT_SCALE;
  const bar = pass ?? (worst + best) / 2;
  if (bar >= Math.min(worst, best) && bar <= Math.max(worst, best)) {
    return { worst, best, pass: bar, beyond: best < worst ? 'worst' : 'fault' };
  }
  throw inputError({
    code: 'bad-option',
    what: '--pass lies outside the range of the scores.',
    given: `--pass ${bar}`,
    allowed: `${Math.min(worst, best)} to ${Math.max(worst, best)}`,
    todo: 'Give the range of the scores too, e.g. --range 1..10 --pass 7.',
  });
};

export const subjectOptionsOf = (flags: SubjectFlags): SubjectOptions => ({
  scale: scaleOf(flags),
  form: flags.form ?? null,
  signature: flags.signature ?? 'auto',
  timeoutMs: flags.timeout ?? DEFAULT_SUBJECT_OPTIONS.timeoutMs,
  trust: flags.trust === true,
});

export const exampleSourceOf = (
  path: string | undefined,
  columns: FieldMap | undefined,
  task: ExampleTask | undefined,
): ExampleSource | null => (path === undefined ? null : { path, rows: [], fields: columns ?? {}, task: task ?? null });
