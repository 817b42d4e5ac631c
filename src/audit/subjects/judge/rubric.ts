/**
 * A rubric or prompt file:
 *
 *     ---                       optional front matter, in YAML
 *     scale: 1-10               both ends, worst first; default: the ends of `choices`; what the text states ("from 1 to 5"); else 1 to 10
 *                               without placeholders, and 0 to 1 with them
 *     pass: 7                   default: half-way
 *     verdict: /Grade: (\w+)/   auto (default), number, json, yes-no, letter, or a regular expression
 *     parse: last               first, last (default), or only: all must agree
 *     choices: {A: 1, B: 0.5}   what a word is worth
 *     temperature: 0            none: none is sent, for a model that refuses one
 *     max-tokens: 1024
 *     system: You are a judge.
 *     ---
 *     Rate {{output}} as an answer to {{input}}.
 *
 * Without placeholders the text is a rubric and a plain template follows it.
 */
import { parse as parseYaml, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { inputError, messageOf } from '../../../base/errors.ts';
import type { Temperature } from '../../../policy/temperature.ts';
import type { ScoreScale } from '../../../record/audit.ts';
import { UNIT_SCALE } from '../../subject.ts';
import { plainTemplate } from './plain-template.ts';
import { statedScale } from './stated-scale.ts';
import { type Template, templateOf } from './template.ts';
import type { VerdictReading, VerdictRule } from './verdict.ts';

export type JudgeForm = 'single' | 'reference' | 'pairwise';

export interface Rubric {
  /** The whole file: what its authors publish, and what a hash of it covers. */
  readonly text: string;
  readonly system: string | null;
  readonly template: Template;
  readonly scale: ScoreScale;
  readonly reading: VerdictReading;
  /** Null: none is sent. */
  readonly temperature: Temperature;
  readonly maxOutputTokens: number;
}

const frontSchema = z.strictObject({
  scale: z.union([z.string(), z.tuple([z.number(), z.number()])]).optional(),
  pass: z.number().optional(),
  verdict: z.string().optional(),
  parse: z.enum(['first', 'last', 'only']).optional(),
  choices: z.record(z.string(), z.number()).optional(),
  temperature: z.union([z.number().min(0).max(2), z.literal('none')]).optional(),
  'max-tokens': z.int().min(1).optional(),
  system: z.string().optional(),
});
type Front = z.infer<typeof frontSchema>;

const FRONT = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/;
const KEYS = 'scale, pass, verdict, parse, choices, temperature, max-tokens, system';

const badRubric = (file: string, given: string, allowed: string): Error =>
  inputError({
    code: 'unreadable-grader',
    what: `The front matter of ${file} cannot be used.`,
    given,
    allowed,
    todo: 'Correct the lines between the two ---, or remove them: all have defaults.',
  });

const frontOf = (text: string, file: string): Front => {
  let value: unknown;
  try {
    value = parseYaml(text);
  } catch (thrown) {
    throw badRubric(
      file,
      thrown instanceof YAMLParseError ? (thrown.message.split('\n')[0] ?? '') : messageOf(thrown),
      'YAML',
    );
  }
  const checked = frontSchema.safeParse(value ?? {});
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw badRubric(file, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`, KEYS);
};

const RANGE = /^\s*(-?\d+(?:\.\d+)?)\s*(?:\.\.|to|-|–)\s*(-?\d+(?:\.\d+)?)\s*$/;

const endsOf = (scale: NonNullable<Front['scale']>, file: string): readonly [number, number] => {
  const found = typeof scale === 'string' ? RANGE.exec(scale) : null;
  const ends: readonly [number, number] = typeof scale === 'string' ? [Number(found?.[1]), Number(found?.[2])] : scale;
  if (ends.every(Number.isFinite) && ends[0] !== ends[1]) return ends;
  throw badRubric(file, `scale: ${String(scale)}`, 'two different numbers, worst first, e.g. 1-10 or 0..1');
};

const RULES = ['auto', 'number', 'json', 'yes-no', 'letter'] as const;

const ruleOf = (verdict: string, file: string): VerdictRule => {
  const named = RULES.find((rule) => rule === verdict);
  if (named !== undefined) return { how: named };
  const [, source, flags = ''] = /^\/(.+)\/([imsu]*)$/s.exec(verdict) ?? [];
  if (source === undefined)
    throw badRubric(file, `verdict: ${verdict}`, `${RULES.join(', ')}, or /a regular expression/`);
  try {
    return { how: 'regex', pattern: new RegExp(source, `g${flags}`) };
  } catch (thrown) {
    throw badRubric(file, `verdict: ${verdict}`, messageOf(thrown));
  }
};

/** Where neither front matter nor the prompt says anything. */
const usualScale = (front: Front, plain: boolean): readonly [number, number] =>
  plain && front.verdict === undefined ? [1, 10] : [UNIT_SCALE.worst, UNIT_SCALE.best];

const scaleOf = (front: Front, form: JudgeForm, body: string, plain: boolean, file: string): ScoreScale => {
  // A pair is won in both orders, or won in one and tied in the other.
  if (form === 'pairwise') return { ...UNIT_SCALE, pass: front.pass ?? 0.75 };
  const worth = Object.values(front.choices ?? {});
  const [worst, best] =
    front.scale !== undefined
      ? endsOf(front.scale, file)
      : worth.length > 1
        ? [Math.min(...worth), Math.max(...worth)]
        : (statedScale(body) ?? usualScale(front, plain));
  const pass = front.pass ?? (worst + best) / 2;
  if (worst !== best && pass >= Math.min(worst, best) && pass <= Math.max(worst, best)) {
    return { worst, best, pass, beyond: 'fault' };
  }
  throw badRubric(file, `pass: ${pass}`, `a number from ${worst} to ${best}`);
};

const requireSlots = (template: Template, form: JudgeForm, file: string): void => {
  const needed = [
    'output',
    ...(form === 'reference' ? ['reference'] : []),
    ...(form === 'pairwise' ? ['opponent'] : []),
  ];
  const missing = needed.filter((slot) => ![...template.slots].some((used) => used === slot));
  if (missing.length === 0) return;
  throw inputError({
    code: 'unreadable-grader',
    what: `${file} has placeholders, but not all that a ${form} judge must see.`,
    given: [...template.slots].map((slot) => `{{${slot}}}`).join(' '),
    allowed: needed.map((slot) => `{{${slot}}}`).join(' '),
    todo: `Add ${missing.map((slot) => `{{${slot}}}`).join(' and ')}, or remove all placeholders to have a plain template.`,
  });
};

/** Throws `unreadable-grader`. `file` is for messages. */
export const rubricOf = (text: string, form: JudgeForm, file: string): Rubric => {
  const found = FRONT.exec(text);
  const front = found === null ? {} : frontOf(found[1] ?? '', file);
  const body = (found === null ? text.replace(/^\uFEFF/, '') : text.slice(found[0].length)).trim();
  if (body === '')
    throw inputError({
      code: 'unreadable-grader',
      what: 'The rubric is empty.',
      given: file,
      todo: 'Write in words what the judge shall look for.',
    });
  const own = templateOf(body);
  const plain = own.slots.size === 0;
  const scale = scaleOf(front, form, body, plain, file);
  if (!plain) requireSlots(own, form, file);
  return {
    text,
    system: front.system ?? null,
    template: plain ? templateOf(plainTemplate(body, form, front.verdict === undefined ? scale : null)) : own,
    scale,
    reading: {
      rule: ruleOf(front.verdict ?? 'auto', file),
      parse: front.parse ?? 'last',
      choices: front.choices ?? null,
    },
    temperature: front.temperature === 'none' ? null : (front.temperature ?? 0),
    maxOutputTokens: front['max-tokens'] ?? 1_024,
  };
};
