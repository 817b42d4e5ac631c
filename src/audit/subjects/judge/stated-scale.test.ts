import { expect, test } from 'vitest';
import { rubricOf } from './rubric.ts';
import { statedScale } from './stated-scale.ts';

test.each([
  ['You grade answers from 1 to 10. End with "Score: <1-10>".', [1, 10]],
  ['Rate the answer on a scale of 1-5.', [1, 5]],
  ['Please rate its helpfulness from 1 to 10, e.g. "Rating: [[5]]".', [1, 10]],
  ['Reply with a number between 0 and 1.', [0, 1]],
  ['Give a score between 0.0 and 1.0.', [0, 1]],
  ['Score: 0..100', [0, 100]],
  ['Give 0 – 3 points.', [0, 3]],
  ['score it 1 through 7', [1, 7]],
] as const)('%j states its scale', (prompt, scale) => {
  expect(statedScale(prompt)).toEqual(scale);
});

test.each([
  'Is the answer correct? Reply yes or no.',
  'Write 1-3 sentences, then a score.',
  'Give a score. Use 1 to 2 reasons.',
  'Rate style from 1 to 5 and truth from 1 to 10.',
  'Score the figures of 2021-2023, section 1.1-1.4.',
  'From Monday 1 to Friday 5 the shop is open.',
  'The score of the match was 1-10-3.',
])('%j states none', (prompt) => {
  expect(statedScale(prompt)).toBeNull();
});

test('a rubric has the scale that it states, unless its front matter says another', () => {
  const stated = 'Grade {{output}} from 1 to 10.';
  expect(rubricOf(stated, 'single', 'r.md').scale).toMatchObject({ worst: 1, best: 10, pass: 5.5 });
  expect(rubricOf(`---\nscale: 10-0\n---\n${stated}`, 'single', 'r.md').scale).toMatchObject({ worst: 10, best: 0 });
  expect(rubricOf(`---\nchoices: {A: 2, B: 0}\n---\n${stated}`, 'single', 'r.md').scale).toMatchObject({ best: 2 });
});

test('without placeholders the plain request asks for the scale that the rubric states', () => {
  const rubric = rubricOf('Score from 0 to 5. Be strict.', 'single', 'r.md');
  expect(rubric.scale).toMatchObject({ worst: 0, best: 5 });
  const text = rubric.template.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
  expect(text).toContain('from 0 (worst) to 5 (best)');
});
