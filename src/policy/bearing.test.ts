import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterRound, afterSuccess, type Bearing, openingBearing, type Round } from './bearing.ts';

const OPTIONS = { max: 1_000, leaves: 0.7 };
const round = (refused: number, calls = 100, most = calls): Round => ({ calls, refused, most, saturated: true });
const following = (before: Bearing, ...rounds: readonly Round[]): Bearing =>
  rounds.reduce((bearing, one) => afterRound(bearing, one, OPTIONS, true), before);
/** Has been cut before, so that it no longer grows by successes. */
const cutAt = (slots: number): Bearing => ({ ...openingBearing(slots), finding: false });

describe('a cut', () => {
  test('takes what was refused, and never more than the most', () => {
    expect(following(cutAt(100), round(20)).limit).toBe(80);
    expect(following(cutAt(100), round(95)).limit).toBe(70);
  });

  test('does not follow from what chance may refuse', () => {
    expect(following(cutAt(100), round(4)).limit).toBeGreaterThanOrEqual(100);
    expect(following(cutAt(10), round(1, 10)).limit).toBeGreaterThanOrEqual(10);
    // In a thousand calls the same share is no chance.
    expect(following(cutAt(1_000), round(100, 1_000)).limit).toBe(900);
  });

  test('counts from what was used: slots that stood empty were not too many', () => {
    expect(following(cutAt(100), { ...round(20), most: 40 }).limit).toBe(32);
  });

  test('comes only when it may, and nothing grows meanwhile', () => {
    expect(afterRound(cutAt(100), round(50), OPTIONS, false).limit).toBe(100);
  });

  test('is not followed by another before anything was answered', () => {
    const outage = following(cutAt(100), round(100), round(70, 70), round(70, 70));
    expect(outage.limit).toBe(70);
    expect(following(outage, round(60, 70)).limit).toBeLessThan(70);
  });

  test('leaves one', () => {
    expect(following(cutAt(1), round(10, 10, 1)).limit).toBe(1);
  });
});

describe('growth', () => {
  test('goes half of the way back a round, then beyond in steps that double', () => {
    let bearing = following(cutAt(100), round(90));
    const limits: number[] = [];
    for (let i = 0; i < 9; i++) {
      bearing = following(bearing, round(0, bearing.limit));
      limits.push(bearing.limit);
    }
    expect(limits).toEqual([85, 92, 96, 98, 99, 100, 101, 103, 107]);
  });

  test('needs all slots in use', () => {
    expect(following(cutAt(100), { ...round(0), saturated: false }).limit).toBe(100);
  });

  test('is one slot a success until the first cut, and none after', () => {
    const found = afterSuccess(openingBearing(8), true, 1_000);
    expect(found.limit).toBe(9);
    expect(afterSuccess(found, false, 1_000).limit).toBe(9);
    expect(afterSuccess(found, true, 9).limit).toBe(9);
    expect(afterSuccess(cutAt(8), true, 1_000).limit).toBe(8);
  });
});

describe('what is borne', () => {
  test('is what a cut does not change: from then on it costs nothing', () => {
    const learned = following(cutAt(200), round(20, 200), round(18, 180));
    expect(learned.borne).toBeCloseTo(0.1);
    expect(learned.limit).toBe(190);
    expect(following(learned, round(19, 190), round(20, 195)).limit).toBeGreaterThan(195);
  });

  test('is not what a cut of that size would leave behind where the number of calls is to blame', () => {
    // Twice as many as can run: half is refused. After a cut to 0.7 it is 1 - 0.5 / 0.7 = 0.29, which goes with a further cut.
    const once = following(cutAt(200), round(100, 200));
    const twice = following(once, round(40, 140));
    expect([once.limit, twice.limit, twice.borne]).toEqual([140, 100, 0]);
  });

  test('is forgotten when it stops', () => {
    let bearing = following(cutAt(200), round(20, 200), round(18, 180));
    for (let i = 0; i < 6; i++) bearing = following(bearing, round(0, bearing.limit));
    expect(bearing.borne).toBeLessThan(0.01);
  });

  test('is never most of the calls', () => {
    const overrun = following(cutAt(200), round(120, 200), round(84, 140), round(59, 98), round(41, 68));
    expect(overrun.limit).toBeLessThan(70);
  });
});

test('slots stay between one and the most, and every share is one, whatever comes', () => {
  const anyRound = fc
    .record({
      calls: fc.integer({ min: 1, max: 2_000 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      most: fc.integer({ min: 1, max: 50 }),
      saturated: fc.boolean(),
      mayCut: fc.boolean(),
    })
    .map(({ share, mayCut, ...rest }) => ({ mayCut, round: { ...rest, refused: Math.round(share * rest.calls) } }));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.array(anyRound, { maxLength: 40 }), (start, rounds) => {
      let bearing = openingBearing(start);
      for (const { round: came, mayCut } of rounds) {
        const before = bearing;
        bearing = afterSuccess(afterRound(bearing, came, { max: 50, leaves: 0.7 }, mayCut), came.saturated, 50);
        expect(Number.isInteger(bearing.limit)).toBe(true);
        expect(bearing.limit).toBeGreaterThanOrEqual(1);
        expect(bearing.limit).toBeLessThanOrEqual(50);
        expect(bearing.borne).toBeGreaterThanOrEqual(0);
        expect(bearing.borne).toBeLessThanOrEqual(1);
        if (!mayCut) expect(bearing.limit).toBeGreaterThanOrEqual(before.limit);
        if (came.refused === 0) expect(bearing.limit).toBeGreaterThanOrEqual(before.limit);
      }
    }),
    { numRuns: 300 },
  );
});
