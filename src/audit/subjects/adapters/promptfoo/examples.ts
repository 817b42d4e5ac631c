import { contentHash, type Json } from '../../../../base/json.ts';
import { COLUMN_NAMES, type Example, type ExampleSet } from '../../../example.ts';
import { wordsOf } from '../../judge/words.ts';
import type { Assertion, PromptfooTest } from './config.ts';
import { loadPromptfoo } from './open.ts';
import { listOf } from './rules.ts';
import { render } from './vars.ts';

/** The variable that is the input by its name; the only one; or all of them. */
const inputOf = (vars: Readonly<Record<string, Json>>): Json => {
  const name = COLUMN_NAMES.input.find((usual) => Object.hasOwn(vars, usual));
  if (name !== undefined) return vars[name] ?? '';
  const values = Object.values(vars);
  return values.length === 1 ? (values[0] ?? '') : vars;
};

const isPositive = (check: PromptfooTest['checks'][number]): boolean => check.kind === 'set' || !check.inverse;

/** The shortest output that such an assertion takes; null for those that say nothing of the kind. */
const tookBy = ({ type, value }: Assertion, vars: PromptfooTest['vars']): string | null => {
  const filled = render(value, vars);
  switch (type) {
    case 'equals':
    case 'contains':
    case 'icontains':
      return wordsOf(filled);
    case 'contains-any':
    case 'icontains-any':
      return listOf(filled)[0] ?? null;
    default:
      return null;
  }
};

/**
 * What the test's author would take as right, where a single assertion says so: the text that the output must equal or hold. Where it must also
 * be something else, that text alone may be none of the right ones.
 */
const goldOf = ({ checks, vars }: PromptfooTest): string | null => {
  const equals = checks.filter(
    (check): check is Assertion => check.kind === 'assertion' && check.type === 'equals' && !check.inverse,
  );
  const [only] = equals.length === 1 ? equals : checks.filter(isPositive);
  const isAlone = equals.length === 1 || checks.filter(isPositive).length === 1;
  const gold = isAlone && only?.kind === 'assertion' ? tookBy(only, vars) : null;
  return gold === null || gold.trim() === '' ? null : gold;
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
