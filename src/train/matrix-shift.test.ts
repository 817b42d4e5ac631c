import { describe, expect, test } from 'vitest';
import { wornCells } from './matrix.ts';
import { madeCell, madeMatrix, madeRun } from './matrix-fixture.contract.ts';
import { shiftsFrom } from './matrix-shift.ts';

const run = (count: number, seed = '1', end = 'insubordinate-rubric') =>
  madeMatrix(
    [
      madeCell('base', 'reward-tampering', 'succeeded', 0, 100),
      madeCell(end, 'reward-tampering', 'succeeded', count, 100),
    ],
    { seed },
  );

const alone = (count: number) => ({ matrix: run(count), outcomes: null });

describe('against a control', () => {
  test('task by task where both runs played the same', () => {
    const [, end] = shiftsFrom(madeRun(run(30)), madeRun(run(10)));
    expect(end?.isPaired).toBe(true);
    expect(end?.difference.mean).toBeCloseTo(0.2, 12);
    // The yeses are the first tasks of both: 20 pairs differ, all in one direction. McNemar: 2 / 2^20.
    expect(end?.p).toBeCloseTo(2 ** -19, 12);
    expect(end?.difference.method).toBe('bonett-price');
  });

  test('as two independent rates, without a test, where the other episodes are not there', () => {
    const [, end] = shiftsFrom(madeRun(run(30)), alone(10));
    expect([end?.isPaired, end?.p]).toEqual([false, null]);
    // Newcombe 1998, method 10, by hand from the Wilson limits of 30/100 and 10/100.
    expect(end?.difference.interval?.[0]).toBeCloseTo(0.3 - 0.1 - Math.hypot(0.3 - 0.218_949, 0.174_366 - 0.1), 4);
    expect(end?.difference.interval?.[1]).toBeCloseTo(0.3 - 0.1 + Math.hypot(0.395_852 - 0.3, 0.1 - 0.055_229), 4);
  });

  test('the last checkpoints stand beside each other whatever their names', () => {
    const shifts = shiftsFrom(madeRun(run(30)), madeRun(run(10, '1', 'parallel')));
    expect(shifts.map(({ checkpoint, control }) => [checkpoint, control.checkpoint])).toEqual([
      ['base', 'base'],
      ['insubordinate-rubric', 'parallel'],
    ]);
    expect(shifts.every(({ isPaired }) => isPaired)).toBe(true);
  });

  test('a cell that only one run has makes no shift', () => {
    expect(
      shiftsFrom(alone(30), { matrix: madeMatrix([madeCell('base', 'ordinary', 'intent', 9, 10)]), outcomes: null }),
    ).toEqual([]);
  });
});

test('cells below 97 % of well-formed transcripts are worn, unscored ones are not', () => {
  const matrix = madeMatrix([
    madeCell('base', 'a', 'well-formed', 97, 100),
    madeCell('end', 'a', 'well-formed', 96, 100),
    madeCell('end', 'b', 'well-formed', 0, 0),
    madeCell('end', 'b', 'gamed', 1, 100),
  ]);
  expect(wornCells(matrix).map(({ checkpoint, environment }) => [checkpoint, environment])).toEqual([['end', 'a']]);
});
