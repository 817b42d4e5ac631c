/** Makes the assertions of a test ready to be asked often: what can be refused is refused here, before any answer is graded. */
import { dirname } from 'node:path';
import { inputError } from '../../../../base/errors.ts';
import type { Json } from '../../../../base/json.ts';
import { type Assertion, type AssertionSet, type PromptfooTest, RULES } from './config.ts';
import { fileValue, textOfValue } from './files.ts';
import { rubricMessages } from './llm-rubric.ts';
import { type Check, checkOf, requireValue } from './rules.ts';
import type { ScriptCall } from './script-modules.ts';
import { requirePlain } from './vars.ts';

export type Asked =
  | { readonly how: 'rule'; readonly check: Check; readonly value: Json }
  | {
      readonly how: 'script';
      readonly language: 'javascript' | 'python';
      readonly script: Omit<ScriptCall, 'vars'>;
      readonly isTemplate: boolean;
    }
  | {
      readonly how: 'judge';
      readonly provider: string;
      readonly messages: ReturnType<typeof rubricMessages>;
      readonly value: Json;
    };

export interface Ready {
  readonly assertion: Assertion;
  readonly asked: Asked;
}

export interface ReadyTest {
  readonly test: PromptfooTest;
  readonly checks: readonly (Ready | { readonly set: AssertionSet; readonly members: readonly Ready[] })[];
}

/** What the version of the grader depends on beside the configuration. */
export interface Uses {
  readonly files: Map<string, string>;
  readonly folders: Set<string>;
}

const scriptOf = (assertion: Assertion, folder: string, uses: Uses): Extract<Asked, { how: 'script' }> => {
  const { type, value, threshold } = assertion;
  const file = fileValue(value, folder);
  const language = type === 'python' ? 'python' : 'javascript';
  if (file !== null && type !== 'regex') {
    const text = textOfValue(file);
    uses.files.set(file.path, text);
    uses.folders.add(dirname(file.path));
    const code = language === 'python' ? text : file.path;
    return { how: 'script', language, script: { how: 'file', code, name: file.name, threshold }, isTemplate: false };
  }
  if (typeof value !== 'string') {
    throw inputError({
      code: 'unreadable-grader',
      what: `The value of a ${type} assertion is no text.`,
      given: JSON.stringify(value),
      allowed: type === 'regex' ? 'a regular expression' : 'code, or file://… of a file',
      todo: 'Correct the value in the configuration.',
    });
  }
  return {
    how: 'script',
    language,
    script: { how: type === 'regex' ? 'regex' : 'inline', code: value, name: null, threshold },
    isTemplate: true,
  };
};

const requireProvider = ({ provider }: Assertion, where: string): string => {
  if (provider !== null) return provider;
  throw inputError({
    code: 'no-judge-model',
    what: 'An llm-rubric does not say which model decides.',
    given: where,
    todo: 'Name one in the configuration, e.g. defaultTest: {options: {provider: openai:gpt-x}}.',
  });
};

/** A value that names a text file stands for its text. */
const loaded = (value: Json, folder: string, uses: Uses): Json => {
  const file = fileValue(value, folder);
  if (file === null) return value;
  const text = textOfValue(file);
  uses.files.set(file.path, text);
  return file.path.endsWith('.txt') || file.path.endsWith('.md') ? text.trimEnd() : text;
};

const readyOf = (assertion: Assertion, where: string, folder: string, uses: Uses): Ready => {
  requireValue(assertion);
  const { type } = assertion;
  const rule = RULES.find((known) => known === type);
  if (rule !== undefined) {
    const value = loaded(assertion.value, folder, uses);
    requirePlain(value, where);
    return {
      assertion,
      asked: { how: 'rule', check: checkOf({ type: rule, threshold: assertion.threshold }, value), value },
    };
  }
  if (type === 'llm-rubric') {
    const value = loaded(assertion.value, folder, uses);
    const prompt = assertion.rubricPrompt === null ? null : String(loaded(assertion.rubricPrompt, folder, uses));
    const messages = rubricMessages(prompt);
    for (const { content } of messages) requirePlain(content, where);
    requirePlain(value, where);
    return { assertion, asked: { how: 'judge', provider: requireProvider(assertion, where), messages, value } };
  }
  const asked = scriptOf(assertion, folder, uses);
  // Braces are JavaScript's and Python's own: only a plain name between two of them is a template.
  if (type === 'regex') requirePlain(asked.script.code, where);
  return { assertion, asked };
};

export const compileTest = (test: PromptfooTest, folder: string, uses: Uses): ReadyTest => {
  const where = `test ${test.number}`;
  return {
    test,
    checks: test.checks.map((check) =>
      check.kind === 'set'
        ? { set: check, members: check.members.map((member) => readyOf(member, where, folder, uses)) }
        : readyOf(check, where, folder, uses),
    ),
  };
};

export const readyIn = ({ checks }: ReadyTest): readonly Ready[] =>
  checks.flatMap((check) => ('set' in check ? check.members : [check]));
