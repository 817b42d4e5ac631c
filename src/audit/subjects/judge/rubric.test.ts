import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SubterfugeError } from '../../../base/errors.ts';
import { rubricOf } from './rubric.ts';
import { fill, templateOf } from './template.ts';

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof SubterfugeError) return thrown.code;
    throw thrown;
  }
  return 'nothing was thrown';
};

test('front matter says how the judge is asked and read', () => {
  const rubric = rubricOf(
    '---\nscale: 10..0\npass: 3\nverdict: /errors=(\\d+)/\nparse: only\ntemperature: 0.7\nmax-tokens: 50\nsystem: You count.\n---\nErrors in {{output}}?',
    'single',
    'r.md',
  );
  expect(rubric).toMatchObject({
    system: 'You count.',
    scale: { worst: 10, best: 0, pass: 3 },
    reading: { parse: 'only', choices: null },
    temperature: 0.7,
    maxOutputTokens: 50,
  });
});

test('choices give the ends of the scale', () => {
  const { scale } = rubricOf('---\nchoices: {A: 1, B: 0.5, C: -1}\n---\n{{output}}', 'single', 'r.md');
  expect(scale).toEqual({ worst: -1, best: 1, pass: 0, beyond: 'fault' });
});

test.each([
  ['---\nscale: ten\n---\nx', 'single'],
  ['---\nscale: 5-5\n---\nx', 'single'],
  ['---\npass: 11\nscale: 1-10\n---\nx', 'single'],
  ['---\nverdict: /(/\n---\nx', 'single'],
  ['---\nverdict: guess\n---\nx', 'single'],
  ['---\nunknown: 1\n---\nx', 'single'],
  ['---\ntemperature: null\n---\nx', 'single'],
  ['---\ntemperature: hot\n---\nx', 'single'],
  ['---\n: [\n---\nx', 'single'],
  ['---\nscale: 0-1\n---\n', 'single'],
  ['Only {{input}}', 'single'],
  ['{{input}} {{output}}', 'reference'],
  ['{{output}}', 'pairwise'],
] as const)('%j is refused (%s)', (text, form) => {
  expect(codeOf(() => rubricOf(text, form, 'r.md'))).toBe('unreadable-grader');
});

test('what a template is filled with is never expanded, and text without placeholders stays as it is', () => {
  const anything = fc.string({ unit: 'grapheme' });
  fc.assert(
    fc.property(anything, anything, (input, output) => {
      const filled = fill(templateOf('<{{input}}|{{output}}>'), {
        slots: { input, output, reference: null, opponent: null },
        fields: new Map(),
      });
      expect(filled).toEqual({ kind: 'filled', text: `<${input}|${output}>` });
    }),
  );
  fc.assert(
    fc.property(
      anything.filter((text) => !text.includes('{{')),
      (text) => {
        const filled = fill(templateOf(text), {
          slots: { input: null, output: null, reference: null, opponent: null },
          fields: new Map(),
        });
        expect(filled).toEqual({ kind: 'filled', text });
      },
    ),
  );
});
