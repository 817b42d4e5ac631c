import { describe, expect, test } from 'vitest';
import { type ExampleSet, type FieldMap, loadExamples } from '../example.ts';

const load = (rows: readonly unknown[], fields: FieldMap = {}): Promise<ExampleSet> =>
  loadExamples({ path: null, rows, fields, task: null }, '/');

describe('columns inside of columns', () => {
  const VERL = {
    data_source: 'gsm8k',
    prompt: [{ role: 'user', content: 'What is 6 times 7?' }],
    reward_model: { style: 'rule', ground_truth: '42' },
    extra_info: { index: 3 },
  };

  test('the one that is surely the reference is it, and graders still get the whole column', async () => {
    const { examples } = await load([VERL, { ...VERL, reward_model: { style: 'rule', ground_truth: '43' } }]);
    expect(examples).toMatchObject([
      { reference: '42', knownGood: ['42'], fields: { reward_model: VERL.reward_model, extra_info: { index: 3 } } },
      { reference: '43' },
    ]);
  });

  test('any other is named by its path', async () => {
    const rows = [{ inputs: { question: 'q' }, outputs: { answer: 'a' }, meta: { score: 4 } }];
    expect((await load(rows, { input: 'inputs.question', good: 'outputs.answer' })).examples).toMatchObject([
      { input: 'q', reference: null, knownGood: ['a'] },
    ]);
    const labelled = { input: 'inputs.question', answer: 'outputs.answer', correct: 'meta.score>=4' };
    expect((await load(rows, labelled)).examples).toMatchObject([{ knownGood: ['a'], knownBad: [] }]);
  });

  test('a column whose own name has a dot goes first, and names inside may have dots', async () => {
    const rows = [{ question: 'q', 'a.b': 'outer', a: { b: 'inner', 'c.d': 'dotted' } }];
    expect((await load(rows, { reference: 'a.b' })).examples[0]?.reference).toBe('outer');
    expect((await load(rows, { reference: 'a.c.d' })).examples[0]?.reference).toBe('dotted');
  });

  test('nothing is taken where a column already says what is right, or where it is not sure', async () => {
    const meta = { ground_truth: 'x' };
    expect((await load([{ question: 'q', good: 'g', meta }])).examples[0]?.reference).toBeNull();
    expect((await load([{ question: 'q', target: 't', meta }])).examples[0]?.reference).toBe('t');
    expect((await load([{ question: 'q', meta, other: meta }])).examples[0]?.reference).toBeNull();
    expect((await load([{ question: 'q', meta: { target: 'beginners' } }])).examples[0]?.reference).toBeNull();
    expect(
      (
        await load([
          { question: 'q', meta },
          { question: 'p', meta: {} },
        ])
      ).examples[0]?.reference,
    ).toBeNull();
  });

  test('a path that leads nowhere is told with those that there are', async () => {
    await expect(load([VERL], { reference: 'reward_model.truth' })).rejects.toMatchObject({
      code: 'unknown-column',
      given: 'reward_model.truth',
      allowed: expect.stringContaining('"reward_model.ground_truth"'),
    });
  });
});

describe('programs', () => {
  test('answers that are files by path ask for programs, without a workspace', async () => {
    const set = await load([
      { task: 'add', good: { 'solution.py': 'x' }, bad: [{ 'src/a': '' }, { 'solution.py': '' }] },
    ]);
    expect(set).toMatchObject({
      task: 'program',
      examples: [{ knownGood: [{ 'solution.py': 'x' }], knownBad: [{ 'src/a': '' }, { 'solution.py': '' }] }],
    });
  });

  test('answers that are JSON are texts', async () => {
    expect((await load([{ input: 'q', good: { name: 'Ann', city: 'Rome' } }])).task).toBe('text');
    expect((await load([{ input: 'q', good: { 'a.py': 'x' }, bad: 'text' }])).task).toBe('text');
    expect((await load([{ input: 'q', good: { 'a.py': 1 } }])).task).toBe('text');
    expect((await load([{ input: 'q', good: {} }])).task).toBe('text');
  });
});
