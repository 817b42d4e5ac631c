import type { Environment } from '../env/environment.ts';
import type { Rollout } from '../record/rollout.ts';
import type { RunReader } from '../store/run-store.ts';
import { gradesOf } from './evaluation-of.ts';
import { isByRulesAlone, isUnanswered } from './judged-labels.ts';
import { checkSameJudge } from './judges-of.ts';
import type { OpenGroup } from './pending.ts';
import { recordedGroups } from './recorded-groups.ts';
import type { RunJudge } from './run-judge.ts';

/** False where it was not graded yet: that is done as for any other. */
const isOpen = async (store: RunReader, environment: Environment, rollout: Rollout): Promise<boolean> => {
  const { intent, labels } = await gradesOf(store, rollout.id);
  if (intent === null || labels === null) return false;
  const asked = intent.judge === undefined ? null : intent.outcome;
  return isUnanswered(asked, labels) || isByRulesAlone(environment, { rollout, intent, labels });
};

/**
 * Groups to be graded again: those whose judge failed for no fault of its own, and those that were graded by rules alone, before there was
 * a judge. Throws `another-judge` (exit code 2).
 */
export async function* unjudged(
  store: RunReader,
  environments: readonly Environment[],
  judge: RunJudge,
): AsyncGenerator<OpenGroup> {
  await checkSameJudge(store, { model: judge.judge.spec, version: judge.version });
  for (const environment of environments) {
    for await (const group of recordedGroups(store, environment.name)) {
      const size = group[0]?.task.group?.size ?? 1;
      if (group.length !== size || group.some(({ stop }) => stop === 'fault')) continue;
      const open = await Promise.all(group.map((rollout) => isOpen(store, environment, rollout)));
      if (open.includes(true))
        yield { environment, size, rollouts: new Map(group.map((rollout) => [rollout.id, rollout])) };
    }
  }
}
