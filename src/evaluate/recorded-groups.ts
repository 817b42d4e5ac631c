import type { Rollout } from '../record/rollout.ts';
import type { RunReader } from '../store/run-store.ts';

/**
 * The recorded rollouts of an environment, group by group (one by one where it has no groups). Those of one group stand
 * next to each other, since ids are numbered in the order of the plan; an unfinished run may hold parts of a group.
 */
export async function* recordedGroups(store: RunReader, environment: string): AsyncGenerator<readonly Rollout[]> {
  let group: Rollout[] = [];
  for await (const rollout of store.rollouts({ environment })) {
    const first = group[0];
    const full = first !== undefined && group.length === (first.task.group?.size ?? 1);
    // Where tasks are repeated, the next repeat of the same group may follow on one that is not all there.
    const again = group.some(({ task }) => task.id === rollout.task.id);
    if (first !== undefined && (full || again || first.task.group?.id !== rollout.task.group?.id)) {
      yield group;
      group = [];
    }
    group.push(rollout);
  }
  if (group.length > 0) yield group;
}
