import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exampleSchema } from '../../record/audit-finding.ts';
import {
  COLUMN_NAMES,
  type Example,
  type ExampleSet,
  type ExampleTask,
  type FieldMap,
  loadExamples,
} from '../example.ts';

const load = (rows: readonly unknown[], fields: FieldMap = {}, task: ExampleTask | null = null): Promise<ExampleSet> =>
  loadExamples({ path: null, rows, fields, task }, '/');
const first = async (...args: Parameters<typeof load>): Promise<Example | undefined> =>
  (await load(...args)).examples[0];

describe('which column is what', () => {
  test('usual names are found, in any spelling; the others are handed on, and so is a name of its own', async () => {
    expect(await first([{ Question: 'q', 'Ground truth': 'r', level: 3 }])).toMatchObject({
      input: 'q',
      reference: 'r',
      knownGood: ['r'],
      knownBad: [],
      fields: { Question: 'q', 'Ground truth': 'r', level: 3 },
    });
  });

  test('the name of the part itself goes first', async () => {
    expect(await first([{ question: 'x', input: 'q', reference: 'r' }])).toMatchObject({
      input: 'q',
      fields: { question: 'x' },
    });
  });

  test('of two that fit it asks, unless told', async () => {
    const rows = [{ question: 'q', document: 'd', reference: 'r' }];
    await expect(load(rows)).rejects.toMatchObject({
      code: 'ambiguous-column',
      given: '"question", "document"',
      todo: expect.stringContaining('--fields input=question'),
    });
    expect(await first(rows, { input: 'document' })).toMatchObject({ input: 'd', fields: { question: 'q' } });
  });

  test('a column or a part that there is not', async () => {
    await expect(load([{ q: 1, gold: 2 }], { input: 'question' })).rejects.toMatchObject({
      code: 'unknown-column',
      given: 'question',
      allowed: '"q", "gold"',
    });
    const wrong: Readonly<Record<string, string>> = { inptu: 'q' };
    await expect(load([{ q: 1 }], wrong)).rejects.toMatchObject({ code: 'unknown-column', given: 'inptu' });
    await expect(load([{ a: 1, b: 2 }])).rejects.toMatchObject({ code: 'unknown-column', given: '"a", "b"' });
  });

  test('known answers: one, a list, or numbers, each once, and never among the columns of a grader', async () => {
    const rows = [{ input: 'q', good: ['a', 'b', 'a'], bad: 7, note: 'n' }];
    expect(await first(rows)).toMatchObject({ knownGood: ['a', 'b'], knownBad: ['7'], fields: { note: 'n' } });
    expect((await first(rows))?.fields).toEqual({ note: 'n' });
  });

  test('a number is the reference as it is, and as text a good answer; a list of references is not an answer', async () => {
    expect(await first([{ input: 'q', reference: 42 }])).toMatchObject({ reference: 42, knownGood: ['42'] });
    expect(await first([{ input: 'q', reference: ['a', 'b'] }])).toMatchObject({
      reference: ['a', 'b'],
      knownGood: [],
    });
    expect(await first([{ input: 'q', reference: 'r', good: 'g' }])).toMatchObject({
      reference: 'r',
      knownGood: ['g'],
    });
  });

  test('answers with a word on whether they are right are joined by question', async () => {
    const { examples } = await load([
      { input: 'q', answer: 'a', correct: true },
      { input: 'q', answer: 'b', correct: 'no' },
      { input: 'q', answer: 'c', correct: 1 },
      { input: 'p', answer: 'a', correct: false },
    ]);
    expect(examples.map(({ knownGood, knownBad }) => [knownGood, knownBad])).toEqual([
      [['a', 'c'], ['b']],
      [[], ['a']],
    ]);
  });

  test('a score is right from its bar on', async () => {
    const rows = [
      { input: 'q', answer: 'a', score: 4 },
      { input: 'q', answer: 'b', score: 3.9 },
    ];
    expect(await first(rows, { correct: 'score>=4' })).toMatchObject({ knownGood: ['a'], knownBad: ['b'] });
    expect(await first(rows, { correct: 'score <= 3.9' })).toMatchObject({ knownGood: ['b'], knownBad: ['a'] });
    await expect(load(rows, { correct: 'score' })).rejects.toMatchObject({ todo: expect.stringContaining('score>=') });
  });

  test('answers of which nobody says whether they are right', async () => {
    const rows = [{ question: 'q', answer: 'a' }];
    await expect(load(rows)).rejects.toMatchObject({
      code: 'ambiguous-column',
      todo: expect.stringContaining('--fields good=answer'),
    });
    expect(await first(rows, { reference: 'answer' })).toMatchObject({ reference: 'a', knownGood: ['a'] });
    expect(await first([{ question: 'q', answer: 'a', target: 't' }])).toMatchObject({ fields: { answer: 'a' } });
  });

  test('pairs, also as conversations', async () => {
    const chat = (content: string): unknown[] => [
      { role: 'user', content: 'hello' },
      { role: 'assistant', content },
    ];
    const set = await load([{ chosen: chat('hi'), rejected: chat('go away') }]);
    expect(set.task).toBe('preference');
    expect(set.examples).toMatchObject([{ input: 'hello', knownGood: ['hi'], knownBad: ['go away'], fields: {} }]);
  });

  test('choices, as lists and as Hugging Face writes them', async () => {
    expect(await first([{ question: 'q', choices: ['x', 'y'], target: 'y' }])).toMatchObject({ options: ['x', 'y'] });
    const row = { question: 'q', choices: { text: ['x', 'y'], label: ['A', 'B'] }, label: 'B' };
    expect(await load([row])).toMatchObject({ task: 'text', examples: [{ options: ['x', 'y'], reference: 'B' }] });
  });

  test('programs and rankings', async () => {
    const files = { 'main.py': 'print(1)' };
    const program = await load([
      { task: 'write it', files: { 'test.py': 'pass' }, good: files, bad: [files, { 'main.py': '' }] },
    ]);
    expect(program.task).toBe('program');
    expect(program.examples).toMatchObject([
      { input: 'write it', workspace: { 'test.py': 'pass' }, knownGood: [files], knownBad: [files, { 'main.py': '' }] },
    ]);
    const ranking = await load([{ query: 'q', good: ['d2', 'd1'], bad: [['d1', 'd2']] }], {}, 'ranking');
    expect(ranking.examples).toMatchObject([{ knownGood: [['d2', 'd1']], knownBad: [['d1', 'd2']] }]);
    const relevant = await load(
      [
        { query: 'q', reference: ['d2', 'd1'], options: ['d1', 'd2', 'd3'] },
        { query: 'q', reference: ['d9'], options: ['d1', 'd2', 'd3'] },
        { query: 'q', reference: [2, 0, 1], options: ['d1', 'd2', 'd3'] },
      ],
      {},
      'ranking',
    );
    expect(relevant.examples.map(({ knownGood }) => knownGood)).toEqual([[['d2', 'd1']], [], []]);
  });

  test('ids do not depend on the order of the rows, and doubles are told apart', async () => {
    const rows = [
      { input: 'a', reference: '1' },
      { input: 'b', reference: '2' },
      { input: 'a', reference: '1' },
    ];
    const ids = (await load(rows)).examples.map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    const turned = (await load([...rows.slice(1, 2), ...rows.slice(0, 1)])).examples.map(({ id }) => id);
    expect(turned).toEqual([ids[1], ids[0]]);
    expect((await load([{ id: 7, input: 'a' }])).examples[0]?.id).toBe('7');
  });

  const name = fc.stringMatching(/^[a-z]{1,8}$/).filter((one) => !Object.values(COLUMN_NAMES).flat().includes(one));
  const cell = fc.oneof(fc.string({ minLength: 1 }), fc.integer(), fc.boolean());

  test('whatever the columns are called, --fields finds them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(name, { minLength: 4, maxLength: 4 }),
        fc.array(
          fc.tuple(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), cell),
          { minLength: 1, maxLength: 5 },
        ),
        async (names, cells) => {
          const [input = '', reference = '', bad = '', extra = ''] = names;
          const rows = cells.map(([a, b, c, d]) => ({ [input]: a, [reference]: b, [bad]: c, [extra]: d }));
          const { examples } = await load(rows, { input, reference, bad });
          expect(examples.map((one) => [one.input, one.reference, one.knownGood, one.knownBad, one.fields])).toEqual(
            cells.map(([a, b, c, d]) => [a, b, [b], [c], { [input]: a, [reference]: b, [extra]: d }]),
          );
          expect(new Set(examples.map(({ id }) => id)).size).toBe(rows.length);
          for (const one of examples) exampleSchema.parse(one);
        },
      ),
    );
  });
});
