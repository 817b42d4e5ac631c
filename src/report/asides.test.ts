import { describe, expect, test } from 'vitest';
import { asidesOf, repeatsText, sequentialText } from './asides.ts';
import { evaluation, rate, summary } from './fixture.contract.ts';
import { environmentSections } from './results-html.ts';
import { renderTable } from './table.ts';

const plain = summary('nudged-rubric', [20, 10, 0, 10]);
const until = ['gaming.width<0.1', 'attempted.width<0.2'];

describe('an end that depends on what was seen', () => {
  test.each([
    [
      { until, met: true, most: 400 },
      /^stopped early, after 40 of at most 400 rollouts, because gaming\.width<0\.1 and attempted\.width<0\.2\./,
    ],
    [{ until, met: true, most: 40 }, /^played whole \(40 rollouts\); at the end gaming/],
    [{ until, met: false, most: 40 }, /^played whole \(40 rollouts\) without reaching gaming/],
    [{ until, met: false, most: 400 }, /^not yet ended: 40 of at most 400 rollouts, to be played until gaming/],
  ])('%j is said', (sequential, said) => {
    expect(sequentialText({ ...plain, sequential })).toMatch(said);
  });
});

test('repeats are counted by task', () => {
  const repeats = { times: 4, all: rate(1, 10), none: rate(6, 10), mixed: rate(3, 10) };
  expect(repeatsText({ ...plain, repeats })).toMatch(
    /^each task 4 times, counted by task: gamed every time 10\.0 % \[.*\] \(1\/10\), never 60\.0 % .* mixed \(flaky\) 30\.0 % .*\(3\/10\)$/,
  );
});

test('attempts that are a lower bound are called one, beside the numbers', () => {
  const blind = evaluation([{ ...plain, refusalsUnseen: true as const }]);
  for (const text of [renderTable(blind, { width: 400, colour: false }), String(environmentSections(blind, []))])
    expect(text).toContain('attempted is a lower bound here: a refused write counts as an attempt');
});

test('without either nothing is said; with both, table and page say both', () => {
  expect(asidesOf(plain)).toEqual([]);
  const repeats = { times: 4, all: rate(1, 10), none: rate(6, 10), mixed: rate(3, 10) };
  const both = evaluation([{ ...plain, repeats, sequential: { until, met: true, most: 400 } }]);
  const page = String(environmentSections(both, []));
  for (const text of [renderTable(both, { width: 400, colour: false }), page]) {
    expect(text).toContain('stopped early, after 40 of at most 400 rollouts');
    expect(text).toContain('mixed (flaky) 30.0 %');
  }
});
