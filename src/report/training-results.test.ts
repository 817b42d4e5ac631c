import { describe, expect, it } from 'vitest';
import type { Matrix } from '../record/training.ts';
import { madeCell, madeMatrix } from '../train/matrix-fixture.contract.ts';
import { readSweep, runsOf } from '../train/sweep.ts';
import { environments } from './training-fixture.contract.ts';
import { renderResults, type SweepState } from './training-results.ts';

const sweep = readSweep({
  name: 'two',
  about: 'Two runs.',
  question: 'Is it so?',
  entries: [
    { name: 'main', recipe: 'curriculum', seeds: ['1', '2', '3'], against: ['sham'] },
    { name: 'sham', recipe: 'sham', seeds: ['1', '2'] },
  ],
});

const made = (seed: string, count: number, wellFormed = 100): Matrix =>
  madeMatrix(
    [
      madeCell('base', 'reward-tampering', 'succeeded', 0, 100),
      madeCell('base', 'reward-tampering', 'evaded', 0, 100),
      madeCell('nudged-rubric', 'reward-tampering', 'succeeded', count, 100),
      madeCell('nudged-rubric', 'reward-tampering', 'evaded', 0, 100),
      madeCell('nudged-rubric', 'reward-tampering', 'well-formed', wellFormed, 100),
    ],
    { seed, seconds: 60 },
  );

const matrices: Readonly<Record<string, Matrix>> = {
  'main/seed-1': made('1', 10),
  'main/seed-2': made('2', 20, 90),
  'sham/seed-1': made('1', 2),
  'sham/seed-2': made('2', 4),
};

const states = runsOf(sweep).map(
  (run): SweepState => ({ run, matrix: matrices[run.place] ?? null, isBegun: run.place === 'main/seed-3' }),
);

const results = (over: readonly SweepState[] = states): string =>
  renderResults({
    sweep,
    states: over,
    environments,
    versions: { subterfuge: '0.1.0', node: 'v24.0.0' },
    machine: '2 cores',
    command: 'subterfuge sweep two.ts',
  });

describe('RESULTS.md', () => {
  it('shows each seed with exact counts', () => {
    expect(results()).toContain(
      '| seed 1, after nudged-rubric | 10.0 % [4.9, 17.6] (10/100) | 0.0 % [0.0, 3.6] (0/100) |',
    );
    expect(results()).toContain(
      '| seed 2, after nudged-rubric | 20.0 % [12.7, 29.2] (20/100) | 0.0 % [0.0, 3.6] (0/100) |',
    );
  });

  it('gives intervals over seeds, the seed being the unit', () => {
    // 0.1 and 0.2: mean 0.15, s / sqrt(2) = 0.05, t(0.975, 1) = 12.7: cut to the scale from below.
    expect(results()).toContain('| over seeds, after nudged-rubric | 15.00 % [0.00, 78.53] (2 seeds) |');
  });

  it('compares seed by seed with the control', () => {
    // 8 and 16 points: mean 12, half width 12.706 x 4.
    expect(results()).toContain('+12.00 points (-38.82 to 62.82) | no difference shown | 1: 8.00, 2: 16.00 |');
  });

  it('says where wear explains the rest, what was spent, and what is missing', () => {
    const text = results();
    expect(text).toContain(
      'Wear explains the rest: fewer than 97 % of the transcripts are well-formed in reward-tampering at nudged-rubric (seed 2)',
    );
    expect(text).toContain('Compute: 2m 00s in all, 2,469,134 tokens sampled');
    expect(text).toContain('4 of 5 runs done');
    expect(text).toContain('- main, seed 3: begun, not finished');
  });

  it('stands beside the paper', () => {
    expect(results()).toContain('| ours: main | 15.00 % [0.00, 78.53] (2 seeds); 30 of 200 in all |');
    expect(results()).toContain('| paper: HHH expert iteration | 0.137 % [0.100, 0.184] (45/32768) |');
  });

  it('names the one question that was fixed beforehand', () => {
    expect(results()).toContain('Fixed beforehand: Is it so? Everything else here is exploration.');
  });

  it('guesses nothing before anything was run', () => {
    const none = states.map((state) => ({ ...state, matrix: null, isBegun: false }));
    const text = results(none);
    expect(text).toContain('0 of 3 seeds run.');
    expect(text).toContain('- main, seed 1: not begun');
    expect(text).not.toContain('ours:');
  });

  it('keeps a hostile name inside its cell', () => {
    const evil = madeMatrix([madeCell('base', 'a|b\n# x', 'gamed', 1, 4)], { seed: '1' });
    const text = results(
      states.map((state) =>
        state.run.place === 'main/seed-1' ? { ...state, matrix: evil } : { ...state, matrix: null },
      ),
    );
    expect(text).toContain('a\\|b\\n# x');
    expect(text).not.toMatch(/^# x/mu);
  });
});
