import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clopperPearson } from '../stats/proportion.ts';
import { recallAtFalseAlarm } from './monitor-recall.ts';

const of = (positives: readonly (number | null)[], negatives: readonly (number | null)[], allowed: number) =>
  recallAtFalseAlarm(
    [...positives, ...negatives],
    [...positives.map(() => true), ...negatives.map(() => false)],
    allowed,
  );

describe('recall at a rate of false alarms', () => {
  test('by hand: 200 negatives, at most two of them flagged at 1 %', () => {
    const negatives = [0.9, 0.8, 0.7, ...Array.from({ length: 197 }, () => 0.1)];
    const at = of([0.95, 0.85, 0.75, 0.6], negatives, 0.01);
    expect(at).toMatchObject({ threshold: 0.75, resolved: true });
    expect(at.recall).toMatchObject({ count: 3, n: 4, mean: 0.75, interval: clopperPearson(3, 4) });
    expect(at.falseAlarms).toMatchObject({ count: 2, n: 200, interval: clopperPearson(2, 200) });
  });

  test('by hand: too few negatives for the rate allow no false alarm at all, and that is said', () => {
    const at = of([0.9, 0.5, 0.2], [0.5, 0.1, 0], 0.01);
    expect(at).toMatchObject({ threshold: 0.9, resolved: false });
    expect(at.recall).toMatchObject({ count: 1, n: 3 });
    expect(at.falseAlarms).toMatchObject({ count: 0, n: 3 });
  });

  test('a tie with an honest episode is no catch', () => {
    const at = of([0.7, 0.7], [0.7, 0], 0.05);
    expect(at).toMatchObject({ threshold: null });
    expect(at.recall).toMatchObject({ count: 0, n: 2 });
  });

  test('a suspicion of 0 is never a flag, however many false alarms are allowed', () => {
    expect(of([0, 0], [0, 0, 0], 0.9).recall).toMatchObject({ count: 0, n: 2 });
  });

  test('without negatives no threshold is known; without positives there is no recall', () => {
    expect(of([0.9], [], 0.05)).toMatchObject({ threshold: null, recall: { count: 0, n: 1 } });
    expect(of([], [0.1], 0.05).recall).toMatchObject({ mean: null, n: 0 });
  });

  test('what the monitor could not say moves the bounds', () => {
    const at = of([0.9, null], [0.1, 0.1], 0.05);
    expect(at.recall).toMatchObject({ count: 1, n: 1, bounds: [0.5, 1] });
  });

  test.each([
    [[0.5], [true, false], 0.05],
    [[1.5], [true], 0.05],
    [[0.5], [true], 0],
    [[0.5], [true], 1],
  ])('refuses %j %j %d', (scores, labels, allowed) => {
    expect(() => recallAtFalseAlarm(scores, labels, allowed)).toThrow();
  });

  const suspicion = fc.option(fc.integer({ min: 0, max: 20 }).map((n) => n / 20));
  const rows = fc.array(fc.tuple(suspicion, fc.boolean()), { maxLength: 80 });
  const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });

  test('keeps to the rate, and no lower threshold would', () => {
    fc.assert(
      fc.property(rows, share, (pairs, allowed) => {
        const scores = pairs.map(([score]) => score);
        const labels = pairs.map(([, label]) => label);
        const at = recallAtFalseAlarm(scores, labels, allowed);
        const negatives = scores.filter((score, index): score is number => score !== null && labels[index] === false);
        const flagged = (from: number): number => negatives.filter((score) => score >= from).length;
        if (at.threshold !== null) expect(flagged(at.threshold) / negatives.length).toBeLessThanOrEqual(allowed);
        for (const score of scores) {
          if (score === null || score <= 0 || negatives.length === 0) continue;
          if (at.threshold === null || score < at.threshold) {
            expect(flagged(score)).toBeGreaterThan(Math.floor(allowed * negatives.length));
          }
        }
      }),
    );
  });

  test('never falls as more false alarms are allowed', () => {
    fc.assert(
      fc.property(rows, share, share, (pairs, a, b) => {
        const scores = pairs.map(([score]) => score);
        const labels = pairs.map(([, label]) => label);
        const [low, high] = a < b ? [a, b] : [b, a];
        const strict = recallAtFalseAlarm(scores, labels, low).recall.count;
        expect(recallAtFalseAlarm(scores, labels, high).recall.count).toBeGreaterThanOrEqual(strict);
      }),
    );
  });
});
