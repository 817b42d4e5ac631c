/**
 * The attempts of one conversation, in order: each is played, then graded, then its reward on the proxy channel may be told
 * before the next. Where tasks are read together, so are their attempts: all first ones are graded before any second one begins.
 */
import type { Clock } from '../base/clock.ts';
import { type Model, NO_USAGE } from '../policy/policy.ts';
import type { Fault } from '../record/fault.ts';
import type { Attempt, Rollout } from '../record/rollout.ts';
import type { AttemptsPlan } from '../record/run.ts';
import { type AttemptSetup, tellAfter } from '../rollout/attempts.ts';
import type { RunReader } from '../store/run-store.ts';
import { gradesOf } from './evaluation-of.ts';
import type { OpenAttempt, OpenGroup } from './pending.ts';
import type { Job } from './plan.ts';

export interface AttemptTools {
  readonly model: Model;
  readonly clock: Clock;
  /** Plays and keeps one. False where it could not be played to its end. */
  readonly play: (group: OpenGroup, job: Job, attempt: AttemptSetup) => Promise<boolean>;
  readonly keep: (group: OpenGroup, rollout: Rollout) => Promise<void>;
  readonly grade: (group: OpenGroup) => Promise<void>;
  /** Nothing new is to be started. */
  readonly stop: AbortSignal;
}

/** The same task in each of the attempts so far. Throws where one is not there: every attempt was played before the next. */
const earlierOf = (attempts: readonly OpenAttempt[], place: number): Rollout[] =>
  attempts.map(({ group, jobs }) => {
    const rollout = group.rollouts.get(jobs[place]?.rolloutId ?? '');
    if (rollout === undefined)
      throw new Error(`attempt ${jobs[place]?.rolloutId ?? '?'} is to be gone on from and is not there`);
    return rollout;
  });

const toldAfter = async (store: RunReader, { feedback }: AttemptsPlan, before: Rollout): Promise<string> => {
  const { proxy } = await gradesOf(store, before.id);
  if (proxy === null) throw new Error(`attempt ${before.id} is to be gone on from and was not graded`);
  return tellAfter(feedback, before.task, proxy);
};

/** An attempt that never was, since one before it in its conversation ended in a fault: unscored, and to be played on a resume. */
const neverPlayed = (
  { model, clock }: AttemptTools,
  job: Job,
  dialect: Rollout['dialect'],
  attempt: Attempt,
  fault: Fault,
): Rollout => ({
  schema: 'subterfuge/rollout@1',
  id: job.rolloutId,
  task: job.task,
  policy: { spec: model.spec, version: model.version },
  dialect,
  attempt,
  seed: job.seed,
  turns: [],
  changes: [],
  stop: 'fault',
  faults: [
    { side: fault.side, code: 'earlier-attempt-lost', message: `an attempt before it ended in a fault: ${fault.code}` },
  ],
  usage: NO_USAGE,
  times: { startedAt: new Date(clock.nowMs()).toISOString(), durationMs: 0 },
});

const faultIn = ({ group }: OpenAttempt): Fault | null => {
  for (const { stop, faults } of group.rollouts.values())
    if (stop === 'fault' && faults[0] !== undefined) return faults[0];
  return null;
};

/** Goes on where the records end. False where it was stopped before the last attempt. */
export const playAttempts = async (
  store: RunReader,
  attempts: readonly OpenAttempt[],
  tools: AttemptTools,
): Promise<boolean> => {
  const { attempts: plan, dialect } = store.manifest.plan;
  if (plan === undefined) throw new Error('attempts are to be played that were not planned');
  let lost: Fault | null = null;
  for (const [index, open] of attempts.entries()) {
    const missing = open.jobs.filter(({ rolloutId }) => !open.group.rollouts.has(rolloutId));
    for (const job of missing) {
      if (tools.stop.aborted) return false;
      const record = { number: index + 1, of: plan.times, feedback: plan.feedback, told: null };
      if (lost !== null) {
        await tools.keep(open.group, neverPlayed(tools, job, dialect, record, lost));
        continue;
      }
      const earlier = earlierOf(attempts.slice(0, index), open.jobs.indexOf(job));
      const before = earlier.at(-1);
      const told = before === undefined ? null : await toldAfter(store, plan, before);
      if (!(await tools.play(open.group, job, { record: { ...record, told }, earlier }))) return false;
    }
    if (missing.length > 0 || !open.isGraded) await tools.grade(open.group);
    lost ??= faultIn(open);
  }
  return true;
};
