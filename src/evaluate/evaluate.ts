/**
 * The evaluation of a model: plan, play, grade, count. Everything that was paid for is in the store before anything
 * depends on it, so a run that is stopped or killed at any point goes on where it was, and ends equal to one that was not.
 */
import type { Clock } from '../base/clock.ts';
import type { SubterfugeError } from '../base/errors.ts';
import { rng } from '../base/rng.ts';
import type { Environment } from '../env/environment.ts';
import type { GradeContext } from '../grade/grader.ts';
import type { Concurrency } from '../policy/concurrency.ts';
import { type Model, PolicyFault } from '../policy/policy.ts';
import type { Evaluation } from '../record/evaluation.ts';
import type { Rollout } from '../record/rollout.ts';
import { DIALECTS } from '../rollout/dialects/index.ts';
import { runEpisode } from '../rollout/episode.ts';
import { runPool } from '../rollout/pool.ts';
import type { SandboxProvider } from '../sandbox/sandbox.ts';
import type { RunRecord, RunStore } from '../store/run-store.ts';
import { checkSameSubject } from './continuation.ts';
import { evaluationOf } from './evaluation-of.ts';
import { gradeRollouts } from './grade.ts';
import { cannotGoOn, outageWatch } from './outage.ts';
import { type OpenGroup, type OpenJob, openJobs } from './pending.ts';

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

  const grade = async ({ environment, rollouts }: OpenGroup): Promise<void> => {
    const inOrder = [...rollouts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const { proxy, intent, labels } of await gradeRollouts(environment, inOrder, setup.context)) {
      await append(
        { kind: 'verdict', verdict: proxy },
        { kind: 'verdict', verdict: intent },
        { kind: 'labels', labels },
      );
    }
  };
  const work = async (open: OpenJob): Promise<void> => {
    if (open.kind === 'play') {
      const played = await playJob(setup, open, abort);
      if (!('schema' in played)) {
        unplayed++;
        stoppedBy ??= played.stoppedBy;
        if (played.stoppedBy !== null) stopped.abort();
        return;
      }
      await append({ kind: 'rollout', rollout: played });
      setup.onRollout(played);
      open.group.rollouts.set(played.id, played);
      const outage = watch(played);
      if (outage !== null) {
        stoppedBy ??= outage;
        stopped.abort();
      }
      if (open.group.rollouts.size < open.group.size) return;
    }
    await grade(open.group);
  };

  const { finished } = await runPool(openJobs(store, environments), concurrency, stopStarting, work);
  return { finished: finished && unplayed === 0, stoppedBy };
};

/** An episode that was not played to its end; what was paid for it is in the store's calls. */
interface Unplayed {
  /** Null: the caller aborted. */
  readonly stoppedBy: SubterfugeError | null;
}

const playJob = async (
  setup: EvaluateSetup,
  { job }: Extract<OpenJob, { kind: 'play' }>,
  abort: AbortSignal,
): Promise<Rollout | Unplayed> => {
  const { plan } = setup.store.manifest;
  for (let attempt = 1; ; attempt++) {
    try {
      const rollout = await runEpisode({
        id: job.rolloutId,
        task: job.task,
        model: setup.model,
        dialect: DIALECTS[plan.dialect],
        sandboxes: setup.sandboxes,
        rng: rng(job.seed),
        seed: job.seed,
        clock: setup.clock,
        temperature: plan.temperature,
        maxOutputTokens: plan.maxOutputTokens,
        signal: abort,
      });
      const lost = rollout.faults.some((fault) => fault.side === 'sandbox');
      if (!lost || attempt === SANDBOX_ATTEMPTS) return rollout;
    } catch (thrown) {
      if (abort.aborted) return { stoppedBy: null };
      if (thrown instanceof PolicyFault) return { stoppedBy: cannotGoOn(thrown) };
      throw thrown;
    }
  }
};
