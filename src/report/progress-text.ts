import { displayWidth, padEnd, padStart, truncate } from '../base/terminal.ts';
import { line } from './clip.ts';
import { plural, thousands } from './format.ts';

/** Where a run stands. Counts only; time is added by whoever shows it. */
export interface ProgressCounts {
  readonly environments: readonly EnvironmentProgress[];
  /** Of the done, how many were there when this process began (a resumed run): they do not count towards the speed. */
  readonly resumed: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Null where no price is known. */
  readonly usd: number | null;
  /** Null: no cap. */
  readonly maxUsd: number | null;
  /** Rollouts being driven at this moment. */
  readonly concurrency: number;
}

export interface EnvironmentProgress {
  readonly name: string;
  readonly done: number;
  readonly total: number;
  /** Of the done, how many ended in a fault. */
  readonly faults: number;
}

export interface ProgressState extends ProgressCounts {
  readonly elapsedMs: number;
}

/** 950, 12.3k, 4.56M. */
const short = (count: number): string => {
  if (count < 1000) return `${Math.round(count)}`;
  const [size, unit] = count < 999_500 ? [count / 1000, 'k'] : [count / 1_000_000, 'M'];
  return `${size >= 99.95 ? size.toFixed(0) : size >= 9.995 ? size.toFixed(1) : size.toFixed(2)}${unit}`;
};

/** 41s, 3m 05s, 2h 04m. */
export const duration = (ms: number): string => {
  const seconds = Math.round(ms / 1000);
  const two = (n: number): string => String(n).padStart(2, '0');
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m ${two(seconds % 60)}s`;
  return `${Math.floor(seconds / 3600)}h ${two(Math.floor((seconds % 3600) / 60))}m`;
};

interface Totals {
  readonly done: number;
  readonly total: number;
  readonly faults: number;
  /** Rollouts a second since this process began; null before the first. */
  readonly perSecond: number | null;
  /** Null while it cannot be told. */
  readonly leftMs: number | null;
}

const totalsOf = (state: ProgressState): Totals => {
  const sum = (pick: (e: EnvironmentProgress) => number): number => state.environments.reduce((n, e) => n + pick(e), 0);
  const done = sum((e) => e.done);
  const total = sum((e) => e.total);
  const fresh = done - state.resumed;
  const perSecond = fresh > 0 && state.elapsedMs > 0 ? (fresh / state.elapsedMs) * 1000 : null;
  return {
    done,
    total,
    faults: sum((e) => e.faults),
    perSecond,
    leftMs: done >= total ? 0 : perSecond === null ? null : ((total - done) / perSecond) * 1000,
  };
};

const rateText = (perSecond: number | null): string => {
  if (perSecond === null) return '-/s';
  return perSecond >= 1
    ? `${perSecond >= 10 ? Math.round(perSecond) : perSecond.toFixed(1)}/s`
    : `${(perSecond * 60).toFixed(1)}/min`;
};

const costText = ({ usd, maxUsd }: ProgressCounts): string => {
  const cap = maxUsd === null ? '' : ` of $${maxUsd.toFixed(2)}`;
  return usd === null ? `cost unknown${cap === '' ? '' : `, cap${cap.slice(3)}`}` : `$${usd.toFixed(2)}${cap}`;
};

const faultText = (faults: number): string => (faults === 0 ? '' : plural(faults, 'fault'));

const joined = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(' · ');

const pace = (state: ProgressState): string => {
  const { done, total, faults, perSecond, leftMs } = totalsOf(state);
  const isDone = done >= total;
  return joined([
    `${thousands(done)}/${thousands(total)} rollouts`,
    faultText(faults),
    rateText(perSecond),
    isDone ? `done in ${duration(state.elapsedMs)}` : leftMs === null ? '' : `${duration(leftMs)} left`,
    isDone ? '' : `${state.concurrency} at once`,
  ]);
};

const spent = (state: ProgressState): string =>
  joined([`${short(state.inputTokens)} tokens in, ${short(state.outputTokens)} out`, costText(state)]);

/** One plain line, for logs: `120/984 rollouts · 4.2/s · 3m 25s left · 8 at once · 1.20k tokens in, 3.40k out · $0.12`. */
export const progressLine = (state: ProgressState): string => joined([pace(state), spent(state)]);

const bar = (done: number, total: number, columns: number): string => {
  const full = total === 0 ? columns : Math.floor((done / total) * columns);
  return '━'.repeat(full) + '╌'.repeat(columns - full);
};

const NAME_COLUMNS = 24;
const BAR_COLUMNS = 20;

/** A line an environment, then the totals; no line wider than `width`, so that a live display never wraps. */
export const renderProgress = (state: ProgressState, width: number): string => {
  const names = state.environments.map((e) => truncate(line(e.name), NAME_COLUMNS));
  const nameColumns = Math.max(0, ...names.map(displayWidth));
  const counts = state.environments.map((e) => `${thousands(e.done)}/${thousands(e.total)}`);
  const countColumns = Math.max(0, ...counts.map((count) => count.length));
  const room = width - nameColumns - countColumns - 4;
  const barColumns = room < 6 ? 0 : Math.min(BAR_COLUMNS, room);
  const rows = state.environments.map((e, index) => {
    const name = padEnd(names[index] ?? '', nameColumns);
    const drawn = barColumns === 0 ? '' : `${bar(e.done, e.total, barColumns)}  `;
    const faults = faultText(e.faults);
    return `${name}  ${drawn}${padStart(counts[index] ?? '', countColumns)}${faults === '' ? '' : `  ${faults}`}`;
  });
  return [...rows, pace(state), spent(state)].map((row) => truncate(row.trimEnd(), width)).join('\n');
};
