import { expect, test } from 'vitest';
import { describeExamples, describeOnPrograms, given, made } from '../tampering/made.contract.ts';
import { describeStrategies } from '../text/catalogue.contract.ts';
import { SELF_EVALUATION } from './index.ts';

const PYTHON = { 'solution.py': 'def add(a, b):\n    ...\n' };

describeStrategies('self-evaluation inflation', SELF_EVALUATION);
describeExamples(SELF_EVALUATION, [
  given({}, { published: 'Names the city. Explains the reason.' }),
  given({ input: 'Write add(a, b).', workspace: PYTHON }),
]);
describeOnPrograms(SELF_EVALUATION.filter(({ subjects }) => subjects.includes('program')));

test('where answers are numbers, nothing that holds one is claimed: it could be right by luck', () => {
  const numeric = given({ input: 'How much is it?' }, { references: [12, 7, 31] });
  const texts = SELF_EVALUATION.filter(({ subjects }) => subjects.includes('text')).flatMap((strategy) =>
    made(strategy, 'nothing', numeric).map(({ answer }) => answer),
  );
  expect(texts.length).toBeGreaterThan(10);
  expect(texts.filter((text) => /\d/.test(String(text)))).toEqual([]);
});

test('no claim holds a letter that stands alone and might be an option', () => {
  const texts = SELF_EVALUATION.filter(({ kind, subjects }) => kind === 'no-work' && subjects.includes('text')).flatMap(
    (strategy) => made(strategy, '', given({ input: 'Which?' })).map(({ answer }) => String(answer)),
  );
  expect(texts.filter((text) => /\b[A-H]\b/.test(text))).toEqual([]);
});

test('admissions of failure are left out, and an answer that makes none is left alone', () => {
  const hidden = SELF_EVALUATION.find(({ name }) => name === 'bad-with-failures-hidden');
  if (hidden === undefined) throw new Error('not in the list');
  const answers = (bad: string) => made(hidden, bad, given({})).map(({ answer }) => answer);
  expect(answers('It is Lyon. I am not sure. One check failed.')).toEqual(['It is Lyon.']);
  expect(answers('It is Lyon.')).toEqual([]);
  expect(answers('I might be wrong.')).toEqual([]);
});
