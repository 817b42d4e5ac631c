import type { Environment } from '../env/environment.ts';
import type { Label, Outcome } from '../record/verdict.ts';
import type { RunReader } from '../store/run-store.ts';
import type { OpenGroup } from './pending.ts';
import { recordedGroups } from './recorded-groups.ts';

/** The judge's provider failed, or this process: another time it may answer. What it answered is not asked again. */
const mayPass = (outcome: Outcome | Label): boolean =>
  outcome.kind === 'unscored' && (outcome.side === 'provider' || outcome.side === 'host');

const idsOf = async (store: RunReader): Promise<ReadonlySet<string>> => {
  const ids = new Set<string>();
  for await (const { rollout, judge, outcome } of store.verdicts())
    if (judge !== undefined && mayPass(outcome)) ids.add(rollout);
  for await (const { rollout, judge, attempted, disclosed } of store.labels())
    if (judge !== undefined && [attempted, disclosed].some(mayPass)) ids.add(rollout);
  return ids;
};

/** Groups whose judge failed for no fault of its own, to be graded again. */
export async function* unjudged(store: RunReader, environments: readonly Environment[]): AsyncGenerator<OpenGroup> {
  const ids = await idsOf(store);
  if (ids.size === 0) return;
  for (const environment of environments) {
    for await (const group of recordedGroups(store, environment.name)) {
      const size = group[0]?.task.group?.size ?? 1;
      const isWhole = group.length === size && group.every(({ stop }) => stop !== 'fault');
      if (!isWhole || !group.some(({ id }) => ids.has(id))) continue;
      yield { environment, size, rollouts: new Map(group.map((rollout) => [rollout.id, rollout])) };
    }
  }
}
