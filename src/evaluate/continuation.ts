import { inputError } from '../base/errors.ts';
import type { Environment } from '../env/environment.ts';
import type { Model } from '../policy/policy.ts';
import type { Rollout } from '../record/rollout.ts';
import type { RunReader } from '../store/run-store.ts';
import { planGroups } from './plan.ts';

/**
 * A run goes on with the model and the tasks that it began with, or not at all: a mixture would be nobody's result.
 * Looks at the first recorded rollout.
 */
export const checkSameSubject = async (
  store: RunReader,
  model: Model,
  environments: readonly Environment[],
): Promise<void> => {
  const first = await firstRollout(store);
  if (first === null) return;
  if (first.policy.version !== model.version) {
    throw inputError({
      code: 'another-model',
      what: 'This run was begun with another version of the model.',
      given: `${model.spec}, version ${model.version}`,
      allowed: `version ${first.policy.version}`,
      todo: 'Go on with that version, or begin a new run.',
    });
  }
  const planned = taskIdOf(store, environments, first.id);
  if (planned === first.task.id) return;
  throw inputError({
    code: 'another-build',
    what: 'This run was begun with other tasks than this build makes.',
    given: `${first.id}: task ${(planned ?? 'none').slice(0, 12)} now, ${first.task.id.slice(0, 12)} then`,
    allowed: `the build that began it (Subterfuge ${store.manifest.versions.subterfuge})`,
    todo: 'Resume it with that build, or begin a new run.',
  });
};

const firstRollout = async (store: RunReader): Promise<Rollout | null> => {
  for await (const rollout of store.rollouts()) return rollout;
  return null;
};

const taskIdOf = (store: RunReader, environments: readonly Environment[], rolloutId: string): string | null => {
  const name = rolloutId.slice(0, rolloutId.lastIndexOf('/'));
  const own = environments.filter((environment) => environment.name === name);
  for (const { jobs } of planGroups(store.manifest.plan, own)) {
    const job = jobs.find((candidate) => candidate.rolloutId === rolloutId);
    if (job !== undefined) return job.task.id;
  }
  return null;
};
