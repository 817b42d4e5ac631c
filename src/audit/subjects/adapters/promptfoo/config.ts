/**
 * The part of a promptfooconfig.yaml that grades: each test's variables and assertions, with those of `defaultTest`. Prompts and providers make
 * answers, and the audit brings its own. What would change a verdict and is not known here is refused by name, never skipped.
 */
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { inputError, messageOf } from '../../../../base/errors.ts';
import type { Json } from '../../../../base/json.ts';
import { jsonSchema } from '../../../../record/json.ts';

/** Assertions that are decided by rules in this process. */
export const RULES = [
  'equals',
  'contains',
  'icontains',
  'contains-all',
  'contains-any',
  'icontains-all',
  'icontains-any',
  'starts-with',
  'is-json',
  'contains-json',
  'levenshtein',
  'rouge-n',
  'word-count',
] as const;
/** Code of the user: it runs in a process that can be killed. A regular expression is code, too: it may never end. */
export const SCRIPTS = ['regex', 'javascript', 'python'] as const;
/** A model decides. */
export const JUDGED = ['llm-rubric'] as const;
const TYPES = [...RULES, ...SCRIPTS, ...JUDGED] as const;

export type Rule = (typeof RULES)[number];
export type Script = (typeof SCRIPTS)[number];
export type AssertionType = (typeof TYPES)[number];

export interface Assertion {
  readonly kind: 'assertion';
  readonly type: AssertionType;
  /** `not-` stood before it. */
  readonly inverse: boolean;
  /** Null: none. Templates in it are not yet filled. */
  readonly value: Json;
  readonly threshold: number | null;
  readonly weight: number;
  /** Specification of the model that judges, as promptfoo writes it; null: not said. */
  readonly provider: string | null;
  readonly rubricPrompt: string | null;
}

export interface AssertionSet {
  readonly kind: 'set';
  readonly members: readonly Assertion[];
  readonly threshold: number | null;
  readonly weight: number;
}

export interface PromptfooTest {
  /** From 0, in the order of the file. */
  readonly number: number;
  readonly description: string | null;
  readonly vars: Readonly<Record<string, Json>>;
  readonly checks: readonly (Assertion | AssertionSet)[];
  readonly threshold: number | null;
}

const optionsSchema = z.looseObject({
  provider: z.unknown().optional(),
  rubricPrompt: z.unknown().optional(),
  transform: z.unknown().optional(),
});
const assertSchema = z.looseObject({
  type: z.string(),
  value: z.unknown().optional(),
  threshold: z.number().nullable().optional(),
  weight: z.number().min(0).nullable().optional(),
  provider: z.unknown().optional(),
  rubricPrompt: z.unknown().optional(),
  transform: z.unknown().optional(),
  assert: z.array(z.unknown()).optional(),
});
const testSchema = z.looseObject({
  description: z.string().optional(),
  vars: z.record(z.string(), jsonSchema).optional(),
  assert: z.array(assertSchema).optional(),
  threshold: z.number().nullable().optional(),
  options: optionsSchema.optional(),
  assertScoringFunction: z.unknown().optional(),
});
const configSchema = z.looseObject({
  tests: z.array(testSchema).optional(),
  defaultTest: testSchema.optional(),
  scenarios: z.unknown().optional(),
});
type RawAssert = z.infer<typeof assertSchema>;
type RawTest = z.infer<typeof testSchema>;

const unreadable = (file: string, given: string, allowed: string): Error =>
  inputError({
    code: 'unreadable-grader',
    what: 'This promptfoo configuration cannot be used.',
    given: `${file}: ${given}`,
    allowed,
    todo: 'Correct it, or name one test that is in this form, e.g. promptfooconfig.yaml:0',
  });

const unsupported = (file: string, where: string, given: string): Error =>
  inputError({
    code: 'unsupported-assertion',
    what: 'An assertion cannot be decided here, and leaving it out would audit another grader than yours.',
    given: `${given} in ${where} of ${file}`,
    allowed: TYPES.map((type) => `${type}, not-${type}`).join(', '),
    todo: 'Audit another test (promptfooconfig.yaml:<number>), or put what this assertion calls behind javascript, python or llm-rubric.',
  });

const textOr = (value: unknown, file: string, where: string, what: string): string | null => {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && 'id' in value && typeof value.id === 'string') return value.id;
  throw unsupported(file, where, `a ${what} that is no text`);
};

interface Defaults {
  readonly provider: string | null;
  readonly rubricPrompt: string | null;
}

const assertionOf = (raw: RawAssert, defaults: Defaults, file: string, where: string): Assertion => {
  const inverse = raw.type.startsWith('not-');
  const named = inverse ? raw.type.slice('not-'.length) : raw.type;
  const type = TYPES.find((known) => known === named);
  if (type === undefined) throw unsupported(file, where, `assertion type "${raw.type}"`);
  if (raw.transform !== undefined) throw unsupported(file, where, 'a transform of the output');
  const value = jsonSchema.safeParse(raw.value ?? null);
  if (!value.success)
    throw unreadable(file, `the value of ${raw.type} in ${where}`, 'text, a number, a list or a mapping');
  return {
    kind: 'assertion',
    type,
    inverse,
    value: value.data,
    threshold: raw.threshold ?? null,
    weight: raw.weight ?? 1,
    provider: textOr(raw.provider, file, where, 'provider') ?? defaults.provider,
    rubricPrompt: textOr(raw.rubricPrompt, file, where, 'rubricPrompt') ?? defaults.rubricPrompt,
  };
};

const checkOf = (raw: RawAssert, defaults: Defaults, file: string, where: string): Assertion | AssertionSet => {
  if (raw.type !== 'assert-set') return assertionOf(raw, defaults, file, where);
  const members = z.array(assertSchema).safeParse(raw.assert ?? []);
  if (!members.success) throw unreadable(file, `the assert-set of ${where}`, 'a list of assertions under assert');
  return {
    kind: 'set',
    members: members.data.map((member) => assertionOf(member, defaults, file, where)),
    threshold: raw.threshold ?? null,
    weight: raw.weight ?? 1,
  };
};

const testOf = (raw: RawTest, number: number, byDefault: RawTest | undefined, file: string): PromptfooTest => {
  const where = `test ${number}`;
  const options = { ...byDefault?.options, ...raw.options };
  if (options.transform !== undefined) throw unsupported(file, where, 'a transform of the output');
  if ((raw.assertScoringFunction ?? byDefault?.assertScoringFunction) !== undefined) {
    throw unsupported(file, where, 'an assertScoringFunction');
  }
  const defaults = {
    provider: textOr(options.provider, file, where, 'provider'),
    rubricPrompt: textOr(options.rubricPrompt, file, where, 'rubricPrompt'),
  };
  return {
    number,
    description: raw.description ?? null,
    vars: { ...byDefault?.vars, ...raw.vars },
    checks: [...(byDefault?.assert ?? []), ...(raw.assert ?? [])].map((one) => checkOf(one, defaults, file, where)),
    threshold: raw.threshold ?? byDefault?.threshold ?? null,
  };
};

/** `only`: the number of one test, from 0; null: all. Throws `unreadable-grader`, `no-such-test`, `unsupported-assertion`. */
export const promptfooTests = (text: string, file: string, only: number | null): readonly PromptfooTest[] => {
  let value: unknown;
  try {
    value = parseYaml(text);
  } catch (thrown) {
    throw unreadable(file, messageOf(thrown).split('\n')[0] ?? '', 'YAML');
  }
  const checked = configSchema.safeParse(value);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw unreadable(
      file,
      `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
      'tests as a list in the file itself, each with vars and assert',
    );
  }
  const { tests = [], defaultTest, scenarios } = checked.data;
  if (scenarios !== undefined) throw unreadable(file, 'scenarios', 'tests as a list in the file itself');
  // Without tests of its own a configuration has one, made of the defaults.
  const raw = tests.length > 0 ? tests : [{}];
  const numbered = raw.map((test, index) => ({ test, number: index }));
  const wanted = numbered.filter(({ number }) => only === null || number === only);
  if (wanted.length === 0) {
    throw inputError({
      code: 'no-such-test',
      what: 'The configuration has no test of this number.',
      given: `${file}:${only}`,
      allowed: `0 to ${raw.length - 1}`,
      todo: 'Tests are counted from 0, in the order of the file.',
    });
  }
  return wanted.map(({ test, number }) => testOf(test, number, defaultTest, file));
};
