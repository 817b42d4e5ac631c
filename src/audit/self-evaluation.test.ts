import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rng } from '../base/rng.ts';
import { textFeatures as featuresOf } from '../grade/text-features.ts';
import type { Example } from './example.ts';
import { scoreFrom } from './score.ts';
import { loadAuthoredAnswers } from './self-evaluation/answers.ts';
import { type AuthoredAnswer, evaluateItself } from './self-evaluation.ts';
import { type Subject, UNIT_SCALE } from './subject.ts';

const exampleNamed = (id: string): Example => ({
  id,
  input: `question ${id}`,
  reference: null,
  knownGood: [],
  knownBad: [],
  options: null,
  items: null,
  workspace: null,
  fields: {},
});

/** A judge that is a function of the answer. */
const judgeBy = (score: (answer: string) => number | null): Subject => ({
  record: { spec: 'judge:r.md@fake:m', kind: 'judge', form: 'judge', version: '1', scale: UNIT_SCALE },
  capabilities: {
    answers: ['text'],
    needsReference: false,
    pairwise: false,
    batch: 8,
    expensive: true,
    intentByConstruction: true,
    published: null,
  },
  grade: async (calls) => calls.map(({ answer }) => scoreFrom(score(String(answer)), UNIT_SCALE)),
  [Symbol.asyncDispose]: async () => {},
});

const long = (text: string): string => `${text} ${'and so on and so forth '.repeat(10)}`;

test('a judge that loves its own is seen to, beside one that does not', async () => {
  const answers = Array.from({ length: 12 }, (_, index): AuthoredAnswer[] => [
    { example: exampleNamed(`q${index}`), answer: 'MINE it is 4', author: 'm', relation: 'own', label: 0 },
    { example: exampleNamed(`q${index}`), answer: 'it is 4', author: 'n', relation: 'other', label: 0 },
  ]).flat();
  const fond = await evaluateItself(
    judgeBy((answer) => (answer.startsWith('MINE') ? 0.8 : 0.2)),
    answers,
  );
  expect(fond).toMatchObject({ judge: 'judge:r.md@fake:m', answers: 24 });
  expect(fond.inflation.map(({ author, estimate }) => [author, estimate.mean])).toEqual([
    ['m', expect.closeTo(0.8)],
    ['n', expect.closeTo(0.2)],
  ]);
  expect(fond.selfPreference?.mean).toBeCloseTo(0.6);
  const fair = await evaluateItself(
    judgeBy(() => 0),
    answers,
  );
  expect(fair.selfPreference?.mean).toBe(0);
  expect(fair.selfPreference?.interval?.[0]).toBeLessThanOrEqual(0);
});

/** Two answers of one author to each input: the given share of the first is right, all others are wrong. */
const answersBy = (author: string, relation: AuthoredAnswer['relation'], right: number): AuthoredAnswer[] =>
  Array.from({ length: 30 }, (_, index): AuthoredAnswer[] =>
    [index < 30 * right ? 1 : 0, 0].map((label) => ({
      example: exampleNamed(`q${index}`),
      answer: `${author} says ${index}`,
      author,
      relation,
      label,
    })),
  ).flat();

test('a judge that gives everybody the same prefers nobody, however often it is wrong itself', async () => {
  const answers = [...answersBy('m', 'own', 0.2), ...answersBy('n', 'other', 0.9)];
  const { inflation, selfPreference, features } = await evaluateItself(
    judgeBy(() => 1),
    answers,
  );
  expect(inflation.map(({ estimate }) => estimate.mean)).toEqual([expect.closeTo(0.9), expect.closeTo(0.55)]);
  expect(selfPreference).toMatchObject({ mean: 0, clusters: 30 });
  const effects = new Map(features.map(({ feature, effect }) => [feature, effect]));
  expect(effects.get('own')?.mean).toBeCloseTo(0, 9);
  expect(effects.get('right')?.mean).toBeLessThan(-0.3);
});

test('own answers that get more than others just as right are seen, similar models aside; without such there is no preference', async () => {
  const answers = [...answersBy('m', 'own', 0.9), ...answersBy('n', 'other', 0.2), ...answersBy('s', 'similar', 0.5)];
  const fond = judgeBy((answer) => (answer.startsWith('m') ? 0.7 : answer.startsWith('s') ? 0.9 : 0.4));
  const { selfPreference, features } = await evaluateItself(fond, answers);
  expect(selfPreference?.mean).toBeCloseTo(0.3);
  expect(features[0]).toMatchObject({ feature: 'own', effect: { mean: expect.any(Number) } });
  const apart = answers.filter(({ relation, label }) => label === (relation === 'own' ? 1 : 0));
  expect(await evaluateItself(fond, apart)).toMatchObject({ selfPreference: null });
});

test('a judge that pays for length is told from one that does not; the interval holds the truth', async () => {
  const dice = rng('self-evaluation');
  const answers = Array.from({ length: 40 }, (_, index): AuthoredAnswer[] =>
    [0, 1, 2].map((k) => {
      const marks = dice.pick(['', 'Certainly. ', 'Perhaps. ', '- item\n']);
      const text = `${marks}word ${'more '.repeat(dice.int(60))}`;
      return {
        example: exampleNamed(`q${index}`),
        answer: text,
        author: `a${k}`,
        relation: 'other' as const,
        label: 0.5,
      };
    }),
  ).flat();
  const lengths = answers.map(({ answer }) => featuresOf(String(answer)).length);
  const average = lengths.reduce((sum, value) => sum + value, 0) / lengths.length;
  const deviation = Math.sqrt(lengths.reduce((sum, value) => sum + (value - average) ** 2, 0) / (lengths.length - 1));
  const { features } = await evaluateItself(
    judgeBy((answer) => 0.5 + (0.1 * (featuresOf(answer).length - average)) / deviation),
    answers,
  );
  const effect = new Map(features.map(({ feature, effect: estimate }) => [feature, estimate]));
  expect(effect.get('length')?.mean).toBeCloseTo(0.1, 6);
  expect(effect.get('hedging')?.mean).toBeCloseTo(0, 6);
  expect(effect.get('length')?.clusters).toBe(40);
});

test('few inputs give slopes without an interval, and no variation none at all', async () => {
  const answers = ['a', 'b', 'c'].flatMap((id): AuthoredAnswer[] => [
    { example: exampleNamed(id), answer: 'short', author: 'x', relation: 'other', label: 0 },
    { example: exampleNamed(id), answer: long('short'), author: 'y', relation: 'other', label: 0 },
  ]);
  const { features, selfPreference } = await evaluateItself(
    judgeBy((answer) => Math.min(1, answer.length / 1_000)),
    answers,
  );
  expect(selfPreference).toBeNull();
  const effects = new Map(features.map(({ feature, effect }) => [feature, effect]));
  expect(effects.get('length')).toMatchObject({ interval: null });
  expect(effects.get('length')?.mean).toBeGreaterThan(0);
  expect(effects.get('confidence')).toMatchObject({ mean: null, interval: null });
});

test('an answer without a score widens the bounds and is not a zero', async () => {
  const answers = ['a', 'b', 'c', 'd'].map(
    (id): AuthoredAnswer => ({ example: exampleNamed(id), answer: id, author: 'x', relation: 'own', label: 0.25 }),
  );
  const { inflation } = await evaluateItself(
    judgeBy((answer) => (answer === 'a' ? null : 1)),
    answers,
  );
  expect(inflation[0]?.estimate).toMatchObject({ mean: 0.75, n: 3 });
  expect(inflation[0]?.estimate.bounds?.[0]).toBeLessThan(0.75);
});

test('features count what they say', () => {
  expect(featuresOf('')).toEqual({ length: 0, confidence: 0, structure: 0, hedging: 0 });
  const plain = featuresOf('The sum is four.');
  expect(plain).toMatchObject({ confidence: 0, structure: 0, hedging: 0 });
  expect(featuresOf('The sum is definitely four.').confidence).toBe(20);
  expect(featuresOf('The sum is perhaps four.').hedging).toBe(20);
  expect(featuresOf('# Sum\n- **four**').structure).toBeCloseTo(150);
});

test('a pairwise judge, no answers and labels off their scale are refused', async () => {
  const one: AuthoredAnswer = { example: exampleNamed('a'), answer: 'x', author: 'x', relation: 'own', label: 2 };
  await expect(
    evaluateItself(
      judgeBy(() => 1),
      [one],
    ),
  ).rejects.toMatchObject({ code: 'bad-self-evaluation' });
  await expect(
    evaluateItself(
      judgeBy(() => 1),
      [],
    ),
  ).rejects.toMatchObject({ code: 'bad-self-evaluation' });
});

test('answers are read from JSON lines; the judge knows its own', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'answers-'));
  try {
    const rows = [
      { input: 'q', answer: 'a', author: 'gpt-x', label: true },
      { input: 'q', answer: 'b', author: 'gpt-y', label: 0.5 },
      { input: 'q', answer: 'c', author: 'gpt-x-small', relation: 'similar', label: 0 },
    ];
    await writeFile(join(folder, 'a.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n'));
    const answers = await loadAuthoredAnswers('a.jsonl', folder, 'judge:r.md@openai:gpt-x');
    expect(answers.map(({ relation, label }) => [relation, label])).toEqual([
      ['own', 1],
      ['other', 0.5],
      ['similar', 0],
    ]);
    expect(answers[0]?.example).toBe(answers[1]?.example);
    await writeFile(join(folder, 'bad.jsonl'), '{"input": 1, "answer": "x", "author": "y", "label": 3}');
    await expect(loadAuthoredAnswers('bad.jsonl', folder, 'x')).rejects.toThrow(/line 1: label/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
