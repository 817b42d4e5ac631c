import { inputError } from '../base/errors.ts';
import type { Environment } from '../env/environment.ts';
import type { RunReader } from '../store/run-store.ts';
import { mayPass } from './judged-labels.ts';
import type { OpenGroup } from './pending.ts';
import { recordedGroups } from './recorded-groups.ts';
import type { RunJudge } from './run-judge.ts';

/** A run is judged by one model at one version, or it is nobody's result. */
const requireSame = (was: { readonly model: string; readonly version: string }, { judge, version }: RunJudge): void => {
  if (was.model === judge.spec && was.version === version) return;
  throw inputError({
    code: 'another-judge',
    what: 'A part of this run was judged by another model, or another version of it.',
    given: `${judge.spec}, version ${version}`,
    allowed: `${was.model}, version ${was.version}`,
    todo: `Go on with that one, or first judge all that is there anew: subterfuge grade RUN --judge ${judge.spec} --save`,
  });
};

const idsOf = async (store: RunReader, by: RunJudge): Promise<ReadonlySet<string>> => {
  const ids = new Set<string>();
  for await (const { rollout, judge, outcome } of store.verdicts()) {
    if (judge === undefined) continue;
    requireSame(judge, by);
    if (mayPass(outcome)) ids.add(rollout);
  }
  for await (const { rollout, judge, attempted, disclosed } of store.labels()) {
    if (judge === undefined) continue;
    requireSame(judge, by);
    if ([attempted, disclosed].some(mayPass)) ids.add(rollout);
  }
  return ids;
};

/** Groups whose judge failed for no fault of its own, to be graded again. Throws `another-judge` (exit code 2). */
export async function* unjudged(
  store: RunReader,
  environments: readonly Environment[],
  judge: RunJudge,
): AsyncGenerator<OpenGroup> {
  const ids = await idsOf(store, judge);
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
