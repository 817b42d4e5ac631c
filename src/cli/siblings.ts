/** `--sibling RUN`: what another model answered, beside the own answer of the one that is measured. */
import { resolve } from 'node:path';
import { inputError } from '../base/errors.ts';
import type { Environment } from '../env/environment.ts';
import { siblingAnswers, siblingCoverage, withSiblings } from '../evaluate/siblings.ts';
import type { EvalPlan, SiblingPlan } from '../record/run.ts';
import { readRun } from '../store/run-directory.ts';
import type { Io } from './io.ts';

/** What goes into the plan; undefined where none was asked for. Throws where there is no such run (exit code 2). */
export const siblingPlanOf = async (io: Io, path: string | undefined): Promise<SiblingPlan | undefined> => {
  if (path === undefined) return undefined;
  const dir = resolve(io.cwd, path);
  await using store = await readRun(dir);
  return { run: dir, id: store.manifest.id, model: store.manifest.plan.model };
};

export interface BesideSiblings {
  readonly environments: readonly Environment[];
  /** Throws `no-sibling` (exit code 2) where none of the plan's questions was answered; warns where some were not. */
  readonly check: (plan: EvalPlan) => void;
}

/** The environments with those answers in them. Throws `another-sibling` (exit code 2). */
export const besideSiblings = async (
  io: Io,
  sibling: SiblingPlan | undefined,
  environments: readonly Environment[],
): Promise<BesideSiblings> => {
  if (sibling === undefined) return { environments, check: () => undefined };
  await using store = await readRun(sibling.run);
  const { id, plan: other } = store.manifest;
  if (id !== sibling.id || other.model !== sibling.model) {
    throw inputError({
      code: 'another-sibling',
      what: 'The run whose answers stand beside the own is not there any more; another lies in its place.',
      given: `${sibling.run}: ${id} of ${other.model}`,
      allowed: `${sibling.id} of ${sibling.model}`,
      todo: 'Put it back, or begin a new run.',
    });
  }
  const answers = await siblingAnswers(store);
  return {
    environments: environments.map((environment) => withSiblings(environment, answers)),
    check: (plan) => {
      const { answered, tasks } = siblingCoverage(plan, sibling, environments, answers);
      if (answered === tasks) return;
      io.err(
        `warning: ${tasks - answered} of ${tasks} questions have no answer in that run: a made-up one stands in its place.\n`,
      );
    },
  };
};
