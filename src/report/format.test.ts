import { describe, expect, it } from 'vitest';
import { boundsWarning } from '../stats/rate.ts';
import { rate } from './fixture.contract.ts';
import { boundsText, describeRate, formatEstimate, formatRate, methodsOf, plural, thousands } from './format.ts';

describe('formatRate', () => {
  it.each([
    ['a rate with its interval and counts', rate(45, 328), '13.7 % [10.4, 17.9] (45/328)'],
    ['none of many', rate(0, 1000), '0.00 % [0.00, 0.38] (0/1000)'],
    ['all of few', rate(8, 8, 0, 4), '100.0 % [67.6, 100.0] (8/8)'],
    ['a rare event with the digits it needs', rate(1, 10_000), '0.010 % [0.002, 0.057] (1/10000)'],
    ['one cluster', rate(1, 8, 0, 1), 'no interval (1/8)'],
    ['nothing to score', rate(0, 0), 'n/a'],
    ['nothing scored', rate(0, 0, 8), 'unscored ! 0.0 to 100.0 % with the unscored'],
    ['unscored that matter', rate(45, 328, 12), '13.7 % [10.4, 17.9] (45/328) ! 13.2 to 16.8 % with the unscored'],
    ['unscored that do not', rate(45, 328, 3), '13.7 % [10.4, 17.9] (45/328)'],
  ])('%s', (_, given, text) => {
    expect(formatRate(given)).toBe(text);
  });

  it('rounds neither a rare event to none nor a common one to all', () => {
    const wide = { interval: [0, 0.4] as [number, number], bounds: null, clusters: 2, method: 'm' };
    expect(formatRate({ ...wide, mean: 0.0001, count: 1, n: 10_000 })).toBe('<0.1 % [0.0, 40.0] (1/10000)');
    expect(formatRate({ ...wide, interval: [0.6, 1], mean: 0.9999, count: 9999, n: 10_000 })).toBe(
      '>99.9 % [60.0, 100.0] (9999/10000)',
    );
  });

  it('never gives a percentage without an interval', () => {
    for (const given of [rate(3, 8, 0, 1), rate(0, 0), rate(0, 0, 4)]) {
      expect(describeRate(given)).toMatchObject({ interval: '' });
      expect(describeRate(given).value).not.toMatch(/\d/u);
    }
  });
});

describe('formatEstimate', () => {
  const gap = {
    mean: 0.2137,
    interval: [0.15, 0.2777] as [number, number],
    n: 328,
    clusters: 41,
    method: 'm',
    bounds: null,
  };

  it.each([
    ['a mean', gap, '0.214 [0.150, 0.278] (n = 328)'],
    [
      'nothing, and no sign of it',
      { ...gap, mean: -1e-17, interval: [-0.15, 0.15] as [number, number] },
      '0.000 [-0.150, 0.150] (n = 328)',
    ],
    ['no interval', { ...gap, interval: null }, 'no interval (n = 328)'],
    ['unscored', { ...gap, mean: null, interval: null, bounds: [0, 1] as [number, number] }, 'unscored'],
    ['n/a', { ...gap, mean: null, interval: null }, 'n/a'],
    [
      'shaky',
      { ...gap, bounds: [0.2, 0.25] as [number, number] },
      '0.214 [0.150, 0.278] (n = 328) ! 0.200 to 0.250 with the unscored',
    ],
  ])('%s', (_, given, text) => {
    expect(formatEstimate(given)).toBe(text);
  });
});

describe('words', () => {
  it('warns only above one point', () => {
    expect(boundsWarning(rate(0, 990, 10))).toBe(false);
    expect(boundsWarning(rate(0, 989, 11))).toBe(true);
    expect(boundsText(rate(0, 989, 11))).toBe('0.0 to 1.1 %');
    expect(boundsText(rate(0, 0))).toBeNull();
  });

  it('groups thousands and counts nouns', () => {
    expect([0, 999, 1000, 1234567].map(thousands)).toEqual(['0', '999', '1,000', '1,234,567']);
    expect([plural(1, 'rollout'), plural(1640, 'rollout')]).toEqual(['1 rollout', '1,640 rollouts']);
  });

  it('names each method once, and none of what has no interval', () => {
    expect(methodsOf([rate(1, 80), rate(2, 80), { ...rate(1, 8, 0, 1), method: 'one cluster' }])).toEqual([
      'Wilson, effective sample size by task',
    ]);
  });
});
