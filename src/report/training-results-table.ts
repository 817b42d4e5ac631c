/** What RESULTS.md is written with: Markdown tables, and numbers over seeds. */
import type { Estimate } from '../record/estimate.ts';
import type { Matrix, MatrixLabel } from '../record/training.ts';
import type { Reading } from '../stats/readings.ts';
import { environmentsOf } from '../train/matrix.ts';
import type { MonitorsOfRun } from '../train/matrix-monitors.ts';
import type { Recipe } from '../train/recipe.ts';
import type { Sweep } from '../train/sweep.ts';
import type { SweepRun } from '../train/sweep-runs.ts';
import { line } from './clip.ts';
import { decimalsOver, fixed, plural, shareText } from './format.ts';
import { labelsFor, labelWords, type Role, roleIn, type TrainedEnvironment } from './training-view.ts';

export interface SweepState {
  readonly run: SweepRun;
  /** Null: not whole. */
  readonly matrix: Matrix | null;
  /** Null: not measured. */
  readonly monitors: MonitorsOfRun | null;
  /** Something of it is there. */
  readonly isBegun: boolean;
  /** Why it is not whole, in words, where that is known: it failed, or it cannot be begun. */
  readonly problem: string | null;
  /** What it was made from and by. Null: it says nothing of that. */
  readonly made: RunMade | null;
  /** What a reader must know before believing what its training did or did not do (round-summary.ts). */
  readonly warnings: readonly string[];
}

export interface RunMade {
  /** The recipe's name of the base, and the hash of its weights. */
  readonly base: { readonly name: string; readonly hash: string };
  /** As the recipe asks for it, and as it calls itself. */
  readonly overseer: { readonly asked: string; readonly name: string };
  /** Hashes of the programs that worked on it, in order; none where that was not noted yet. */
  readonly builds: readonly string[];
  /** What its training was done on was deleted when it had ended. */
  readonly isPruned: boolean;
}

export interface ResultsInput {
  readonly sweep: Sweep;
  readonly states: readonly SweepState[];
  /** By the name of the entry. */
  readonly recipes: ReadonlyMap<string, Recipe>;
  readonly environments: readonly TrainedEnvironment[];
  readonly versions: { readonly subterfuge: string; readonly node: string };
  /** In words, what of the claims was not so before the first run. Null: it is not known how they were. */
  readonly claimsChanged: readonly string[] | null;
  /** What it ran on, in words. */
  readonly machine: string;
  readonly command: string;
}

/** A cell of a Markdown table: one line, no bar of its own. */
export const md = (text: string): string => line(text).replaceAll('|', '\\|');
const row = (cells: readonly string[]): string => `| ${cells.map(md).join(' | ')} |`;
export const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  row(heads),
  `| ${heads.map(() => '---').join(' | ')} |`,
  ...rows.map(row),
  '',
];

/** A rate over seeds in percent: never without an interval. */
export const overSeeds = ({ mean, interval, n }: Estimate): string => {
  if (mean === null) return 'n/a';
  if (interval === null) return `no interval (${plural(n, 'seed')})`;
  const decimals = decimalsOver(interval);
  const [low, high] = interval.map((share) => fixed(share * 100, decimals));
  return `${shareText(mean, decimals, mean === 0, mean === 1)} [${low}, ${high}] (${plural(n, 'seed')})`;
};

/** Exact counts, seed by seed: `1: 10/100, 2: 20/100`. */
export const eachSeed = (
  seeds: readonly { readonly seed: string; readonly count: number; readonly n: number }[],
): string => (seeds.length === 0 ? 'not run' : seeds.map(({ seed, count, n }) => `${seed}: ${count}/${n}`).join(', '));

/** With the p-value that decided it. */
export const readingText = (reading: Reading, adjusted: number | null): string =>
  adjusted === null ? reading : `${reading} (p ${pText(adjusted)})`;

export const pText = (p: number): string => (p < 0.001 ? '< 0.001' : `= ${p.toFixed(3)}`);

/** What one cell of the matrix is about. */
export interface Column {
  readonly environment: string;
  readonly label: MatrixLabel;
  readonly role: Role;
  /** `tool-use-flattery: gamed`. */
  readonly title: string;
}

/** The headline of every environment; of held-out ones both rates. */
export const columnsOf = (matrices: readonly Matrix[], environments: readonly TrainedEnvironment[]): Column[] =>
  [...new Set(matrices.flatMap(environmentsOf))].flatMap((environment) => {
    const role = roleIn(environments, environment);
    const labels = role === 'stage' || role === 'ordinary' ? labelsFor(role).slice(0, 1) : labelsFor(role);
    return labels.map((label) => ({ environment, label, role, title: `${environment}: ${labelWords(role, label)}` }));
  });

export const matricesOf = (states: readonly SweepState[], entry: string): Matrix[] =>
  states.flatMap(({ run, matrix }) => (run.entry.name === entry && matrix !== null ? [matrix] : []));

/** All checkpoints that any seed has, in the order of training. */
export const checkpointsIn = (matrices: readonly Matrix[]): string[] => [
  ...new Set(matrices.flatMap(({ checkpoints }) => checkpoints)),
];

export const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
