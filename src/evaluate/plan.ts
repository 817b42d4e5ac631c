import { inputError } from '../base/errors.ts';
import type { Environment } from '../env/environment.ts';
import { groups } from '../env/stream.ts';
import type { EvalPlan } from '../record/run.ts';
import type { Task } from '../record/task.ts';

/** One rollout to be had. */
export interface Job {
  /** `<environment>/<index>`, the same in every run of the same plan. */
  readonly rolloutId: string;
  readonly task: Task;
  /** Name of the random stream of this rollout. */
  readonly seed: string;
}

/** The rollouts that are graded together. */
export interface GroupJob {
  readonly environment: Environment;
  readonly jobs: readonly Job[];
  /** From 1: which attempt in its conversation. Always 1 where there is one attempt at each task. */
  readonly attempt: number;
}

/** How many rollouts of one environment were asked for, before they are rounded up. */
const askedOf = ({ n, counts }: EvalPlan, { name }: Environment): number => counts?.[name] ?? n;

/** How often each task is played: repeated, or attempted in one conversation; never both. */
const timesOf = ({ repeats = 1, attempts }: EvalPlan): number => attempts?.times ?? repeats;

/**
 * Everything an evaluation will do, in order, as data. Where a family's tasks come in groups, the number of rollouts is
 * rounded up to whole groups, since half a comparison shows nothing; where tasks are repeated, to whole sets of repeats.
 * A group is repeated as a whole, before the next one comes; so are its attempts.
 */
export function* planGroups(plan: EvalPlan, environments: readonly Environment[]): Generator<GroupJob> {
  const { split, register, promptSet, seed } = plan;
  for (const environment of environments) {
    let index = 0;
    for (const tasks of groups(environment, { split, register, promptSet, seed })) {
      if (index >= askedOf(plan, environment)) break;
      checkGroup(environment, tasks);
      for (let repeat = 0; repeat < timesOf(plan); repeat++) {
        const first = index;
        const jobs = tasks.map((task, offset) => {
          const rolloutId = `${environment.name}/${String(first + offset).padStart(6, '0')}`;
          return { rolloutId, task, seed: `${seed}/rollout/${rolloutId}` };
        });
        yield { environment, jobs, attempt: plan.attempts === undefined ? 1 : repeat + 1 };
        index += tasks.length;
      }
    }
  }
}

const checkGroup = ({ name }: Environment, tasks: readonly Task[]): void => {
  const foreign = tasks.find((task) => task.environment !== name);
  if (tasks.length > 0 && foreign === undefined) return;
  throw inputError({
    code: 'bad-environment',
    what: `The environment ${name} makes tasks that cannot be evaluated.`,
    given:
      foreign === undefined ? 'a variant without a task' : `a task that says it belongs to "${foreign.environment}"`,
    allowed: `at least one task per variant, each with environment "${name}"`,
    todo: 'Run checkDeclarations on it (CONTRIBUTING.md).',
  });
};

/** Rollouts that come together: a variant with all its tasks, and their repeats or attempts. */
export const unitSize = (plan: EvalPlan, environment: Environment): number => {
  const { split, register, promptSet } = plan;
  const tasks = environment.tasks({ split, register, promptSet, variant: 0 }).length;
  return Math.max(1, tasks * timesOf(plan));
};

/** How many rollouts the plan comes to, at most. */
export const plannedRollouts = (plan: EvalPlan, environments: readonly Environment[]): Map<string, number> =>
  new Map(
    environments.map((environment) => {
      const size = unitSize(plan, environment);
      return [environment.name, Math.ceil(askedOf(plan, environment) / size) * size];
    }),
  );
