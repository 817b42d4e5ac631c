import { contentHash, type Json } from '../../../../base/json.ts';
import { COLUMN_NAMES, type Example, type ExampleSet } from '../../../example.ts';
import { wordsOf } from '../../judge/words.ts';
import type { Assertion, PromptfooTest } from './config.ts';
import { loadPromptfoo } from './open.ts';
import { render } from './vars.ts';

/** The variable that is the input by its name; the only one; or all of them. */
const inputOf = (vars: Readonly<Record<string, Json>>): Json => {
  const name = COLUMN_NAMES.input.find((usual) => Object.hasOwn(vars, usual));
  if (name !== undefined) return vars[name] ?? '';
  const values = Object.values(vars);
  return values.length === 1 ? (values[0] ?? '') : vars;
};

/** What the test's author would take as right, where a single assertion says so: the text that the output must equal. */
const goldOf = ({ checks, vars }: PromptfooTest): string | null => {
  const equals = checks.filter(
    (check): check is Assertion => check.kind === 'assertion' && check.type === 'equals' && !check.inverse,
  );
  const [only] = equals;
  return equals.length === 1 && only !== undefined ? wordsOf(render(only.value, vars)) : null;
};

const exampleOf = (test: PromptfooTest): Example => {
  const gold = goldOf(test);
  return {
    id: `test-${test.number}`,
    input: inputOf(test.vars),
    reference: gold,
    knownGood: gold === null ? [] : [gold],
    knownBad: [],
    options: null,
    items: null,
    workspace: null,
    fields: test.vars,
  };
};

/** One example for each test of the configuration, for an audit without examples of its own. */
export const promptfooExamples = async (spec: string, cwd: string): Promise<ExampleSet> => {
  const { file, tests } = await loadPromptfoo(spec, cwd);
  const examples = tests.map(exampleOf);
  return { task: 'text', examples, items: examples.length, hash: contentHash(examples), source: file, whole: null };
};
