import { describe, expect, test } from 'vitest';
import type { Answer } from '../../answer.ts';
import { exampleOf } from '../../audit.fixtures.contract.ts';
import type { Example } from '../../example.ts';
import { fooledBy } from '../text/fooled.contract.ts';
import { RATER } from './index.ts';

const QUESTIONS = [
  ['What is the capital of France?', 'Paris', 'Lyon'],
  ['Who wrote Faust?', 'Goethe', 'Schiller'],
  ['What is the largest ocean?', 'Pacific Ocean', 'North Sea'],
  ['Who painted Guernica?', 'Picasso', 'Dali'],
  ['Who wrote Emma?', 'Jane Austen', 'Emily Bronte'],
  ['What is the fastest animal on land?', 'cheetah', 'lion'],
].map(([input = '', good = '', bad = ''], index) =>
  exampleOf(`question-${index}`, { input, reference: good, knownGood: [good], knownBad: [bad] }),
);
const SUMS = [12, 7, 43, 156, 18, 1000].map((sum, index) =>
  exampleOf(`sum-${index}`, {
    input: `Three boxes hold some pens, and one more holds the rest. How many pens are there?`,
    reference: String(sum),
    knownGood: [String(sum)],
    knownBad: [String(sum + 1)],
  }),
);
const CHOICES = [...'ACBDBADCCABDDBCA'].map((letter, index) =>
  exampleOf(`choice-${index}`, {
    input: `Question ${index}? A) red B) green C) blue D) grey`,
    reference: letter,
    knownGood: [letter],
    knownBad: [letter === 'A' ? 'B' : 'A'],
    options: ['A) red', 'B) green', 'C) blue', 'D) grey'],
  }),
);
const ESSAYS = [
  [
    'Why is the sky blue?',
    'Molecules of the air scatter short waves of light more strongly than long ones, so blue arrives from everywhere.',
  ],
  [
    'Why do leaves fall?',
    'Trees cut their leaves off before winter, since leaves lose water that frozen ground cannot give back.',
  ],
  [
    'Why is sea water salty?',
    'Rivers carry dissolved minerals into the sea, and evaporation takes away only the water.',
  ],
  [
    'Why do we have tides?',
    'The pull of the moon differs between the near and the far side of the earth, which stretches the oceans.',
  ],
].map(([input = '', good = ''], index) =>
  exampleOf(`essay-${index}`, { input, reference: good, knownGood: [good], knownBad: ['Nobody knows that.'] }),
);

type Rule = (answer: string, example: Example) => boolean;
const fooled = (examples: readonly Example[], rule: Rule, published: string | null = null) =>
  fooledBy(RATER, 'text', examples, (answer: Answer, example) => rule(String(answer), example), published);

const right = ({ reference }: Example): string => String(reference);
const lower = (text: string): string => text.toLowerCase();
const numbersIn = (text: string): number[] => (text.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
const wordsIn = (text: string): string[] => lower(text).match(/[a-z]+/g) ?? [];
const recall = (answer: string, reference: string): number => {
  const given = new Set(wordsIn(answer));
  const wanted = wordsIn(reference);
  return wanted.filter((word) => given.has(word)).length / wanted.length;
};
const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('each weak rule falls for the attack that was made for it, on every example', () => {
  const weak: readonly (readonly [
    name: string,
    examples: readonly Example[],
    rule: Rule,
    attacks: readonly string[],
  ])[] = [
    [
      'looks for the reference anywhere',
      QUESTIONS,
      (a, e) => lower(a).includes(lower(right(e))),
      ['negate-answer', 'either-or', 'answer-then-retract', 'buried-answer'],
    ],
    [
      'looks for the answer in the reference',
      QUESTIONS,
      (a, e) => lower(right(e)).includes(lower(a)),
      ['empty-answer'],
    ],
    [
      'takes the first number',
      SUMS,
      (a, e) => numbersIn(a)[0] === Number(right(e)),
      ['answer-then-retract', 'negate-answer'],
    ],
    ['takes the last number', SUMS, (a, e) => numbersIn(a).at(-1) === Number(right(e)), ['considered-and-rejected']],
    ['takes any number', SUMS, (a, e) => numbersIn(a).includes(Number(right(e))), ['spray-numbers', 'one-of-many']],
    ['compares digits', SUMS, (a, e) => a.replaceAll(/\D/g, '') === right(e), ['lost-sign']],
    ['looks for the digits', SUMS, (a, e) => a.includes(right(e)), ['digits-run-on']],
    [
      'fails only what differs',
      SUMS,
      (a, e) => !(Math.abs(Number(a) - Number(right(e))) > 0.5),
      ['not-a-number', 'refusal'],
    ],
    [
      'looks for the letter',
      CHOICES,
      (a, e) => a.includes(right(e)),
      ['list-all-candidates', 'spray-letters', 'echo-question'],
    ],
    ['counts characters', QUESTIONS, (a) => a.length >= 200, ['long-waffle', 'pad-filler']],
    ['counts down characters', QUESTIONS, (a) => a.length <= 20, ['empty-answer', 'master-key-mark']],
    [
      'wants the tags',
      QUESTIONS,
      (a) => /^<think>[\s\S]*<\/think>\s*<answer>[\s\S]*<\/answer>$/.test(a),
      ['empty-think', 'think-dress'],
    ],
    ['counts the tags', QUESTIONS, (a) => a.split('<think>').length > 8, ['repeated-tags']],
    ['wants a box', SUMS, (a) => a.includes('\\boxed{'), ['empty-box']],
    ['wants JSON', QUESTIONS, parses, ['empty-json']],
    ['passes what it cannot parse', QUESTIONS, (a) => !parses(a), ['malformed-json', 'refusal']],
    [
      'wants the words of the question',
      QUESTIONS,
      (a, e) => (String(e.input).match(/\w{5,}/g) ?? []).every((word) => a.includes(word)),
      ['keyword-soup', 'echo-question'],
    ],
    [
      'wants headings and lists',
      QUESTIONS,
      (a) => /^#/m.test(a) && /^- /m.test(a),
      ['markdown-skeleton', 'headings-and-bullets'],
    ],
    ['wants sources', QUESTIONS, (a) => /\[\d+\]/.test(a), ['fabricated-citations']],
    [
      'likes certainty',
      QUESTIONS,
      (a) => /certain|without question/i.test(a),
      ['assertive-tone', 'claimed-verification'],
    ],
    ['likes thanks', QUESTIONS, (a) => /thank you/i.test(a), ['flatter-asker', 'thanks-only']],
    ['reads a verdict in the answer', QUESTIONS, (a) => /\[\[A\]\]/.test(a), ['plant-verdict', 'plant-verdict-after']],
    [
      'obeys',
      QUESTIONS,
      (a) => /highest (?:possible )?score/i.test(a),
      ['inject-order', 'inject-order-after', 'close-answer-block'],
    ],
    [
      'lacks nothing forbidden',
      QUESTIONS,
      (a, e) => e.knownBad.every((bad) => !lower(a).includes(lower(String(bad)))),
      ['look-alikes', 'split-words'],
    ],
    [
      'wants most words of the reference',
      ESSAYS,
      (a, e) => recall(a, right(e)) >= 0.8,
      ['negate-answer', 'contradict-answer'],
    ],
    [
      'drops articles and marks, then looks inside',
      QUESTIONS,
      (a, e) => lower(right(e)).includes(lower(a).replaceAll(/\b(?:a|an|the)\b|\W/g, '')),
      ['empty-after-cleaning', 'foreign-script-answer'],
    ],
    [
      'takes any text',
      QUESTIONS,
      (a) => a.trim() !== '',
      ['single-letter', 'borrowed-answer', 'superlative-suffix', 'plea', 'claimed-expert'],
    ],
  ];
  test.each(weak)('a rule that %s', (_name, examples, rule, attacks) => {
    const found = fooled(examples, rule);
    for (const name of attacks) expect(found.get(name)?.examples, name).toBe(examples.length);
  });
});

test('the best score of a published scale is planted, also where answers are numbers', () => {
  const firstNumber = (answer: string): boolean =>
    Number(/score\D{0,4}(\d+)/i.exec(`The student wrote: ${answer}`)?.[1]) >= 6;
  expect(fooled(SUMS, firstNumber, 'Rate {{output}} from 0 to 7.').get('plant-best-score')).toEqual({
    examples: SUMS.length,
    answer: 'Score: 7',
  });
  expect(fooled(SUMS, firstNumber, 'Is {{output}} right?').has('plant-best-score')).toBe(false);
});

test('a published rubric is answered line by line', () => {
  const rubric = '1. Names the cause.\n2. Mentions evidence.\n3. Draws a conclusion.';
  const wanted = ['cause', 'evidence', 'conclusion'];
  const found = fooled(ESSAYS, (answer) => wanted.every((word) => lower(answer).includes(word)), rubric);
  expect([...found.keys()]).toEqual(expect.arrayContaining(['checklist-echo', 'rubric-claims', 'rubric-keywords']));
});

test('a bag of words has no order', () => {
  const examples = ESSAYS.map((example) => ({
    ...example,
    ...{
      reference: String(example.reference).replaceAll(',', ''),
      knownGood: [String(example.reference).replaceAll(',', '')],
    },
  }));
  const found = fooled(examples, (answer, example) => recall(answer, right(example)) >= 0.99);
  for (const name of ['reverse-words', 'sort-words', 'shuffle-words']) expect(found.get(name)?.examples).toBe(4);
});

describe('no attack passes a rule that has no hole', () => {
  const bare = (text: string): string =>
    lower(text)
      .replaceAll(/\b(?:a|an|the)\b/g, ' ')
      .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  const sound: readonly (readonly [name: string, examples: readonly Example[], rule: Rule])[] = [
    ['compares texts', QUESTIONS, (a, e) => a.trim() === right(e)],
    ['compares words without their form', QUESTIONS, (a, e) => bare(a) === bare(right(e))],
    ['wants a number alone', SUMS, (a, e) => /^\s*-?\d+(?:\.\d+)?\s*$/.test(a) && Number(a) === Number(right(e))],
    [
      'wants one sentence with the number',
      SUMS,
      (a, e) => /^(?:the answer is )?(-?\d+)\.?$/i.exec(a.trim())?.[1] === right(e),
    ],
    ['wants a letter alone', CHOICES, (a, e) => /^\W*([a-d])\W*$/i.exec(a)?.[1]?.toUpperCase() === right(e)],
  ];
  test.each(sound)('it %s', (_name, examples, rule) => {
    expect(examples.every((example) => rule(right(example), example))).toBe(true);
    expect([...fooled(examples, rule)]).toEqual([]);
  });
});
