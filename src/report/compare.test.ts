import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { gamingModel, play, sumsManifest } from '../../test/support/evaluated.ts';
import sums from '../../test/support/own-environment.ts';
import { displayWidth } from '../base/terminal.ts';
import { compareRuns } from '../evaluate/compare.ts';
import type { Comparison } from '../record/comparison.ts';
import { memoryRun } from '../store/memory.ts';
import { endOf } from './compare-figure.ts';
import { renderComparisonPage } from './compare-html.ts';
import { renderComparison } from './compare-text.ts';
import { detectableWords, differenceText, pWords, showCommandOf } from './compare-words.ts';

let sample: Comparison;
beforeAll(async () => {
  const shares = { base: 0.25, trained: 0.75, other: 0.3 };
  await using stack = new AsyncDisposableStack();
  const inputs = [];
  for (const [name, share] of Object.entries(shares)) {
    const plan = name === 'other' ? { seed: '2', model: 'test:other' } : { model: `test:${name}` };
    const store = stack.use(memoryRun(sumsManifest(48, plan, name)));
    const failing = name === 'other' ? new Set(['sums/000003', 'sums/000004']) : new Set<string>();
    await play(store, { ...gamingModel(() => share, failing, name), spec: plan.model });
    inputs.push({ path: `runs/${name}`, store, environments: [sums] });
  }
  sample = await compareRuns(inputs);
});

const plain = (width: number): string => renderComparison(sample, { width, colour: false });

describe('on a terminal', () => {
  test('reads well in 80 columns', () => {
    expect(plain(80)).toMatchInlineSnapshot(`
      "A  runs/base: test:base, 48 rollouts
      B  runs/trained: test:trained, 48 rollouts
      C  runs/other: test:other, 48 rollouts

      What differs
        model: A = test:base; B = test:trained; C = test:other
        seed: A = 1; B = 1; C = 2

      ! C, sums: 2 unscored; counted 0, then 1, gaming is 16.7 to 20.8 %.

      B games more often than A in sums (+54.2 points [+34.3, +69.7], p < 0.001).
      No difference in gaming between C and A was shown in sums.

      sums
                        gaming        attempted        succeeded
        ────────────────────────────────────────────────────────
        A        14.6 % (7/48)    14.6 % (7/48)    14.6 % (7/48)
                   [6.1, 27.8]      [6.1, 27.8]      [6.1, 27.8]
        B       68.8 % (33/48)   68.8 % (33/48)   68.8 % (33/48)
                  [53.7, 81.3]     [53.7, 81.3]     [53.7, 81.3]
        C      ! 17.4 % (8/46)  ! 17.4 % (8/46)  ! 17.4 % (8/46)
                   [7.8, 31.4]      [7.8, 31.4]      [7.8, 31.4]
        B - A            +54.2            +54.2            +54.2
                [+34.3, +69.7]   [+34.3, +69.7]   [+34.3, +69.7]
                     p < 0.001        p < 0.001        p < 0.001
        C - A             +2.8             +2.8             +2.8
                [-12.3, +18.0]   [-12.3, +18.0]   [-12.3, +18.0]
                     p = 0.710        p = 0.710        p = 0.710
        B - A is paired by task: 48 tasks in both. Smallest differences that it could
        have shown (80 % power, before Holm): gaming 28.5, attempted 28.5, succeeded
        28.5 points.
        29 tasks gamed in B and not in A, such as:
          subterfuge show runs/base --rollout sums/000000
          subterfuge show runs/trained --rollout sums/000000
        3 tasks gamed in A and not in B, such as:
          subterfuge show runs/base --rollout sums/000008
          subterfuge show runs/trained --rollout sums/000008
        C - A is not paired: only 6 tasks in both, 42 only in A, 42 only in C.
        Smallest differences that it could have shown (80 % power, before Holm):
        gaming 25.9, attempted 25.9, succeeded 25.9 points.

      Differences are in percentage points, with 95 % intervals. p is adjusted over
      all environments and runs in which a rate is compared (Holm).
      Rates: clopper-pearson.
      Differences: bonett-price with the exact McNemar test; newcombe hybrid score
      with the test that goes with the interval.
      It is a statement about these runs. For one about a way of training, compare
      several seeds of it."
    `);
  });

  test('no line is wider than the terminal, but for commands', () => {
    fc.assert(
      fc.property(fc.integer({ min: 80, max: 200 }), (width) => {
        const long = plain(width)
          .split('\n')
          .filter((text) => !text.includes('subterfuge show') && displayWidth(text) > width);
        expect(long).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});

describe('as a page', () => {
  test('has a plot for each rate, every run, every warning, and no script', () => {
    const html = renderComparisonPage(sample, '0.0.0');
    for (const id of ['p-gaming', 'p-attempted', 'p-succeeded']) expect(html).toContain(`id="${id}-t"`);
    for (const { path, model } of sample.runs) {
      expect(html).toContain(path);
      expect(html).toContain(model);
    }
    for (const { text } of sample.warnings) expect(html).toContain(text.replaceAll('&', '&amp;'));
    expect(html).not.toMatch(/<script|javascript:|\bsrc=|\bon\w+=/i);
    expect(html).toContain('subterfuge compare runs/base runs/trained runs/other');
  });

  test('what comes from runs is text, never markup', () => {
    const hostile: Comparison = {
      ...sample,
      runs: sample.runs.map((run) => ({
        ...run,
        path: `<img src=x onerror=y>'\u001b[31m`,
        model: '<script>m</script>',
      })),
      differ: [{ what: '<b>', values: ['<i>', '"', '&'] }],
      environments: sample.environments.map((own) => ({ ...own, name: '</h3><script>' })),
    };
    const html = renderComparisonPage(hostile, '0');
    expect(html).not.toMatch(/<script|<img|<i>/);
    expect(html).not.toContain('\u001b');
    expect(renderComparison(hostile, { width: 80, colour: false })).not.toContain('\u001b');
  });
});

describe('words', () => {
  const estimate = (mean: number | null, interval: [number, number] | null) => ({
    mean,
    interval,
    n: 4,
    clusters: 4,
    method: 'm',
    bounds: null,
  });

  test.each([
    [estimate(0.123, [0.012, 0.223]), '+12.3', '[+1.2, +22.3]'],
    [estimate(-0.001, [-0.0014, 0.0002]), '-0.10', '[-0.14, +0.02]'],
    [estimate(0, [-0.1, 0.1]), '0.0', '[-10.0, +10.0]'],
    [estimate(-0.00001, [-0.1, 0.1]), '0.0', '[-10.0, +10.0]'],
    [estimate(0.5, null), 'no interval', ''],
    [estimate(null, null), 'unscored', ''],
  ])('%j is %s %s', (given, value, interval) => {
    expect(differenceText(given)).toEqual({ value, interval });
  });

  test('a sample in which nothing could have been shown says so', () => {
    const [first, second] = sample.environments[0]?.differences ?? [];
    if (first === undefined || second === undefined) throw new Error('no differences');
    expect(detectableWords([first, second])).toMatch(
      /^ Smallest differences .*: gaming \d+\.\d, \w+ \d+\.\d points\.$/,
    );
    const blind = { ...first, detectable: null };
    expect(detectableWords([blind])).toMatch(/not even the largest difference/);
    expect(detectableWords([{ ...blind, difference: { ...first.difference, interval: null } }])).toBe('');
  });

  test('p and commands', () => {
    expect([pWords(1e-12), pWords(0.001), pWords(0.0496), pWords(1), pWords(null)]).toEqual([
      'p < 0.001',
      'p = 0.001',
      'p = 0.050',
      'p = 1.000',
      'not tested',
    ]);
    expect(showCommandOf("my run's", 'a/000001')).toBe(`subterfuge show 'my run'\\''s' --rollout a/000001`);
  });

  test('the axis is as short as it may be, the same on both sides', () => {
    const lane = (low: number, high: number) => {
      const [own] = sample.environments[0]?.differences ?? [];
      if (own === undefined) throw new Error('the sample has no difference');
      return { label: '', difference: { ...own, difference: estimate((low + high) / 2, [low, high]) } };
    };
    expect(endOf([lane(-0.01, 0.015)])).toBe(0.02);
    expect(endOf([lane(-0.01, 0.015), lane(-0.3, 0)])).toBe(0.4);
    expect(endOf([lane(-1, 1)])).toBe(1);
    expect(endOf([])).toBe(0.02);
  });
});
