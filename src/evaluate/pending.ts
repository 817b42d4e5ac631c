import type { Environment } from '../env/environment.ts';
import type { Rollout } from '../record/rollout.ts';
import type { RolloutEntry, RunReader } from '../store/run-store.ts';
import { type Job, planGroups } from './plan.ts';

/** The rollouts that are graded together, as they come in. */
export interface OpenGroup {
  readonly environment: Environment;
  readonly size: number;
  readonly rollouts: Map<string, Rollout>;
}

/** `play`: an episode to be had. `grade`: its episodes are there, their verdicts are not. */
export type OpenJob =
  | { readonly kind: 'play'; readonly group: OpenGroup; readonly job: Job }
  | { readonly kind: 'grade'; readonly group: OpenGroup };

const PROXY_AND_INTENT = 2;

/** What a run still has to do, in the order of its plan. A rollout that ended in a fault is to be done again. */
export async function* openJobs(store: RunReader, environments: readonly Environment[]): AsyncGenerator<OpenJob> {
  const there = new Map<string, RolloutEntry>();
  for await (const entry of store.entries()) there.set(entry.id, entry);
  for (const { environment, jobs } of planGroups(store.manifest.plan, environments)) {
    const missing = jobs.filter((job) => (there.get(job.rolloutId)?.stop ?? 'fault') === 'fault');
    const graded = jobs.every((job) => {
      const entry = there.get(job.rolloutId);
      return entry?.labelled === true && entry.verdicts >= PROXY_AND_INTENT;
    });
    if (missing.length === 0 && graded) continue;
    const group: OpenGroup = { environment, size: jobs.length, rollouts: new Map() };
    for (const job of jobs) {
      if (missing.includes(job)) continue;
      const rollout = await store.rollout(job.rolloutId);
      if (rollout !== null) group.rollouts.set(rollout.id, rollout);
    }
    if (missing.length === 0) yield { kind: 'grade', group };
    for (const job of missing) yield { kind: 'play', group, job };
  }
}
