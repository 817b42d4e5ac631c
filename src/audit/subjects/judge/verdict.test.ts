import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findVerdict, objectsIn, readScore, readWinner, type VerdictReading, type VerdictRule } from './verdict.ts';

const reading = (rule: VerdictRule, more: Partial<VerdictReading> = {}): VerdictReading => ({
  rule,
  parse: 'last',
  choices: null,
  ...more,
});
const auto = reading({ how: 'auto' });

test.each([
  ['score: 7', 7],
  ['**Score:** 7.5/10', 7.5],
  ['Good work.\n\nRating: [[8]]', 8],
  ['8/10', 8],
  ['8', 8],
  ['-1', -1],
  ['{"reason": "a {b} c", "score": 3}', 3],
  ['```json\n{"score": 0.25}\n```', 0.25],
  ['{"pass": true}', true],
  ['Yes.', true],
  ['no', false],
  ['The verdict is: correct', true],
  ['I would say the score is 4, since 3 of 5 points are met.', 4],
  ['The score is based on 3 points.\nscore: 2', 2],
])('%j is read as %j', (reply, value) => {
  expect(readScore(reply, auto)).toEqual({ kind: 'found', value });
});

test.each(['', 'A fine answer with 3 points.', 'The score is high.', '{"note": 3}', '{{{{', 'N/A maybe'])(
  '%j holds no verdict',
  (reply) => {
    expect(readScore(reply, auto).kind).toBe('none');
  },
);

test('text inside JSON is never made a number here', () => {
  expect(readScore('{"score": "9"}', reading({ how: 'json' }))).toEqual({ kind: 'found', value: '9' });
});

test('words are worth what the author says', () => {
  const graded = reading({ how: 'letter' }, { choices: { A: 1, B: 0.5, C: 0 } });
  expect(readScore('Step by step ... \n\n(B)', graded)).toEqual({ kind: 'found', value: 0.5 });
  expect(readScore('Choice: A', graded)).toEqual({ kind: 'found', value: 1 });
  expect(readScore('[[D]]', graded).kind).toBe('none');
});

test('a regular expression gives its first group', () => {
  const grade = reading({ how: 'regex', pattern: /grade=(\d+)/g });
  expect(readScore('grade=3 then grade=5', grade)).toEqual({ kind: 'found', value: 5 });
  expect(readScore('grade=3 then grade=5', { ...grade, parse: 'first' })).toEqual({ kind: 'found', value: 3 });
  expect(readScore('grade=3 then grade=5', { ...grade, parse: 'only' }).kind).toBe('none');
  expect(readScore('grade=3, I repeat: grade=3', { ...grade, parse: 'only' })).toEqual({ kind: 'found', value: 3 });
});

test.each([
  ['[[A]]', 'first'],
  ['My verdict: B', 'second'],
  ['{"winner": "tie"}', 'tie'],
  ['{"verdict": "Answer B"}', 'second'],
  ['A', 'first'],
  ['[[C]]', 'tie'],
])('%j names %s', (reply, winner) => {
  expect(readWinner(reply, auto)).toEqual({ kind: 'winner', winner });
});

test('a reply is read without throwing, whatever it is, and a marked number is found behind any prose', () => {
  const rules: VerdictRule[] = [
    { how: 'auto' },
    { how: 'number' },
    { how: 'json' },
    { how: 'yes-no' },
    { how: 'letter' },
  ];
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom(...rules), (reply, rule) => {
      findVerdict(reply, reading(rule));
      readWinner(reply, reading(rule));
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: -99, max: 99 }), (prose, number) => {
      expect(readScore(`${prose}\nscore: ${number}`, reading({ how: 'number' }))).toEqual({
        kind: 'found',
        value: number,
      });
    }),
  );
});

test('JSON objects are found in any text around them', () => {
  const noBraces = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[{}"]/g, ''));
  fc.assert(
    fc.property(noBraces, fc.dictionary(fc.string(), fc.jsonValue()), noBraces, (before, object, after) => {
      const [found] = objectsIn(`${before}${JSON.stringify(object)}${after}`);
      expect(JSON.stringify(found)).toBe(JSON.stringify(object));
    }),
  );
});

test('a wall of braces is given up soon', () => {
  expect(objectsIn('{'.repeat(200_000))).toEqual([]);
});
