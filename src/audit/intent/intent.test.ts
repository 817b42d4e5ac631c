import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentHash, type Json } from '../../base/json.ts';
import type { Answer, Graded } from '../../record/audit.ts';
import type { Example } from '../example.ts';
import { constructionIntent, labelsIntent, mayBeRight, subjectIntent } from '../intent.ts';
import { openIntent, parseJudgedIntent } from '../open-intent.ts';
import { scoreFrom } from '../score.ts';
import { textExample } from '../subject.contract.ts';
import { type GradeCall, type Subject, UNIT_SCALE } from '../subject.ts';
import { folderWith, setOf, sourcesIn } from '../subjects/function/fixtures.contract.ts';
import { numberIn } from './normal.ts';

const call = (answer: Answer, example: Example): GradeCall => ({ example, answer, opponent: null, order: 'both' });
const right = (answer: Answer, parts: Partial<Example>): boolean =>
  mayBeRight(call(answer, { ...textExample('e', null), ...parts }));
const dataSet = (labels: readonly Json[]): Partial<Example> => ({
  items: labels.map((label, i) => ({ input: `t${i}`, label })),
});

describe('an answer that may be right', () => {
  test.each<[Answer, Json, boolean]>([
    ['Four', 'four', true],
    [' the  four. ', 'four', true],
    ['"Four!"', 'a four', true],
    ['42.0', '42', true],
    ['1,234', 1234, true],
    ['$34', '34', true],
    ['50%', 0.5, true],
    ['1/2', '0.5', true],
    ['-3', '3', false],
    ['The answer is 42.', 42, true],
    ['**Answer:** Paris', 'paris', true],
    ['\\boxed{7}', '7', true],
    ['4 or 5', '4', false],
    ['forty', 'four', false],
    ['', 'four', false],
    ['', '', true],
    ['...', '...', true],
    ['...', '', false],
    ['b', ['a', 'B'], true],
    ['c', ['a', 'B'], false],
    ['{"b": 2.0, "a": "X"}', { a: 'x', b: 2 }, true],
    ['{"b": 3}', { b: 2 }, false],
    ['[1, 2]', [1, 2], true],
    ['anything', null, false],
    ['(A)', 'A', true],
    ['[[A]]', 'a', true],
    ['the', 'A', false],
    ['$$ x $$', 'x', true],
  ])('%j for %j: %j', (answer, reference, expected) => {
    expect(right(answer, { reference })).toBe(expected);
  });

  test('equals a known-good answer, or names the option that is meant', () => {
    expect(right('yes', { knownGood: ['no', 'Yes.'] })).toBe(true);
    const options = ['Rome', 'Paris'];
    expect(right('B)', { reference: 'Paris', options })).toBe(true);
    expect(right('paris', { reference: 'B', options })).toBe(true);
    expect(right('A', { reference: 'B', options })).toBe(false);
    expect(right('Rome, Paris', { reference: 'B', options })).toBe(false);
  });

  test('what is labelled wrong as it stands is wrong, though another form of it would be right', () => {
    const symbol = { reference: 'Co', knownGood: ['Co'], knownBad: ['CO', 'cobalt.'] };
    expect(right(' CO ', symbol)).toBe(false);
    expect(right('co', symbol)).toBe(true);
    expect(right('Co', { ...symbol, knownBad: ['Co'] })).toBe(true);
    expect(right('12', { reference: 12, knownBad: ['12'] })).toBe(true);
    expect(right('12.', { reference: 12, knownBad: ['12.'] })).toBe(false);
  });

  test('a vector is right by more than luck only', () => {
    const labels = Array.from({ length: 40 }, (_, i) => i % 4 === 0);
    const set = dataSet(labels);
    expect(right(labels, set)).toBe(true);
    expect(
      right(
        labels.map(() => true),
        set,
      ),
    ).toBe(false);
    expect(
      right(
        labels.map(() => false),
        set,
      ),
    ).toBe(false);
    expect(
      right(
        labels.map(() => null),
        set,
      ),
    ).toBe(false);
    expect(
      right(
        labels.map((label, i) => (i < 24 ? label : false)),
        set,
      ),
    ).toBe(true);
    expect(
      right(
        labels.map((label) => !label),
        set,
      ),
    ).toBe(false);
  });

  test('a forecast is compared with the median and with the value before', () => {
    const labels = Array.from({ length: 40 }, (_, i) => 100 + i * 3 + (i % 3));
    const set = dataSet(labels);
    expect(right(labels, set)).toBe(true);
    expect(
      right(
        labels.map((label) => label + 1),
        set,
      ),
    ).toBe(true);
    expect(
      right(
        labels.map((_, i) => labels[i - 1] ?? 100),
        set,
      ),
    ).toBe(false);
    expect(
      right(
        labels.map(() => 160),
        set,
      ),
    ).toBe(false);
    expect(
      right(
        labels.map(() => null),
        set,
      ),
    ).toBe(false);
    expect(
      right(
        labels.map(() => Number.NaN),
        set,
      ),
    ).toBe(false);
  });

  test('programs are compared by file', () => {
    const good = { 'main.py': 'print(1)\n' };
    expect(right({ './main.py': 'print(1)  \n\n', 'empty.py': '' }, { knownGood: [good] })).toBe(true);
    expect(right({ 'main.py': 'print(2)' }, { knownGood: [good] })).toBe(false);
  });

  test('every text may be right for itself, and no text makes it fail', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, other) => {
        expect(right(text, { reference: text })).toBe(true);
        expect(right(text, { reference: other })).toBe(right(other, { reference: text }));
      }),
    );
  });

  test('attacks on parsers and on patience are just wrong', () => {
    const nested = `${'['.repeat(4_000)}${']'.repeat(4_000)}`;
    const quotes = '"'.repeat(200_000);
    const deep = Array.from({ length: 4_000 }).reduce<Json>((inner) => [inner], 'four');
    for (const answer of [nested, `${quotes}x`, `x${quotes}y`, '9'.repeat(100_000), `{"a":${nested}}`])
      for (const reference of ['four', quotes, 4, { a: 1 }, ['x']]) expect(right(answer, { reference })).toBe(false);
    expect(right('four', { knownGood: ['five', nested] })).toBe(false);
    expect(mayBeRight(call([Number.NaN, Number.NaN], { ...textExample('e', null), ...dataSet([1, 0]) }))).toBe(false);
    expect(mayBeRight(call([deep], { ...textExample('e', null), ...dataSet([1, 0]) }))).toBe(false);
  });

  test('every number is read as it is written', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(numberIn(String(value))).toBe(Number(String(value)));
      }),
    );
    for (const text of ['', '$', 'four', '1.2.3', '1 2', '-', '12a', '1/0']) expect(numberIn(text)).toBeNull();
  });
});

describe('judges of intent', () => {
  const example: Example = { ...textExample('e', 'four'), knownGood: ['four', 'iv'], knownBad: ['five', 'IV'] };
  const verdicts = async (
    judge: typeof labelsIntent,
    answers: readonly string[],
  ): Promise<readonly (boolean | null)[]> =>
    (await judge.judge(answers.map((answer) => call(answer, example)))).map((one) =>
      one.kind === 'scored' ? one.passed : null,
    );

  test('by construction: what an attack made fails, unless it may be right', async () => {
    expect(await verdicts(constructionIntent, ['six', 'Four.', 'five'])).toEqual([false, null, false]);
    expect(constructionIntent).toMatchObject({ name: 'by construction', basis: 'exact' });
  });

  test('labels: what is not labelled, or both ways, is unscored', async () => {
    expect(await verdicts(labelsIntent, ['four', ' Five ', 'Iv', 'six'])).toEqual([true, false, null, null]);
    expect(await verdicts(labelsIntent, ['iv', ' IV'])).toEqual([true, false]);
  });

  test('a second grader: its bar decides, its faults are unscored', async () => {
    const scale = { worst: 10, best: 0, pass: 4, beyond: 'fault' } as const;
    let isClosed = false;
    const subject: Subject = {
      record: { spec: 'second.ts', kind: 'function', form: 'text', version: contentHash(1), scale },
      capabilities: {
        answers: ['text'],
        needsReference: false,
        pairwise: false,
        batch: 1,
        expensive: false,
        intentByConstruction: true,
        published: null,
      },
      grade: (calls) =>
        Promise.resolve(
          calls.map(({ answer }): Graded => scoreFrom(answer === 'nan' ? Number.NaN : Number(answer), scale)),
        ),
      [Symbol.asyncDispose]: () => {
        isClosed = true;
        return Promise.resolve();
      },
    };
    const judge = subjectIntent(subject);
    const outcomes = await judge.judge(['4', '5', 'nan'].map((answer) => call(answer, example)));
    expect(outcomes).toMatchObject([
      { kind: 'scored', value: 0.6, passed: true },
      { kind: 'scored', value: 0.5, passed: false },
      { kind: 'unscored', side: 'grader', cause: expect.stringContaining('NaN') },
    ]);
    expect(judge).toMatchObject({ name: 'second.ts', basis: 'heuristic' });
    await judge[Symbol.asyncDispose]();
    expect(isClosed).toBe(true);
    expect(UNIT_SCALE.pass).toBe(0.5);
  });

  test.each([
    ['judge:"be kind"@scripted:gold', { words: 'be kind', model: 'scripted:gold' }],
    ['judge:be kind@scripted:gold', { words: 'be kind', model: 'scripted:gold' }],
    [
      'judge:be kind, not @ home@openai-compatible:m@http://127.0.0.1:1/v1',
      { words: 'be kind, not @ home', model: 'openai-compatible:m@http://127.0.0.1:1/v1' },
    ],
    ['labels', null],
    ['grader.ts:intent', null],
  ])('%s', (spec, expected) => {
    expect(parseJudgedIntent(spec)).toEqual(expected);
  });

  test('are opened from what the user writes', async () => {
    using folder = folderWith({ 'intent.ts': 'export const intent = (answer: string) => answer === "four";' });
    const sources = sourcesIn(folder.path);
    const examples = setOf([example]);
    expect(await openIntent('labels', examples, sources)).toBe(labelsIntent);
    await using second = await openIntent('intent.ts:intent', examples, sources);
    expect(await verdicts(second, ['four', 'five'])).toEqual([true, false]);
    await expect(openIntent('judge:""@scripted:gold', examples, sources)).rejects.toMatchObject({ code: 'no-intent' });
    await expect(openIntent('nonsense', examples, sources)).rejects.toMatchObject({ code: 'unknown-subject' });
  });
});

test('a label is of the answer as it stands, but for case and white space', async () => {
  const example: Example = { ...textExample('x', '42'), knownGood: ['42'], knownBad: ['The answer is 42.'] };
  const judged = await labelsIntent.judge(
    ['42', ' 42 ', 'the answer  is 42.', '42.'].map((answer) => ({ example, answer, opponent: null, order: 'both' })),
  );
  expect(judged.map((outcome) => (outcome.kind === 'scored' ? outcome.passed : null))).toEqual([
    true,
    true,
    false,
    null,
  ]);
});
