import { systemClock } from '../base/clock.ts';
import { rng } from '../base/rng.ts';
import { scriptedModel } from '../policy/scripted.ts';
import type { Submission } from '../policy/submission.ts';
import type { DialectName, Rollout } from '../record/rollout.ts';
import type { Task } from '../record/task.ts';
import type { SandboxProvider } from '../sandbox/sandbox.ts';
import { DIALECTS } from './dialects/index.ts';
import { runEpisode } from './episode.ts';

/** Plays one written-down submission for real: through the dialect's parser, in a sandbox. How environments are checked. */
export const play = async (
  sandboxes: SandboxProvider,
  task: Task,
  submission: Submission,
  dialect: DialectName = 'tags',
): Promise<Rollout> => {
  await using model = scriptedModel(`scripted:${submission.name}`, () => submission);
  const id = `${task.environment}/${task.id.slice(0, 12)}/${submission.name}`;
  return await runEpisode({
    id,
    task,
    model,
    dialect: DIALECTS[dialect],
    sandboxes,
    rng: rng(id),
    seed: id,
    clock: systemClock,
    temperature: 0,
    maxOutputTokens: task.limits.tokens,
  });
};
