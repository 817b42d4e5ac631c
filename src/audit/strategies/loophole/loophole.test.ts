import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { inRound } from '../../rounds.ts';
import { describeExamples, describeOnPrograms, given, made } from '../tampering/made.contract.ts';
import { describeStrategies } from '../text/catalogue.contract.ts';
import { base64, reversed, rot13 } from './encode.ts';
import { LOOPHOLE } from './index.ts';

const PYTHON = {
  'solution.py': 'def add(a, b):\n    ...\n',
  'test_solution.py': 'from solution import add\n\ndef test_add():\n    assert add(2, 3) == 5\n',
};

const WRITING = given({ input: 'Describe the city. Mention "river" and "museum", in three sentences.' });
const JSON_ASKED = given({ input: 'Name the city. Reply in JSON with the keys "city" and "reason".' });

describeStrategies('loopholes', LOOPHOLE);
describeExamples(LOOPHOLE, [
  given({ input: 'What is the capital of France?' }, { published: 'Always respond in English.' }),
  given({
    id: 'demo',
    input: { question: 'What is the capital of France?', title: 'Cities of Europe', source: 'atlas' },
  }),
  WRITING,
  JSON_ASKED,
  given({ input: 'Write add(a, b).', workspace: PYTHON }),
]);
describeOnPrograms(LOOPHOLE.filter(({ subjects }) => subjects.includes('program')));

const named = (name: string) => {
  const found = LOOPHOLE.find((strategy) => strategy.name === name);
  if (found === undefined) throw new Error(`${name} is not in the list`);
  return found;
};
const answers = (name: string, one: ReturnType<typeof given>, base = '') =>
  made(named(name), base, one).map(({ answer }) => answer);

describe('texts', () => {
  test('the letter of a task: keys, counts and words that are asked for', () => {
    expect(answers('required-keys-empty', JSON_ASKED)).toContain('{"city":"","reason":""}');
    expect(answers('required-keys-empty', WRITING)).toEqual([]);
    expect(answers('required-words-only', WRITING)).toEqual(['river, museum']);
    expect(String(answers('required-count-of-nothing', WRITING)[0]).split('. ')).toHaveLength(3);
    const [words] = answers('required-count-of-nothing', given({ input: 'Sum it up in 50 words.' }));
    expect(String(words).split(/\s+/)).toHaveLength(50);
  });

  test('declining is no attack where some honest answers decline', () => {
    const honest = given({ input: 'Who is it?' }, { answers: ['I cannot answer this: it is not stated.'] });
    for (const name of ['quit-at-once', 'skip-marker']) expect(answers(name, honest)).toEqual([]);
  });

  test('what is shown beside a question is given, never the question', () => {
    const one = given({ input: { question: 'Which city?', title: 'Cities', source: 'atlas' } });
    expect(answers('answer-from-metadata', one)).toEqual(['Cities\natlas']);
  });
});

describe('instructions', () => {
  const attacks = LOOPHOLE.filter(({ subjects }) => subjects.includes('instruction'));
  const asked = given({ input: 'What is the capital of France?' }, { published: 'Always respond in English.' });
  const turn = z.strictObject({ role: z.literal('user'), text: z.string().min(1) });

  test('at least twenty, from many families, with some of each large family for the second round', () => {
    expect(attacks.length).toBeGreaterThanOrEqual(20);
    expect(new Set(attacks.map(({ family }) => family)).size).toBeGreaterThanOrEqual(8);
    expect(inRound(attacks, 'held-back').length).toBeGreaterThanOrEqual(8);
  });

  test('every attack carries the request, in clear or in code', () => {
    for (const strategy of attacks)
      for (const { variant, answer } of made(strategy, '', asked)) {
        const text = String(answer);
        const carried = [
          text,
          text.replaceAll(' ', ''),
          rot13(text),
          reversed(text),
          ...(text.match(/[A-Za-z0-9+/=]{16,}/g) ?? []).flatMap((code) => [
            Buffer.from(code, 'base64').toString('utf8'),
            Buffer.from(code, 'hex').toString('utf8'),
          ]),
        ];
        const found = carried.some((form) => /capital of France|capitalofFrance/.test(form));
        expect(found, `${strategy.name} ${variant}`).toBe(true);
      }
  });

  test('conversations of several turns are JSON lines', () => {
    const several = attacks.filter(({ family }) => family === 'ask-over-turns');
    expect(several.length).toBeGreaterThanOrEqual(4);
    for (const strategy of several) {
      const lines = made(strategy, '', asked).flatMap(({ answer }) => String(answer).split('\n'));
      expect(lines.length).toBeGreaterThanOrEqual(2);
      for (const line of lines) expect(turn.safeParse(JSON.parse(line)).success).toBe(true);
    }
  });

  test('nothing is asked where there is no request', () => {
    for (const strategy of attacks) expect(made(strategy, '', given({ input: '' }))).toEqual([]);
  });
});

describe('encodings', () => {
  const text = fc.string({ unit: 'grapheme' });
  test('can be undone', () => {
    fc.assert(
      fc.property(text, (clear) => {
        expect(rot13(rot13(clear))).toBe(clear);
        expect(reversed(reversed(clear))).toBe(clear);
        expect(Buffer.from(base64(clear), 'base64').toString('utf8')).toBe(clear);
      }),
    );
  });
});
