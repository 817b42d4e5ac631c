import { inputError } from '../base/errors.ts';
import { requireName, requireOnScale, requireScale, type Scale } from './check.ts';

/** One rollout's answer, with the task that pairs it with the other run's. */
export interface PairedObservation {
  readonly task: string;
  /** What the task belongs to where tasks are related (a group of twins); else the task again. */
  readonly cluster: string;
  /** Null: could not be scored. */
  readonly value: boolean | number | null;
}

/** One task in one run: the mean of its scored repeats, and that mean with every unscored repeat at either end of the scale. */
export interface TaskSide {
  readonly mean: number | null;
  readonly low: number;
  readonly high: number;
}

export interface TaskPair {
  readonly task: string;
  readonly cluster: string;
  readonly first: TaskSide;
  readonly second: TaskSide;
  /** One yes/no (or unscored) answer on each side. */
  readonly single: boolean;
}

interface Gathered {
  readonly cluster: string;
  readonly values: (boolean | number | null)[];
}

const clusterConflict = (task: string, one: string, other: string): Error =>
  inputError({
    code: 'task-in-two-clusters',
    what: `task ${JSON.stringify(task)} is in two clusters`,
    given: `${JSON.stringify(one)} and ${JSON.stringify(other)}`,
    allowed: 'one cluster for each task, the same in both runs',
    todo: 'derive the cluster from the task alone',
  });

const gather = (observations: readonly PairedObservation[], scale: Scale): Map<string, Gathered> => {
  const tasks = new Map<string, Gathered>();
  for (const { task, cluster, value } of observations) {
    requireName('task', task);
    requireName('cluster', cluster);
    if (value !== null) requireOnScale(Number(value), scale);
    const known = tasks.get(task);
    if (known === undefined) tasks.set(task, { cluster, values: [value] });
    else if (known.cluster === cluster) known.values.push(value);
    else throw clusterConflict(task, known.cluster, cluster);
  }
  return tasks;
};

const sideOf = ({ values }: Gathered, [low, high]: Scale): TaskSide => {
  const scored = values.filter((value) => value !== null).map(Number);
  const sum = scored.reduce((total, value) => total + value, 0);
  const unscored = values.length - scored.length;
  return {
    mean: scored.length === 0 ? null : sum / scored.length,
    low: (sum + unscored * low) / values.length,
    high: (sum + unscored * high) / values.length,
  };
};

const isSingle = ({ values }: Gathered): boolean => values.length === 1 && typeof values[0] !== 'number';

/** Matches two runs by task. Throws inputError where no task is in both. */
export const pairByTask = (
  first: readonly PairedObservation[],
  second: readonly PairedObservation[],
  scale: Scale,
): { pairs: TaskPair[]; unmatched: { first: number; second: number } } => {
  requireScale(scale);
  const firstTasks = gather(first, scale);
  const secondTasks = gather(second, scale);
  const pairs: TaskPair[] = [];
  for (const [task, one] of firstTasks) {
    const other = secondTasks.get(task);
    if (other === undefined) continue;
    if (one.cluster !== other.cluster) throw clusterConflict(task, one.cluster, other.cluster);
    const single = isSingle(one) && isSingle(other);
    pairs.push({ task, cluster: one.cluster, first: sideOf(one, scale), second: sideOf(other, scale), single });
  }
  if (pairs.length === 0) {
    throw inputError({
      code: 'no-pairs',
      what: 'the two runs have no task in common, so nothing can be paired',
      given: `${firstTasks.size} and ${secondTasks.size} tasks`,
      allowed: 'runs that share at least one task',
      todo: 'run both on the same split and seed, or compare them with differenceOfRates',
    });
  }
  return { pairs, unmatched: { first: firstTasks.size - pairs.length, second: secondTasks.size - pairs.length } };
};
