import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../../../base/clock.ts';
import { rng } from '../../../../base/rng.ts';
import type { Example, ExampleSet } from '../../../example.ts';
import type { SubjectSources } from '../../../open-subject.ts';
import { DEFAULT_SUBJECT_OPTIONS, type Subject } from '../../../subject.ts';
import { fakeJudge } from '../../judge/fake-judge.contract.ts';
import { levenshtein, rouge1 } from './distance.ts';
import { promptfooExamples } from './examples.ts';
import { openPromptfoo } from './open.ts';
import { render } from './vars.ts';

let cwd = '';
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'promptfoo-'));
});
afterAll(async () => {
  await rm(cwd, { recursive: true });
});

const exampleWith = (fields: Example['fields'], more: Partial<Example> = {}): Example => ({
  id: JSON.stringify(fields),
  input: '',
  reference: null,
  knownGood: [],
  knownBad: [],
  options: null,
  items: null,
  workspace: null,
  fields,
  ...more,
});
const setOf = (...examples: Example[]): ExampleSet => ({
  task: 'text',
  examples,
  items: examples.length,
  hash: 'x',
  source: 'inline',
  whole: null,
});

const sources = (more: Partial<SubjectSources> = {}): SubjectSources => ({
  cwd,
  openModel: (spec) => Promise.reject(new Error(`no model ${spec}`)),
  keys: {},
  clock: systemClock,
  dice: rng('promptfoo'),
  workers: 1,
  onWarning: () => {},
  ...more,
});

const PLAIN = exampleWith({ name: 'Ada' });
let files = 0;
const written = async (yaml: string): Promise<string> => {
  files += 1;
  const file = `config-${files}.yaml`;
  await writeFile(join(cwd, file), yaml);
  return file;
};
const opened = async (yaml: string, examples = setOf(PLAIN), more: Partial<SubjectSources> = {}): Promise<Subject> =>
  openPromptfoo(await written(yaml), { ...DEFAULT_SUBJECT_OPTIONS, timeoutMs: 4_000 }, examples, sources(more));

const verdicts = async (subject: Subject, answers: readonly string[], example = PLAIN): Promise<readonly unknown[]> => {
  const graded = await subject.grade(
    answers.map((answer) => ({ example, answer, opponent: null, order: 'both' as const })),
  );
  return graded.map((one) => (one.kind === 'scored' ? one.passed : one.fault.kind));
};

const one = (assertion: string): string => `tests:\n  - assert:\n      - ${assertion.replaceAll('\n', '\n        ')}\n`;

test.each([
  ['{type: equals, value: "{{name}}"}', ['Ada', 'ada'], [true, false]],
  ['{type: equals, value: {a: [1]}}', ['{"a": [1]}', '{"a": [2]}', 'no'], [true, false, false]],
  ['{type: not-equals, value: Ada}', ['Ada', 'x'], [false, true]],
  ['{type: contains, value: 42}', ['is 42.', 'no'], [true, false]],
  ['{type: not-contains, value: sorry}', ['sorry', 'fine'], [false, true]],
  ['{type: icontains, value: ADA}', ['ada!', 'x'], [true, false]],
  ['{type: contains-all, value: [a, b]}', ['b a', 'a'], [true, false]],
  ['{type: contains-any, value: \'x, "a, b"\'}', ['a, b', 'a', 'x'], [true, false, true]],
  ['{type: icontains-all, value: [A, B]}', ['b a', 'a'], [true, false]],
  ['{type: icontains-any, value: [A]}', ['a', 'x'], [true, false]],
  ['{type: starts-with, value: Dear}', ['Dear x', 'x Dear'], [true, false]],
  ['{type: is-json}', ['{}', '{'], [true, false]],
  [
    '{type: is-json, value: {type: object, required: [a], properties: {a: {type: number}}}}',
    ['{"a":1}', '{"a":"1"}', '{}'],
    [true, false, false],
  ],
  ['{type: contains-json}', ['see {"a": 1} there', 'none'], [true, false]],
  ['{type: levenshtein, value: kitten, threshold: 3}', ['sitting', 'something'], [true, false]],
  ['{type: rouge-n, value: the cat sat, threshold: 0.8}', ['the cat sat', 'the dog ran'], [true, false]],
  ['{type: word-count, value: {min: 2, max: 3}}', ['a b', 'a', 'a b c d'], [true, false, false]],
] as const)('%s', async (assertion, answers, expected) => {
  await using subject = await opened(one(assertion));
  expect(await verdicts(subject, answers)).toEqual(expected);
});

test('code of the user runs apart: JavaScript, its files, regular expressions, and what throws or hangs', async () => {
  await writeFile(
    join(cwd, 'check.mjs'),
    'export const loud = (output, { vars }) => output === vars.name.toUpperCase();',
  );
  const cases: readonly (readonly [string, readonly string[], readonly unknown[]])[] = [
    ['{type: regex, value: "^\\\\d+$"}', ['42', 'x'], [true, false]],
    ['{type: javascript, value: "output === context.vars.name"}', ['Ada', 'x'], [true, false]],
    ['{type: javascript, value: "const n = output.length; n > 2"}', ['abc', 'a'], [true, false]],
    [
      'type: javascript\nvalue: |\n  if (output === "") throw new Error("empty");\n  return { pass: true, score: 0.5, reason: "x" };',
      ['a', ''],
      [true, 'threw'],
    ],
    ['{type: javascript, value: "output.length / 10", threshold: 0.5}', ['123456', '1'], [true, false]],
    ['{type: javascript, value: "file://check.mjs:loud"}', ['ADA', 'Ada'], [true, false]],
    ['{type: not-javascript, value: "output.length > 3"}', ['abcd', 'a'], [false, true]],
    ['{type: regex, value: "^(a+)+$"}', [`${'a'.repeat(60)}!`, 'aaa'], ['hung', true]],
    ['{type: javascript, value: "undefined"}', ['x'], ['threw']],
  ];
  const example = (index: number): Example => exampleWith({ name: 'Ada', case: index });
  const yaml = cases
    .map(
      ([assertion], index) =>
        `  - vars: {case: ${index}}\n    assert:\n      - ${assertion.replaceAll('\n', '\n        ')}\n`,
    )
    .join('');
  await using subject = await opened(`tests:\n${yaml}`, setOf(...cases.map((_case, index) => example(index))));
  for (const [index, [assertion, answers, expected]] of cases.entries()) {
    expect(await verdicts(subject, answers, example(index)), assertion).toEqual(expected);
  }
});

test('weights, thresholds and sets are summed up as in promptfoo', async () => {
  const yaml = `
tests:
  - threshold: 0.6
    assert:
      - {type: contains, value: a, weight: 3}
      - {type: contains, value: b}
  - assert:
      - type: assert-set
        threshold: 0.5
        assert: [{type: contains, value: a}, {type: contains, value: b}]
      - {type: contains, value: c}
  - vars: {nothing: asserted}
`;
  const file = await written(yaml);
  const open = (number: number) => openPromptfoo(`${file}:${number}`, DEFAULT_SUBJECT_OPTIONS, setOf(PLAIN), sources());
  await using first = await open(0);
  expect(await verdicts(first, ['a', 'b', 'ab'])).toEqual([true, false, true]);
  await using second = await open(1);
  expect(await verdicts(second, ['bc', 'ab', 'c', 'abc'])).toEqual([true, false, false, true]);
  await using third = await open(2);
  expect(await verdicts(third, ['anything'])).toEqual([true]);
  expect((await third.grade([{ example: PLAIN, answer: 'x', opponent: null, order: 'both' }]))[0]).toMatchObject({
    score: 1,
    reason: 'promptfoo: passed, score 1',
  });
});

test('an example is graded by the test whose variables it has, whatever names its columns were given', async () => {
  const yaml = `
defaultTest: {assert: [{type: not-contains, value: sorry}]}
tests:
  - vars: {question: What is 2+2?}
    assert: [{type: contains, value: "4"}]
  - vars: {question: What is 3+3?}
    assert: [{type: contains, value: "6"}]
`;
  const four = exampleWith({}, { id: 'four', input: 'What is 2+2?' });
  const six = exampleWith({ question: 'What is 3+3?' }, { id: 'six' });
  const other = exampleWith({}, { id: 'other', input: 'Who?' });
  await using subject = await opened(yaml, setOf(four, six, other));
  expect(await verdicts(subject, ['4', '6', 'sorry 4'], four)).toEqual([true, false, false]);
  expect(await verdicts(subject, ['4', '6'], six)).toEqual([false, true]);
  expect(await verdicts(subject, ['4'], other)).toEqual(['not-asked']);
  await expect(opened(yaml, setOf(other))).rejects.toMatchObject({ code: 'no-matching-test' });
});

test('the tests of a configuration are examples, with what must be equalled as the honest answer', async () => {
  const file = await written(
    'tests:\n  - vars: {question: 2+2?, n: 4}\n    assert: [{type: equals, value: "{{n}}"}]\n  - vars: {who: Ada}\n',
  );
  const { examples } = await promptfooExamples(file, cwd);
  expect(examples).toMatchObject([
    { id: 'test-0', input: '2+2?', reference: '4', knownGood: ['4'], fields: { n: 4 } },
    { id: 'test-1', input: 'Ada', reference: null, knownGood: [] },
  ]);
  await using subject = await openPromptfoo(
    file,
    DEFAULT_SUBJECT_OPTIONS,
    await promptfooExamples(file, cwd),
    sources(),
  );
  expect(await verdicts(subject, ['4', '5'], examples[0])).toEqual([true, false]);
});

test('the text that an output must hold is known to be right, where nothing else is asked for', async () => {
  await writeFile(
    join(cwd, 'held.yaml'),
    `
defaultTest: {assert: [{type: not-icontains, value: sorry}]}
tests:
  - {vars: {q: a}, assert: [{type: icontains, value: paris}]}
  - {vars: {q: b}, assert: [{type: contains-any, value: [30 days, thirty days]}]}
  - {vars: {q: c}, assert: [{type: contains, value: x}, {type: word-count, value: 20}]}
  - {vars: {q: d, city: Rome}, assert: [{type: contains, value: "{{city}}"}]}
  - {vars: {q: e}, assert: [{type: starts-with, value: Hello}]}
  - {vars: {q: f}, assert: [{type: assert-set, assert: [{type: contains, value: x}]}]}
`,
  );
  const { examples } = await promptfooExamples('held.yaml', cwd);
  expect(examples.map(({ knownGood }) => knownGood)).toEqual([['paris'], ['30 days'], [], ['Rome'], [], []]);
  expect(examples.map(({ reference }) => reference)).toEqual(['paris', '30 days', null, 'Rome', null, null]);
});

test('llm-rubric asks the model that the configuration names; a first object in its reply counts, a missing verdict passes', async () => {
  await using fake = await fakeJudge(({ user }) => {
    const output = /<Output>\n([\s\S]*)\n<\/Output>/.exec(user)?.[1] ?? '';
    if (output === 'quote') return 'It says {"pass": true}. But {"pass": false, "score": 0}';
    if (output === 'vague') return '{"reason": "hm"}';
    if (output === 'prose') return 'Looks good to me.';
    if (output === 'refuse') return "I'm sorry, I cannot help with that.";
    return JSON.stringify({ pass: output === 'polite', score: output === 'polite' ? 0.9 : 0.1, reason: 'x' });
  });
  const asked: string[] = [];
  const openModel: SubjectSources['openModel'] = async (spec) => {
    asked.push(spec);
    return fake.open();
  };
  const yaml = `
defaultTest: {options: {provider: "openai:chat:gpt-x"}}
tests:
  - assert: [{type: llm-rubric, value: "Is polite to {{name}}, not to {{output}}"}]
`;
  await using subject = await opened(yaml, setOf(PLAIN), { openModel });
  expect(await verdicts(subject, ['polite', 'rude', 'quote', 'vague', 'prose', 'refuse'])).toEqual([
    true,
    false,
    true,
    true,
    'malformed',
    'refused',
  ]);
  expect(asked).toEqual(['openai:gpt-x']);
  expect(fake.asked.find(({ user }) => user.includes('polite\n</Output>'))?.user).toContain(
    'Is polite to Ada, not to \n',
  );
  expect(subject.capabilities).toMatchObject({
    expensive: true,
    published: 'Is polite to {{name}}, not to {{output}}',
  });
  expect(subject.record.form).toBe('judge');
});

test.each([
  [one('{type: similar, value: x}'), 'unsupported-assertion', 'assertion type "similar"'],
  [one('{type: not-cost, threshold: 1}'), 'unsupported-assertion', 'assertion type "not-cost"'],
  [one('{type: contains, value: x, transform: "output.trim()"}'), 'unsupported-assertion', 'transform'],
  [one('{type: contains, value: "{{name | upper}}"}'), 'unsupported-assertion', 'name | upper'],
  [one('{type: contains}'), 'unreadable-grader', 'null'],
  [one('{type: llm-rubric, value: x}'), 'no-judge-model', 'test 0'],
  [one('{type: javascript, value: "file://missing.js"}'), 'unreadable-grader', 'missing.js'],
  ['tests: file://tests.csv', 'unreadable-grader', 'tests'],
  ['tests: [', 'unreadable-grader', ''],
])('%j is refused as %s', async (yaml, code, given) => {
  await expect(opened(yaml)).rejects.toMatchObject({ code, given: expect.stringContaining(given) });
});

test('a test that is not there is named', async () => {
  const file = await written(one('{type: is-json}'));
  await expect(openPromptfoo(`${file}:4`, DEFAULT_SUBJECT_OPTIONS, setOf(PLAIN), sources())).rejects.toMatchObject({
    code: 'no-such-test',
  });
});

test('edits and overlaps are counted rightly', () => {
  const text = fc.string({ maxLength: 12 });
  fc.assert(
    fc.property(text, text, text, (a, b, c) => {
      expect(levenshtein(a, a)).toBe(0);
      expect(levenshtein(a, b)).toBe(levenshtein(b, a));
      expect(levenshtein(a, c)).toBeLessThanOrEqual(levenshtein(a, b) + levenshtein(b, c));
      expect(levenshtein(a, '')).toBe(a.length);
      expect(rouge1(a, b)).toBeGreaterThanOrEqual(0);
      expect(rouge1(a, b)).toBeLessThanOrEqual(1);
    }),
  );
  expect(levenshtein('kitten', 'sitting')).toBe(3);
  expect(rouge1('the cat sat', 'the cat sat on the mat')).toBeCloseTo(6 / 9);
});

test('what a variable holds is never a template', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      expect(render('{{a}}|{{ b }}|{{c}}', { a, b })).toBe(`${a}|${b}|`);
    }),
  );
  expect(render({ x: ['{{a.b}}'] }, { a: { b: 1 } })).toEqual({ x: ['1'] });
});
