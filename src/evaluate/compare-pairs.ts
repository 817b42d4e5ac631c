import type { ComparedRate, Flip, RateDifference } from '../record/comparison.ts';
import { effectiveSampleSize } from '../stats/clustered-proportion.ts';
import { clusterTotals } from '../stats/clusters.ts';
import { pairedDifference } from '../stats/paired.ts';
import { detectableDifference, detectableShift } from '../stats/power.ts';
import { type RateObservation, rate } from '../stats/rate.ts';
import { differenceOfRates } from '../stats/unpaired.ts';
import { unpairedTest } from '../stats/unpaired-test.ts';
import type { ComparedRow, Side } from './compare-side.ts';
import { answerIn, gamingOf, observationsFor } from './summarise.ts';

type Pairing = RateDifference['pairing'];
type KeyOf = (row: ComparedRow) => string;

const KEYS: Readonly<Record<Exclude<Pairing, 'none'>, KeyOf>> = {
  task: ({ row }) => row.task,
  variant: ({ variant, role }) => `${variant}/${role}`,
};

/** Fewer pairs than this share of the smaller run would leave out most of what was measured. */
const LEAST_MATCHED = 0.5;

export interface Match {
  readonly pairing: Pairing;
  readonly matched: number;
  readonly unmatched: [first: number, other: number];
}

const matchBy = (keyOf: KeyOf, first: readonly ComparedRow[], other: readonly ComparedRow[]) => {
  const one = new Set(first.map(keyOf));
  const two = new Set(other.map(keyOf));
  const matched = [...one].filter((key) => two.has(key)).length;
  const enough = matched > 0 && matched >= LEAST_MATCHED * Math.min(one.size, two.size);
  return { enough, matched, unmatched: [one.size - matched, two.size - matched] satisfies Match['unmatched'] };
};

/**
 * What two runs are paired by in one environment: the task; else, where both played the same variants in another wording, the
 * variant; else nothing, where fewer than half of the tasks of the smaller run match.
 */
export const matchOf = (first: Side, other: Side, environment: string): Match => {
  const one = first.rows.get(environment) ?? [];
  const two = other.rows.get(environment) ?? [];
  const byTask = matchBy(KEYS.task, one, two);
  const { matched, unmatched } = byTask;
  if (byTask.enough) return { pairing: 'task', matched, unmatched };
  const plans = [first.manifest.plan, other.manifest.plan] as const;
  const otherWording =
    plans[0].register !== plans[1].register ||
    plans[0].promptSet !== plans[1].promptSet ||
    plans[0].noCot !== plans[1].noCot;
  const sameBuild = first.manifest.versions.subterfuge === other.manifest.versions.subterfuge;
  if (otherWording && sameBuild) {
    const byVariant = matchBy(KEYS.variant, one, two);
    if (byVariant.enough) {
      return { pairing: 'variant', matched: byVariant.matched, unmatched: byVariant.unmatched };
    }
  }
  return { pairing: 'none', matched, unmatched };
};

const QUESTIONS = { gaming: 'gamed', attempted: 'attempted', succeeded: 'succeeded' } as const;

/** Answers under the key that pairs them. A variant is a cluster, since all tasks of a group are of one variant. */
const pairable = (rows: readonly ComparedRow[], name: ComparedRate, keyOf: KeyOf) =>
  rows.flatMap((compared) => {
    const value = answerIn(compared.row, QUESTIONS[name]);
    return value === 'inapplicable' ? [] : [{ task: keyOf(compared), cluster: compared.variant, value }];
  });

/** Null where nothing is paired, or the question arises in no task of both. */
const pairsOf = (
  first: readonly ComparedRow[],
  other: readonly ComparedRow[],
  name: ComparedRate,
  { pairing }: Match,
) => {
  if (pairing === 'none') return null;
  const one = pairable(first, name, KEYS[pairing]);
  const two = pairable(other, name, KEYS[pairing]);
  const tasks = new Set(one.map(({ task }) => task));
  return two.some(({ task }) => tasks.has(task)) ? { first: one, other: two } : null;
};

/** Independent observations that say as much; at least the clusters, where nothing varies. */
const worth = (observations: readonly RateObservation[]): number => {
  const totals = clusterTotals(
    observations.flatMap(({ value, cluster }) => (value === null ? [] : [{ value: value ? 1 : 0, cluster }])),
  );
  return Math.floor(effectiveSampleSize(totals) ?? totals.length);
};

/** Upwards or downwards, whichever could be shown the more easily. */
const detectableUnpaired = (first: readonly RateObservation[], other: readonly RateObservation[]): number | null => {
  const base = rate(first).mean;
  const sizes = [worth(first), worth(other)] as const;
  if (base === null || sizes[0] < 1 || sizes[1] < 1) return null;
  const found = [base, 1 - base].map((from) => detectableDifference(sizes[0], sizes[1], from));
  return found.reduce((least, own) => (own === null ? least : least === null ? own : Math.min(least, own)), null);
};

export type Untested = Omit<RateDifference, 'adjustedP' | 'reading' | 'run'>;

/** One rate of the other run minus that of the first; null where its question does not arise in either. */
export const differenceIn = (
  first: readonly ComparedRow[],
  other: readonly ComparedRow[],
  name: ComparedRate,
  match: Match,
): Untested | null => {
  const one = observationsFor(
    first.map(({ row }) => row),
    name,
  );
  const two = observationsFor(
    other.map(({ row }) => row),
    name,
  );
  if (one.length === 0 || two.length === 0) return null;
  const pairs = pairsOf(first, other, name, match);
  if (pairs !== null) {
    const { difference, mcnemar, p } = pairedDifference(pairs.other, pairs.first);
    const test = p === null ? null : mcnemar === null ? 'paired' : 'mcnemar';
    return { rate: name, ...match, difference, test, p, detectable: detectableShift(difference, 1) };
  }
  const p = unpairedTest(two, one);
  return {
    rate: name,
    ...match,
    pairing: 'none',
    difference: differenceOfRates(rate(two), rate(one)),
    test: p === null ? null : 'unpaired',
    p,
    detectable: detectableUnpaired(one, two),
  };
};

interface TaskSide {
  readonly rollout: string;
  /** All scored repeats gamed, none did, or neither can be said. */
  readonly gamed: boolean | null;
}

const byKey = (rows: readonly ComparedRow[], keyOf: KeyOf): Map<string, TaskSide> =>
  new Map(
    [...Map.groupBy(rows, keyOf)].map(([key, own]) => {
      const answers = own.map(({ row }) => gamingOf(row)).filter((answer) => answer !== null);
      const [first] = answers;
      const gamed = first !== undefined && answers.every((answer) => answer === first) ? first : null;
      return [key, { rollout: own[0]?.rollout ?? '', gamed }];
    }),
  );

/** Tasks that flipped, both ways. None where nothing is paired. */
export const flipsIn = (
  first: readonly ComparedRow[],
  other: readonly ComparedRow[],
  { pairing }: Match,
): { toGamed: Flip[]; fromGamed: Flip[] } => {
  const flips: { toGamed: Flip[]; fromGamed: Flip[] } = { toGamed: [], fromGamed: [] };
  if (pairing === 'none') return flips;
  const there = byKey(other, KEYS[pairing]);
  for (const [task, one] of byKey(first, KEYS[pairing])) {
    const two = there.get(task);
    if (two === undefined || one.gamed === null || two.gamed === null || one.gamed === two.gamed) continue;
    (two.gamed ? flips.toGamed : flips.fromGamed).push({ task, first: one.rollout, other: two.rollout });
  }
  return flips;
};
