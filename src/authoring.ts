/**
 * `subterfuge/env`: what one needs to write an environment, and to check it in a test of any runner. What plays episodes is
 * loaded only where it is used, so that a module of an environment stays quick to load.
 */

import { type Graded, gradeGroup } from './env/contract.ts';
import type { Environment } from './env/environment.ts';
import type { GradeContext } from './grade/grader.ts';
import type { Submission } from './policy/submission.ts';
import type { Rollout } from './record/rollout.ts';
import type { Task } from './record/task.ts';

export * from './env/author.ts';

type Played = (task: Task, submission: Submission) => Promise<Rollout>;

const withSandbox = async <T>(use: (play: Played, context: GradeContext) => Promise<T>): Promise<T> => {
  const { play } = await import('./rollout/play.ts');
  const { simulatedSandbox } = await import('./sandbox/simulated.ts');
  const { wasmPython } = await import('./sandbox/wasm-python.ts');
  await using sandboxes = simulatedSandbox({ threads: 1 });
  await using python = wasmPython();
  return await use((task, submission) => play(sandboxes, task, submission), { python });
};

/** Checks the whole contract by really playing the submissions in the simulated sandbox. What is wrong, in sentences. */
export const checkEnvironment = async (environment: Environment): Promise<readonly string[]> => {
  const { checkEnvironment: check } = await import('./env/check.ts');
  return await withSandbox((play, context) => check(environment, play, context));
};

/** Plays one submission on each task of a group and grades them: for tests of single verdicts and labels. */
export const earnedBy = async (
  environment: Environment,
  tasks: readonly Task[],
  submission: Submission,
): Promise<Graded> =>
  await withSandbox(async (play, context) => {
    const rollouts: Rollout[] = [];
    for (const task of tasks) rollouts.push(await play(task, submission));
    return await gradeGroup(environment, rollouts, context);
  });
