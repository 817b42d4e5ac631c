import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { manualClock } from '../base/clock.ts';
import { displayWidth } from '../base/terminal.ts';
import { type ProgressMode, showProgress } from './progress.ts';
import { duration, type ProgressCounts, type ProgressState, progressLine, renderProgress } from './progress-text.ts';

const state: ProgressState = {
  environments: [
    { name: 'nudged-rubric', done: 120, total: 328, faults: 1 },
    { name: 'reward-tampering', done: 0, total: 1000, faults: 0 },
  ],
  resumed: 20,
  inputTokens: 123_456,
  outputTokens: 9876,
  usd: 0.1234,
  maxUsd: 5,
  concurrency: 8,
  elapsedMs: 25_000,
};

describe('renderProgress', () => {
  it('shows every environment and the totals', () => {
    expect(renderProgress(state, 80)).toBe(
      [
        'nudged-rubric     ━━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌╌  120/328  1 fault',
        'reward-tampering  ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌  0/1,000',
        '120/1,328 rollouts · 1 fault · 4.0/s · 5m 02s left · 8 at once',
        '123k tokens in, 9.88k out · $0.12 of $5.00',
      ].join('\n'),
    );
  });

  it.each([10, 20, 40, 80])('stays within %i columns', (width) => {
    expect(Math.max(...renderProgress(state, width).split('\n').map(displayWidth))).toBeLessThanOrEqual(width);
  });

  it.each([
    ['no speed before the first', { resumed: 120 }, '120/1,328 rollouts · 1 fault · -/s · 8 at once · '],
    [
      'slow ones by the minute',
      { elapsedMs: 400_000 },
      '120/1,328 rollouts · 1 fault · 15.0/min · 1h 20m left · 8 at once · ',
    ],
  ])('%s', (_, over, text) => {
    expect(progressLine({ ...state, ...over })).toBe(`${text}123k tokens in, 9.88k out · $0.12 of $5.00`);
  });

  it('says when it is done and that a price is not known', () => {
    const done = {
      ...state,
      environments: [{ name: 'a', done: 40, total: 40, faults: 0 }],
      resumed: 0,
      usd: null,
      maxUsd: null,
    };
    expect(progressLine(done)).toBe('40/40 rollouts · 1.6/s · done in 25s · 123k tokens in, 9.88k out · cost unknown');
    expect(progressLine({ ...done, maxUsd: 5 })).toContain('cost unknown, cap $5.00');
  });

  it('writes durations short', () => {
    expect([41_400, 185_000, 7_440_000].map(duration)).toEqual(['41s', '3m 05s', '2h 04m']);
  });

  it('makes hostile names safe', () => {
    expect(
      renderProgress({ ...state, environments: [{ name: '\u001b[2J', done: 0, total: 1, faults: 0 }] }, 80),
    ).toContain('\\x1b[2J');
  });
});

const counts = (done: number): ProgressCounts => ({
  ...state,
  resumed: 0,
  environments: [{ name: 'a', done, total: 40, faults: 0 }],
});

const display = (mode: ProgressMode, isTTY = false) => {
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY, columns: 80, rows: 24 });
  const clock = manualClock(1000);
  const written = (): string => {
    const text: unknown = stream.read();
    return typeof text === 'string' ? text : '';
  };
  return { clock, written, progress: showProgress({ stream, clock, mode }) };
};

describe('showProgress', () => {
  it('writes plain lines, at most one every five seconds, and the last one on stop', async () => {
    const { clock, written, progress } = display('lines');
    progress.update(counts(0));
    for (let done = 1; done <= 12; done++) {
      await clock.advance(500);
      progress.update(counts(done));
    }
    progress.stop();
    expect(
      written()
        .split('\n')
        .map((line) => line.split(' rollouts')[0]),
    ).toEqual(['0/40', '9/40', '12/40', '']);
  });

  it('writes nothing when silent, nor after it was stopped', async () => {
    const silent = display('silent');
    silent.progress.update(counts(1));
    silent.progress.stop();
    expect(silent.written()).toBe('');
    const lines = display('lines');
    lines.progress.update(counts(1));
    lines.progress.stop();
    lines.progress.stop();
    const before = lines.written();
    lines.progress.update(counts(2));
    await lines.clock.advance(60_000);
    expect(before).not.toBe('');
    expect(lines.written()).toBe('');
  });

  it('redraws a live display while nothing happens, and ends with the last state', async () => {
    const { clock, written, progress } = display('live', true);
    progress.update(counts(1));
    expect(written()).toContain('1/40 rollouts · -/s');
    await clock.advance(2000);
    expect(written()).toContain('0/min');
    progress.update(counts(40));
    progress.stop();
    const last = written();
    expect(last).toContain('done in 2s');
    await clock.advance(60_000);
    expect(written()).toBe('');
  });

  it('stops by itself at the end of a block', async () => {
    const { clock, written, progress } = display('lines');
    {
      using shown = progress;
      shown.update(counts(3));
    }
    written();
    await clock.advance(60_000);
    expect(written()).toBe('');
  });
});
