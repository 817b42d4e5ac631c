import type { Environment } from '../env/environment.ts';
import type { ComparedEnvironment, ComparedRate } from '../record/comparison.ts';
import type { Manifest } from '../record/run.ts';
import type { RunReader } from '../store/run-store.ts';
import type { Asked } from './compare-manifests.ts';
import { gradesOf } from './evaluation-of.ts';
import { isByRulesAlone, type JudgedBy } from './judged-labels.ts';
import { plannedRollouts } from './plan.ts';
import { FIXED_NUMBER, observationsFor, type Scored, scored } from './summarise.ts';
import { ANY_TIME, placeOf, sequentialOf } from './until.ts';

/** A run that is compared. */
export interface CompareInput {
  /** As it was given, for commands. */
  readonly path: string;
  readonly store: RunReader;
  /** Null where one could not be loaded: then it is not known whether the run is finished. */
  readonly environments: readonly Environment[] | null;
}

const FIRST_LETTER = 65;

/** A, B, C: the runs in the order in which they were given. */
export const labelOf = (index: number): string => String.fromCharCode(FIRST_LETTER + index);

/** One graded rollout, with what it may be paired by. */
export interface ComparedRow {
  readonly rollout: string;
  readonly variant: string;
  /** The place of the task in its variant. */
  readonly role: string;
  readonly row: Scored;
}

/** All that is needed of one run. Small, so that a run of any size can be compared. */
export interface Side extends Asked {
  readonly manifest: Manifest;
  /** By environment, in the order of the run; each in the order of its plan. */
  readonly rows: ReadonlyMap<string, readonly ComparedRow[]>;
  readonly rollouts: number;
  readonly ungraded: number;
  readonly finished: boolean | null;
}

const isFinished = (
  { plan }: Manifest,
  environments: readonly Environment[] | null,
  rows: ReadonlyMap<string, readonly ComparedRow[]>,
  recorded: ReadonlyMap<string, number>,
): boolean | null => {
  if (environments === null) return null;
  const planned = plannedRollouts(plan, environments);
  return environments.every((environment) => {
    if ((recorded.get(environment.name) ?? 0) >= (planned.get(environment.name) ?? 0)) return true;
    const placed = (rows.get(environment.name) ?? []).map(({ rollout, row }) => ({ place: placeOf(rollout), row }));
    return sequentialOf(plan, environment, placed)?.met === true;
  });
};

/** Reads one run, one rollout in memory at a time. */
export const readSide = async ({ store, environments }: CompareInput): Promise<Side> => {
  const rows = new Map<string, ComparedRow[]>();
  const recorded = new Map<string, number>();
  let modelVersion: string | null = null;
  let rollouts = 0;
  let ungraded = 0;
  let byRules = false;
  const judges = new Map<string, JudgedBy>();
  for await (const rollout of store.rollouts()) {
    const { task, policy, id } = rollout;
    modelVersion ??= policy.version;
    rollouts++;
    recorded.set(task.environment, (recorded.get(task.environment) ?? 0) + 1);
    const { proxy, intent, labels } = await gradesOf(store, id);
    if (proxy === null || intent === null || labels === null) {
      ungraded++;
      continue;
    }
    for (const judge of [intent.judge, labels.judge])
      if (judge !== undefined) judges.set(JSON.stringify([judge.model, judge.version]), judge);
    const environment = environments?.find(({ name }) => name === task.environment);
    byRules ||= environment !== undefined && isByRulesAlone(environment, { rollout, intent, labels });
    const own = rows.get(task.environment) ?? [];
    rows.set(task.environment, own);
    own.push({
      rollout: id,
      variant: `${task.split}/${task.variant}`,
      role: task.group?.role ?? '',
      row: scored(rollout, proxy, intent, labels, null),
    });
  }
  const { manifest } = store;
  return {
    manifest,
    modelVersion,
    judges: [...judges.values()],
    byRules,
    rows,
    rollouts,
    ungraded,
    finished: isFinished(manifest, environments, rows, recorded),
  };
};

export const RATES: readonly ComparedRate[] = ['gaming', 'attempted', 'succeeded'];

/** The rates of one environment of one run; null where it has no graded rollout. */
export const ratesIn = ({ manifest, rows }: Side, environment: string): ComparedEnvironment['rates'][number] => {
  const own = rows.get(environment)?.map(({ row }) => row);
  if (own === undefined) return null;
  const { rate } = manifest.plan.until === undefined ? FIXED_NUMBER : ANY_TIME;
  return {
    gaming: rate(observationsFor(own, 'gaming')),
    attempted: rate(observationsFor(own, 'attempted')),
    succeeded: rate(observationsFor(own, 'succeeded')),
    unscored: own.filter(({ proxy, intent }) => proxy.kind === 'unscored' || intent.kind === 'unscored').length,
  };
};
