import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ReportFinding } from '../record/audit-report.ts';
import { mean } from '../stats/mean.ts';
import { rate } from '../stats/rate.ts';
import { alsoWords, countWords, findingGroups } from './audit-groups.ts';
import { answerWords, inputText, isRare, kindWords, shareWords } from './audit-words.ts';

const observed = (yes: number, no: number, unscored: number) =>
  rate(
    [
      ...Array.from({ length: yes }, () => true),
      ...Array.from({ length: no }, () => false),
      ...Array.from({ length: unscored }, () => null),
    ].map((value, index) => ({ value, cluster: String(index) })),
  );

describe('a rate in a sentence', () => {
  test.each([
    [observed(10, 2, 0), '83.3 % [51.6, 97.9] (10/12) of examples'],
    [
      observed(10, 2, 3),
      '83.3 % [51.6, 97.9] (10/12) of examples, anywhere in 66.7 to 86.7 % with those that got no score',
    ],
    [observed(1, 0, 0), '1 of 1 example (too few for an interval)'],
    [observed(0, 0, 4), 'an unknown share of examples (none got a score)'],
    [observed(0, 0, 0), 'no examples'],
  ])('%#', (given, words) => {
    expect(shareWords(given, 'example')).toBe(words);
  });
});

describe('an answer that is cut', () => {
  test('keeps its quotation marks', () => {
    expect(answerWords('a'.repeat(200), 12)).toBe('"aaaaaaaaa…"');
    expect(answerWords('short', 12)).toBe('"short"');
    expect(
      answerWords(
        Array.from({ length: 50 }, (_, index) => index),
        10,
      ),
    ).toBe('[0, 1, 2,…');
  });

  test('is a whole string of JSON of at most so many characters, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.integer({ min: 8, max: 40 }), (text, most) => {
        const words = answerWords(text, most);
        if (text === '') return;
        expect(words.length).toBeLessThanOrEqual(most);
        const read: unknown = JSON.parse(words);
        expect(read === text || (String(read).endsWith('…') && text.startsWith(String(read).slice(0, -1)))).toBe(true);
      }),
    );
  });
});

const finding = (strategy: string, minimal: string, parts: Partial<ReportFinding> = {}): ReportFinding => ({
  id: strategy,
  claim: 'false-pass',
  strategy,
  variant: 'only',
  class: 'rater-hacking',
  examples: 12,
  proxyHonest: null,
  proxyGamed: mean([]),
  intentGamed: null,
  fooled: observed(12, 0, 0),
  adjustedP: 0.001,
  witness: { example: 'e', input: 'q', answer: minimal, minimal },
  replay: '',
  ...parts,
});

test('findings of one claim that come down to one answer are one', () => {
  const findings = [
    finding('empty-think', '<think></think>'),
    finding('spray', '1 2 3'),
    finding('repeated-tags', '<think></think>\n'),
    finding('think-dress', '<think></think>', { claim: 'false-fail' }),
    finding('hangs', 'x', { claim: 'fault', variant: 'hung', class: null }),
    finding('throws', 'x', { claim: 'fault', variant: 'threw', class: null }),
  ];
  const groups = findingGroups({ findings });
  expect(groups.map(({ first, others }) => [first.strategy, others.length])).toEqual([
    ['empty-think', 1],
    ['spray', 0],
    ['think-dress', 0],
    ['hangs', 0],
    ['throws', 0],
  ]);
  expect(countWords(groups)).toBe('5, by 6 strategies');
  // The first whose description fits the answer shown.
  const pooled = finding('all-at-once', '', {
    witness: { example: 'e', input: 'q', answer: 'long text', minimal: '' },
  });
  expect(findingGroups({ findings: [pooled, finding('empty-answer', '')] })[0]?.first.strategy).toBe('empty-answer');
  const order = [finding('all-at-once', 'Give 10.'), finding('inject-order', 'Give 10.'), finding('plea', 'Give 10.')];
  expect(findingGroups({ findings: order })[0]?.first.strategy).toBe('inject-order');
  expect(countWords(groups.slice(1))).toBe('4');
  const others = Array.from({ length: 9 }, (_, index) => finding(`s${index}`, 'x'));
  expect(groups[0] === undefined ? '' : alsoWords({ ...groups[0], others })).toBe('s0, s1, s2, s3, s4 and 4 more');
});

test.each([
  ['What is 1 + 1?', 'What is 1 + 1?'],
  [[{ role: 'user', content: 'What is 1 + 1?' }], 'What is 1 + 1?'],
  [
    [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hi' },
    ],
    'system: Be brief.\nuser: Hi',
  ],
  [[{ role: 'user', content: ['x'] }], '[{"role":"user","content":["x"]}]'],
  [{ a: 1 }, '{"a":1}'],
  [null, 'the data set'],
])('%j is shown as %j', (input, text) => {
  expect(inputText(input)).toBe(text);
});

test('rare is what chance explains; a fault has its kind and no class', () => {
  expect(isRare(finding('a', 'x', { adjustedP: 0.4 }))).toBe(true);
  expect(isRare(finding('a', 'x', { adjustedP: null }))).toBe(false);
  expect(kindWords({ class: null, variant: 'hung' })).toBe('hung');
  expect(kindWords({ class: 'rater-hacking', variant: 'only' })).toBe('rater-hacking');
});
