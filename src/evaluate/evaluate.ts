/**
 * The evaluation of a model: plan, play, grade, count. Everything that was paid for is in the store before anything
 * depends on it, so a run that is stopped or killed at any point goes on where it was, and ends equal to one that was not.
 */
import type { Clock } from '../base/clock.ts';
import { type SubterfugeError, unreachable } from '../base/errors.ts';
import { rng } from '../base/rng.ts';
import type { Environment } from '../env/environment.ts';
import type { GradeContext } from '../grade/grader.ts';
import type { Concurrency } from '../policy/concurrency.ts';
import { type Model, PolicyFault } from '../policy/policy.ts';
import type { Evaluation } from '../record/evaluation.ts';
import type { Rollout } from '../record/rollout.ts';
import type { AttemptSetup } from '../rollout/attempts.ts';
import { DIALECTS, withoutThoughts } from '../rollout/dialects/index.ts';
import { runEpisode } from '../rollout/episode.ts';
import { runPool } from '../rollout/pool.ts';
import type { SandboxProvider } from '../sandbox/sandbox.ts';
import type { RunRecord, RunStore } from '../store/run-store.ts';
import { checkSameSubject } from './continuation.ts';
import { evaluationOf } from './evaluation-of.ts';
import { type GradedRollout, gradeRollouts } from './grade.ts';
import { judged } from './judged.ts';
import { unjudged } from './judged-again.ts';
import { cannotGoOn, outageWatch } from './outage.ts';
import { type OpenGroup, type OpenJob, openJobs } from './pending.ts';
import type { Job } from './plan.ts';
import { playAttempts } from './play-attempts.ts';
import type { RunJudge } from './run-judge.ts';
import { sequentialJobs } from './sequential.ts';

export interface EvaluateSetup {
  readonly store: RunStore;
  readonly model: Model;
  readonly environments: readonly Environment[];
  readonly sandboxes: SandboxProvider;
  readonly context: GradeContext;
  readonly clock: Clock;
  readonly concurrency: Concurrency;
  /** Finish what runs, start nothing new. */
  readonly drain: AbortSignal;
  /** Stop what runs. */
  readonly abort: AbortSignal;
  readonly onRollout: (rollout: Rollout) => void;
  /** Takes the place of rules over free text. Absent: the rules decide. */
  readonly judge?: RunJudge | undefined;
}

export interface EvaluateResult {
  /** Of everything that is recorded and graded so far. */
  readonly evaluation: Evaluation;
  /** False where it was stopped before the end. */
  readonly finished: boolean;
  /** What stopped it, where that was not the caller. */
  readonly stoppedBy: SubterfugeError | null;
}

/** A lost sandbox is the host's doing: its episode is played again, at most this often. */
const SANDBOX_ATTEMPTS = 3;

/** Throws only where the store fails, or on a bug; what else ends a run early is in the result. */
export const evaluate = async (setup: EvaluateSetup): Promise<EvaluateResult> => {
  const played = await playAndGrade(setup);
  return { evaluation: await evaluationOf(setup.store, setup.environments), ...played };
};

/** The same without counting, for callers that count for themselves: it reads nothing that was recorded again. */
export const playAndGrade = async (setup: EvaluateSetup): Promise<Omit<EvaluateResult, 'evaluation'>> => {
  const { store, concurrency, environments } = setup;
  await checkSameSubject(store, setup.model, environments);
  // A store that fails ends everything at once: what is played on would be paid for and lost.
  const storeFailed = new AbortController();
  const append = async (...records: readonly RunRecord[]): Promise<void> => {
    try {
      await store.append(...records);
    } catch (thrown) {
      storeFailed.abort(thrown);
      throw thrown;
    }
  };
  const stopped = new AbortController();
  const abort = AbortSignal.any([setup.abort, storeFailed.signal]);
  const stopStarting = AbortSignal.any([setup.drain, abort, stopped.signal]);
  const watch = outageWatch();
  let stoppedBy: SubterfugeError | null = null;
  let unplayed = 0;

  /** Null: the judge can be asked no further, so that the group stays ungraded, to be graded by a resume. */
  const gradesOf = async ({ environment, rollouts }: OpenGroup): Promise<readonly GradedRollout[] | null> => {
    const inOrder = [...rollouts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    const graded = await gradeRollouts(environment, inOrder, setup.context);
    if (setup.judge === undefined) return graded;
    try {
      return await judged(environment, graded, setup.judge, abort);
    } catch (thrown) {
      if (!(thrown instanceof PolicyFault)) throw thrown;
      if (!abort.aborted) stoppedBy ??= cannotGoOn(thrown);
      return null;
    }
  };
  const grade = async (group: OpenGroup): Promise<void> => {
    const graded = await gradesOf(group);
    if (graded === null) {
      unplayed++;
      stopped.abort();
      return;
    }
    await append(
      ...graded.flatMap(({ proxy, intent, labels }): RunRecord[] => [
        { kind: 'verdict', verdict: proxy },
        { kind: 'verdict', verdict: intent },
        { kind: 'labels', labels },
      ]),
    );
  };
  /** In the group at once, and recorded when it resolves: what is recorded from then on stands behind it. */
  const keep = async (group: OpenGroup, rollout: Rollout): Promise<void> => {
    group.rollouts.set(rollout.id, rollout);
    await append({ kind: 'rollout', rollout });
    setup.onRollout(rollout);
    const outage = watch(rollout);
    if (outage !== null) {
      stoppedBy ??= outage;
      stopped.abort();
    }
  };
  /** Null where it could not be played to its end. */
  const played = async (job: Job, attempt?: AttemptSetup): Promise<Rollout | null> => {
    const end = await playJob(setup, job, abort, attempt);
    if ('schema' in end) return end;
    unplayed++;
    stoppedBy ??= end.stoppedBy;
    if (end.stoppedBy !== null) stopped.abort();
    return null;
  };
  /** The last of its group to be kept has the group graded, while its own record is on its way to the disk. */
  const playOne = async (group: OpenGroup, job: Job): Promise<void> => {
    const rollout = await played(job);
    if (rollout === null) return;
    const kept = keep(group, rollout);
    const isLast = group.rollouts.size === group.size;
    await Promise.all([kept, isLast ? grade(group) : undefined]);
  };
  const play = async (group: OpenGroup, job: Job, attempt: AttemptSetup): Promise<boolean> => {
    const rollout = await played(job, attempt);
    if (rollout !== null) await keep(group, rollout);
    return rollout !== null;
  };
  const work = async (open: OpenJob): Promise<void> => {
    switch (open.kind) {
      case 'play':
        return await playOne(open.group, open.job);
      case 'grade':
        return await grade(open.group);
      case 'attempts': {
        const { model, clock } = setup;
        const finished = await playAttempts(store, open.attempts, {
          model,
          clock,
          play,
          keep,
          grade,
          stop: stopStarting,
        });
        if (!finished) unplayed++;
        return;
      }
      default:
        return unreachable(open);
    }
  };

  const begun = new Set<Promise<void>>();
  const tracked = (open: OpenJob): Promise<void> => {
    const one = work(open).finally(() => begun.delete(one));
    begun.add(one);
    return one;
  };
  // What failed is thrown by the pool.
  const settled = async (): Promise<void> => void (await Promise.allSettled(begun));
  const { until } = store.manifest.plan;
  if (setup.judge !== undefined) {
    const again = await runPool(unjudged(store, environments, setup.judge), concurrency, stopStarting, grade);
    if (!again.finished) unplayed++;
  }
  const jobs =
    until === undefined ? openJobs(store, environments) : sequentialJobs(store, environments, until, settled);
  const { finished } = await runPool(jobs, concurrency, stopStarting, tracked);
  return { finished: finished && unplayed === 0, stoppedBy };
};

/** An episode that was not played to its end; what was paid for it is in the store's calls. */
interface Unplayed {
  /** Null: the caller aborted. */
  readonly stoppedBy: SubterfugeError | null;
}

const playJob = async (
  setup: EvaluateSetup,
  job: Job,
  abort: AbortSignal,
  attempt: AttemptSetup | undefined,
): Promise<Rollout | Unplayed> => {
  const { plan } = setup.store.manifest;
  const dialect = DIALECTS[plan.dialect];
  for (let tries = 1; ; tries++) {
    try {
      const rollout = await runEpisode({
        id: job.rolloutId,
        task: job.task,
        model: setup.model,
        dialect: plan.noCot === true ? withoutThoughts(dialect) : dialect,
        sandboxes: setup.sandboxes,
        rng: rng(job.seed),
        seed: job.seed,
        clock: setup.clock,
        temperature: plan.temperature,
        maxOutputTokens: plan.maxOutputTokens,
        signal: abort,
        attempt,
      });
      const lost = rollout.faults.some((fault) => fault.side === 'sandbox');
      if (!lost || tries === SANDBOX_ATTEMPTS) return rollout;
    } catch (thrown) {
      if (abort.aborted) return { stoppedBy: null };
      if (thrown instanceof PolicyFault) return { stoppedBy: cannotGoOn(thrown) };
      throw thrown;
    }
  }
};
