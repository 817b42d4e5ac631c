import { expect, test } from 'vitest';
import { lineOf } from './audit-location.ts';

const TYPESCRIPT = `import x from 'y';

export const other = 1;
export const score = (answer: string) => 1;
export async function slow() {}
export default function main() {}
const scores = 2;`;

test.each([
  ['score', 4],
  ['slow', 5],
  ['scores', 7],
  ['other.method', 3],
  [null, 6],
  ['missing', 1],
  ['', 1],
  ['$', 1],
  ['(', 1],
])('%s', (name, line) => {
  expect(lineOf(TYPESCRIPT, name)).toBe(line);
});

test('python', () => {
  expect(lineOf('import re\n\ndef reward(completions, **kwargs):\n    return []\n', 'reward')).toBe(3);
});
