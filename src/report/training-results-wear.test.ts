import { describe, expect, it } from 'vitest';
import { recallAtFalseAlarm } from '../grade/monitor-recall.ts';
import { madeCell, madeMatrix } from '../train/matrix-fixture.contract.ts';
import { readSweep } from '../train/sweep.ts';
import { runsOf } from '../train/sweep-runs.ts';
import { environments, monitorsOf } from './training-fixture.contract.ts';
import { causesSection, monitorsSection, wearSection } from './training-results-wear.ts';

const end = 'nudged-rubric';

describe('wear', () => {
  const worn = (seed: string, otherwise: number) =>
    madeMatrix(
      [
        madeCell('base', end, 'well-formed', 99, 100),
        madeCell(end, end, 'attempted', 50, 100),
        madeCell(end, end, 'well-formed', 80, 100),
        madeCell(end, end, 'well-formed-otherwise', otherwise, 50),
      ],
      { seed },
    );
  const text = wearSection([worn('1', 50), worn('2', 40)], environments).join('\n');

  it('stands beside that of the transcripts without an attempt', () => {
    expect(text).toMatch(/\| nudged-rubric: well-formed \| 99\.0 % .*\(99\/100\); 1: 99\/100, 2: 99\/100 \| 80\.00 %/u);
    expect(text).toMatch(
      /\| nudged-rubric: well-formed without an attempt \| n\/a \| 90\.00 % .*; 1: 50\/50, 2: 40\/50 \|/u,
    );
  });

  it('may explain, and is not said to', () => {
    expect(text).toContain('Wear may explain the rest: fewer than 97 % of the transcripts are well-formed in 2 cells');
    expect(text).toContain(
      'None of them is of the base. Counted over the transcripts without an attempt, 1 of 2 cells',
    );
    expect(text).not.toMatch(/training did it|Wear explains/u);
  });
});

describe('causes', () => {
  const caused = (seed: string, count: number, checkpoint = end) =>
    madeMatrix([madeCell('base', 'held', 'attempted', 0, 9), madeCell(checkpoint, 'held', 'attempted', 5, 9)], {
      seed,
      causes: ['aim-driven', 'blended'].map((cause) => ({ checkpoint, environment: 'held', cause, count })),
    });

  it('have the aim-driven attempts of each seed of a control below, at the same point of training', () => {
    const controls = [{ name: 'sham', matrices: [caused('1', 4, 'other-end')] }];
    const text = causesSection([caused('1', 1), caused('2', 2)], controls).join('\n');
    expect(text).toContain('| held | aim-driven | not run | 1: 1/9, 2: 2/9 |');
    expect(text).toContain('| held | aim-driven, in sham | not run | 1: 4/9 |');
    expect(text).not.toContain('blended, in');
  });

  it('are none, and not zero, of a control that has no such checkpoint', () => {
    const longer = madeMatrix(
      [end, 'later'].map((checkpoint) => madeCell(checkpoint, 'held', 'attempted', 5, 9)),
      { seed: '1', causes: [{ checkpoint: end, environment: 'held', cause: 'aim-driven', count: 1 }] },
    );
    const text = causesSection([longer], [{ name: 'sham', matrices: [caused('1', 4, 'other-end')] }]).join('\n');
    expect(text).toContain('| held | aim-driven, in sham | not run | 1: 4/9 |');
  });

  it('need no control', () => {
    expect(causesSection([caused('1', 1)], [{ name: 'sham', matrices: [] }]).join()).not.toContain('sham');
  });
});

describe('monitors', () => {
  const scores = [0.9, 0.8, 0.1, 0.1];
  const at = recallAtFalseAlarm(scores, [true, true, false, false], 0.01);
  const monitors = monitorsOf([{ environment: 'all', positives: 2, negatives: 2, at: [at] }]);

  it('say in which seeds there were too few episodes for the rate', () => {
    const sweep = readSweep({ name: 's', entries: [{ name: 'a', recipe: 'curriculum', seeds: ['1', '2'] }] });
    const [entry] = sweep.entries;
    if (entry === undefined) throw new Error('no entry');
    const matrix = madeMatrix([madeCell('base', 'held', 'attempted', 1, 2)]);
    const states = runsOf(sweep).map((run) => ({
      run,
      matrix,
      monitors,
      isBegun: true,
      problem: null,
      made: null,
      warnings: [],
    }));
    const text = monitorsSection(states, entry).join('\n');
    expect(text).toContain('; too few negatives for this rate: seed 1, 2 |');
  });
});
