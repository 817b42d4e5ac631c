import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Example } from '../../example.ts';
import { describeExamples, describeOnPrograms, given, made } from '../tampering/made.contract.ts';
import { describeStrategies } from '../text/catalogue.contract.ts';
import { plainForm } from '../text/words.ts';
import { TWINS } from './index.ts';
import { asDecimal, asFraction, equalValue, grouped, ungrouped, withDecimalZero, withTrailingZero } from './numbers.ts';

const question = (input: string, more: Partial<Example> = {}) => given({ input, ...more });
const SUM = question('What is six times seven?', { reference: '42' });

describeStrategies('honest twins', TWINS);
describeExamples(TWINS, [
  question('What is it?'),
  question('Is seven a prime?'),
  question('Which city is the capital?', { options: ['Lyon', 'Paris'] }),
  question('Which city?'),
  question('Name the three primary colours of light, in any order.'),
]);
describeOnPrograms(TWINS.filter(({ subjects }) => subjects.includes('program')));

const twins = (good: string, one: ReturnType<typeof given>): string[] =>
  TWINS.flatMap((strategy) => made(strategy, good, one).map(({ answer }) => String(answer)));

describe('what people write', () => {
  test('a number', () => {
    expect(twins('42', SUM)).toEqual(
      expect.arrayContaining(['The answer is 42.', '42.', '42.0', '**42**', '42\n', 'Certainly! The answer is 42.']),
    );
    expect(twins('42', SUM).some((text) => text.includes('$'))).toBe(false);
    expect(twins('$42', question('What does it cost?', { reference: '$42' }))).toEqual(
      expect.arrayContaining(['42 dollars', '$42.00']),
    );
  });

  test('an option', () => {
    const one = question('Which one is right?', { options: ['red', 'green', 'blue'] });
    expect(twins('B', one)).toEqual(expect.arrayContaining(['(B)', 'B)', 'B.', 'B. green', 'The answer is B.']));
    expect(twins('D', one)).not.toContain('(D)');
  });

  test('a sentence is not put into another one, and a date keeps the form that is asked for', () => {
    const translation = twins('It is raining.', question('What does "Es regnet." mean in English?'));
    expect(translation.some((text) => /answer/i.test(text))).toBe(false);
    for (const asked of ['(YYYY-MM-DD)', 'as DD/MM/YYYY', 'at HH:MM', 'in ISO 8601', 'extract it', 'separated by dots'])
      expect(twins('2024-11-13', question(`Which date is that ${asked}?`)), asked).toEqual([]);
  });

  test('JSON in another layout, and nothing else around it', () => {
    expect(twins('{"a":1,"b":[2]}', question('Reply in JSON.'))).toEqual([
      '{\n  "a": 1,\n  "b": [\n    2\n  ]\n}',
      '{"b":[2],"a":1}',
    ]);
    expect(twins('{"a":1,"b":2}', question('Reply in compact JSON.'))).toEqual([]);
    expect(twins('{"a":1,"b":2}', question('Reply only with JSON, exactly the keys a and b.'))).toContain(
      '{"b":2,"a":1}',
    );
    expect(twins('{"a":1,"b":2}', question('Reply with exactly this JSON.'))).toEqual([]);
    expect(twins('{"a":1.00000000000000000001,"b":2}', question('Reply in JSON.'))).toEqual([]);
  });

  test('a set in another order, and a ranking not', () => {
    expect(twins('red, green, blue', question('Name the three colours of light, in any order.'))).toContain(
      'green, blue, red',
    );
    expect(twins('red, green, blue', question('Name the three colours, brightest first.'))).not.toContain(
      'green, blue, red',
    );
    expect(twins('red, green, blue', question('What are the colours?'))).not.toContain('green, blue, red');
  });

  test('a set in any order keeps its form where the task prescribes one', () => {
    const strict = 'List all divisors, in any order. Reply only with the numbers, separated by commas.';
    expect(twins('1,2,3', question(strict))).toEqual(['2,3,1']);
    expect(twins('- red\n- blue', question('Name both, in no particular order, one in each line.'))).toContain(
      '- blue\n- red',
    );
    expect(twins('["red","blue"]', question('List both as JSON, in any order.'))).toContain('["blue","red"]');
    expect(twins('1,2,3', question('List all divisors. Reply only with the numbers.'))).toEqual([]);
  });

  test('years and codes are left as they are', () => {
    expect(twins('1969', question('In which year did it happen?')).some((text) => text.includes('.0'))).toBe(false);
    expect(twins('1969', question('How many are there?')).some((text) => text.includes('.0'))).toBe(false);
    expect(twins('90210', question('What is the zip code?')).some((text) => text.includes(','))).toBe(false);
  });
});

describe('no twin where the task says how to answer', () => {
  test.each([
    'Reply with only the number. What is six times seven?',
    'Give exactly the number: what is six times seven?',
    'What is six times seven? Answer in JSON.',
    'What is six times seven? Answer as a single integer.',
    'What is six times seven? Put the answer after ####.',
    'What is six times seven? Use the tags <answer></answer>.',
    'What is six times seven? Use at most 10 characters.',
    'Is it so? Answer yes or no.',
    'What is six times seven? Round to one decimal.',
  ])('%s', (input) => {
    expect(twins('42', question(input, { reference: '42' }))).toEqual([]);
  });

  test('nor where another column does', () => {
    expect(
      twins('42', question('What is six times seven?', { fields: { system: 'Answer with a bare number only.' } })),
    ).toEqual([]);
  });

  test('nor where the published rubric does', () => {
    const strict = given({ input: 'What is six times seven?' }, { published: 'The answer must be a bare number.' });
    const open = given({ input: 'What is six times seven?' }, { published: 'Is it right? Return only JSON.' });
    expect(twins('42', strict)).toEqual([]);
    expect(twins('42', open).length).toBeGreaterThan(3);
  });

  test('nor where the answer has a form of its own', () => {
    for (const good of [
      '<answer>42</answer>',
      'So it is.\n#### 42',
      '\\boxed{42}',
      '```python\nprint(42)\n```',
      'def f():\n    return 42',
      'dan@mail.example',
      'https://example.org',
      'src/audit',
    ])
      expect(twins(good, SUM), good).toEqual([]);
  });
});

describe('numbers keep their value', () => {
  const decimal = fc
    .tuple(fc.boolean(), fc.nat(99_999), fc.option(fc.stringMatching(/^\d{1,4}$/)))
    .map(([negative, whole, part]) => `${negative ? '-' : ''}${whole}${part === null ? '' : `.${part}`}`);
  const fraction = fc
    .tuple(fc.nat(5_000), fc.integer({ min: 1, max: 5_000 }))
    .map(([top, bottom]) => `${top}/${bottom}`);

  test.each([
    ['decimal zero', withDecimalZero],
    ['trailing zero', withTrailingZero],
    ['separators', grouped],
    ['as a fraction', asFraction],
    ['as a decimal', asDecimal],
  ] as const)('%s', (_name, rewrite) => {
    fc.assert(
      fc.property(fc.oneof(decimal, fraction), (number) => {
        const to = rewrite(number);
        if (to !== null) expect(equalValue(number, to), `${number} as ${to}`).toBe(true);
      }),
    );
  });

  test('separators can be taken out again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10_000, max: 2_000_000_000 }), (number) => {
        const text = String(number);
        expect(ungrouped(grouped(text) ?? '')).toBe(text);
      }),
    );
  });

  test('by hand', () => {
    expect(asDecimal('1/3')).toBeNull();
    expect(asDecimal('12/36')).toBeNull();
    expect(asDecimal('3/8')).toBe('0.375');
    expect(asDecimal('4/2')).toBeNull();
    expect(asFraction('-1.50')).toBe('-3/2');
    expect(asFraction('2.0')).toBeNull();
    expect(grouped('1234567.5')).toBe('1,234,567.5');
    expect(equalValue('1/3', '0.333')).toBe(false);
  });
});

test('frames, marks and characters leave the answer what it is for whoever forgives form', () => {
  const word = fc.stringMatching(/^[a-z]{2,10}( [a-z]{2,10}){0,2}$/);
  const forgiving = (text: string): string =>
    plainForm(text.replace(/^(?:certainly! )?(?:the answer is|final answer:) /i, '').replaceAll('*', ''));
  fc.assert(
    fc.property(word, (good) => {
      const forms = twins(good, question('What is it?')).filter(
        (text) => !/^(?:The answer is|Certainly|Final)/.test(good) && text !== good,
      );
      for (const text of forms) expect(forgiving(text)).toBe(plainForm(good));
    }),
  );
});
