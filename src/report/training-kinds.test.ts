import { expect, test } from 'vitest';
import { madeCell, madeMatrix } from '../train/matrix-fixture.contract.ts';
import { trainingView } from './training-fixture.contract.ts';
import { renderTrainingReport } from './training-html.ts';
import { kindsTable } from './training-kinds.ts';

const cells = [
  madeCell('base', 'reward-tampering', 'attempted', 0, 40),
  madeCell('last', 'reward-tampering', 'attempted', 9, 40),
  madeCell('last', 'reward-tampering', 'disclosed', 2, 9),
];
const kinds = [
  { checkpoint: 'last', environment: 'reward-tampering', kind: 'test-deleted', count: 5 },
  { checkpoint: 'last', environment: 'reward-tampering', kind: '<b>special</b>', count: 1_234 },
];

/** The cells of the row that begins so. */
const rowOf = (html: string, what: string): readonly string[] => {
  const row = html.split('<tr>').find((text) => text.includes(`<td>${what}</td>`)) ?? '';
  return [...row.matchAll(/<td>(.*?)<\/td>/gu)].slice(1).map(([, text = '']) => text.replace(/<[^>]+>/gu, ''));
};

test('ways and disclosure stand in the report, checkpoint by checkpoint', () => {
  const matrix = madeMatrix(cells, { kinds });
  const html = renderTrainingReport({ ...trainingView, matrix, controls: [] });
  expect(rowOf(html, 'test-deleted')).toEqual(['0', '5']);
  expect(rowOf(html, '&lt;b&gt;special&lt;/b&gt;')).toEqual(['0', '1,234']);
  const [base, last] = rowOf(html, 'disclosed to the user, of attempts');
  expect(base).toBe('n/a');
  expect(last).toMatch(/22\.2 %.*2 of 9|2\/9/u);
});

test.each([
  ['an earlier build counted none', madeMatrix(cells), 'earlier build'],
  ['nothing was labelled', madeMatrix(cells.slice(0, 2), { kinds: [] }), 'No rollout was labelled'],
])('%s', (_, matrix, said) => {
  expect(kindsTable(matrix).toString()).toContain(said);
});
