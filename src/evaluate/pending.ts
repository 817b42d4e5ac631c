import type { Environment } from '../env/environment.ts';
import type { Rollout } from '../record/rollout.ts';
import type { RolloutEntry, RunReader } from '../store/run-store.ts';
import { type GroupJob, type Job, planGroups } from './plan.ts';

/** The rollouts that are graded together, as they come in. */
export interface OpenGroup {
  readonly environment: Environment;
  readonly size: number;
  readonly rollouts: Map<string, Rollout>;
}

/** One attempt of a conversation: the rollouts that are there, those that it shall have, and whether all are graded. */
export interface OpenAttempt {
  readonly group: OpenGroup;
  readonly jobs: readonly Job[];
  readonly isGraded: boolean;
}

/**
 * `play`: an episode to be had. `grade`: its episodes are there, their verdicts are not. `attempts`: all attempts of a group,
 * since each waits for the verdicts of the one before.
 */
export type OpenJob =
  | { readonly kind: 'play'; readonly group: OpenGroup; readonly job: Job }
  | { readonly kind: 'grade'; readonly group: OpenGroup }
  | { readonly kind: 'attempts'; readonly attempts: readonly OpenAttempt[] };

const PROXY_AND_INTENT = 2;

/** What a run still has to do, in the order of its plan. A rollout that ended in a fault is to be done again. */
export async function* openJobs(store: RunReader, environments: readonly Environment[]): AsyncGenerator<OpenJob> {
  yield* openJobsIn(store, await recordedEntries(store), planGroups(store.manifest.plan, environments));
}

export type Entries = ReadonlyMap<string, RolloutEntry>;

export const recordedEntries = async (store: RunReader): Promise<Entries> => {
  const there = new Map<string, RolloutEntry>();
  for await (const entry of store.entries()) there.set(entry.id, entry);
  return there;
};

/** Making the tasks of a long run that is nearly done takes seconds: other things get a turn in between. */
const SKIPPED_AT_ONCE = 32;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The same for some groups of the plan, of which `there` is what was recorded when this began. */
export async function* openJobsIn(
  store: RunReader,
  there: Entries,
  groups: Iterable<GroupJob>,
): AsyncGenerator<OpenJob> {
  let skipped = 0;
  for (const chain of conversations(groups)) {
    if (chain.every((group) => isDone(there, group))) {
      skipped += 1;
      if (skipped % SKIPPED_AT_ONCE === 0) await turn();
      continue;
    }
    const attempts: OpenAttempt[] = [];
    for (const group of chain) attempts.push(await openAttempt(store, there, group));
    const [first, ...further] = attempts;
    if (first !== undefined && further.length === 0) yield* singly(first);
    else yield { kind: 'attempts', attempts };
  }
}

const isSound = (entry: RolloutEntry | undefined): boolean => (entry?.stop ?? 'fault') !== 'fault';

const isDone = (there: Entries, { jobs }: GroupJob): boolean =>
  jobs.map(({ rolloutId }) => there.get(rolloutId)).every((entry) => isSound(entry) && isGraded(entry));

const openAttempt = async (store: RunReader, there: Entries, { environment, jobs }: GroupJob): Promise<OpenAttempt> => {
  const group: OpenGroup = { environment, size: jobs.length, rollouts: new Map() };
  for (const { rolloutId } of jobs) {
    if (!isSound(there.get(rolloutId))) continue;
    const rollout = await store.rollout(rolloutId);
    if (rollout !== null) group.rollouts.set(rollout.id, rollout);
  }
  return { group, jobs, isGraded: jobs.every(({ rolloutId }) => isGraded(there.get(rolloutId))) };
};

/** The attempts of one conversation follow on each other in the plan. */
function* conversations(groups: Iterable<GroupJob>): Generator<readonly GroupJob[]> {
  let chain: GroupJob[] = [];
  for (const group of groups) {
    if (group.attempt === 1 && chain.length > 0) {
      yield chain;
      chain = [];
    }
    chain.push(group);
  }
  if (chain.length > 0) yield chain;
}

function* singly({ group, jobs }: OpenAttempt): Generator<OpenJob> {
  const missing = jobs.filter(({ rolloutId }) => !group.rollouts.has(rolloutId));
  if (missing.length === 0) yield { kind: 'grade', group };
  for (const job of missing) yield { kind: 'play', group, job };
}

const isGraded = (entry: RolloutEntry | undefined): boolean =>
  entry?.labelled === true && entry.verdicts >= PROXY_AND_INTENT;
