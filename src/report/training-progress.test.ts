import { describe, expect, it } from 'vitest';
import { displayWidth } from '../base/terminal.ts';
import type { Phase } from '../train/phases.ts';
import type { TrainProgress } from '../train/setup.ts';
import { renderTrainingProgress, shareDone, trainingLine } from './training-progress.ts';

const evaluate = (checkpoint: string): Phase => ({
  kind: 'evaluate',
  id: `evaluate/${checkpoint}`,
  checkpoint,
  rollouts: 1000,
});
const round: Phase = {
  kind: 'round',
  id: 'round/tool-use-flattery-0',
  stage: { name: 'tool-use-flattery', environments: ['tool-use-flattery'] },
  round: 0,
  checkpoint: 'tool-use-flattery',
  rollouts: 2048,
};
const phases = [evaluate('base'), round, evaluate('tool-use-flattery')];
const at = (index: number, step: TrainProgress['step'], done: number, total: number | null): TrainProgress => {
  const phase = phases[index];
  if (phase === undefined) throw new Error('no phase');
  return { phase, at: index, of: phases.length, step, done, total };
};

describe('progress of training', () => {
  it('says phase, count, share and time left', () => {
    const progress = at(1, 'sample', 512, 2048);
    const share = shareDone(phases, progress);
    // 1,000 x 1.3 + 512 of 2 x 1,000 x 1.3 + 2,048 x 1.8.
    expect(share).toBeCloseTo(1812 / 6286.4, 6);
    expect(trainingLine({ progress, share, from: 0, elapsedMs: 60_000 })).toBe(
      '[2/3] tool-use-flattery: sampling 512/2,048 · 28 % · 1m 00s · 2m 28s left',
    );
  });

  it('never goes back within a run', () => {
    const shares = [
      at(0, 'evaluate', 0, 1000),
      at(0, 'evaluate', 1000, 1000),
      at(0, 'measure', 0, 1),
      at(0, 'measure', 1, 1),
      at(1, 'sample', 0, 2048),
      at(1, 'judge', 3, 2048),
      at(1, 'update', 0, null),
      at(1, 'update', 9, 9),
      at(2, 'evaluate', 0, 1000),
      at(2, 'measure', 1, 1),
    ].map((progress) => shareDone(phases, progress));
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
    expect(shares.at(-1)).toBe(1);
  });

  it('of a resumed run counts its own speed alone', () => {
    const state = { progress: at(2, 'evaluate', 500, 1000), share: 0.9, from: 0.8, elapsedMs: 10_000 };
    expect(trainingLine(state)).toContain('10s left');
    expect(trainingLine({ ...state, from: 0.899 })).not.toContain('left');
  });

  it.each([10, 24, 80])('stays within %i columns', (width) => {
    const state = { progress: at(1, 'update', 3, null), share: 0.5, from: 0, elapsedMs: 1e7 };
    expect(Math.max(...renderTrainingProgress(state, width).split('\n').map(displayWidth))).toBeLessThanOrEqual(width);
  });
});
