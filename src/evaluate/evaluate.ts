/**
 * The evaluation of a model: plan, play, grade, count. Everything that was paid for is in the store before anything
 * depends on it, so a run that is stopped or killed at any point goes on where it was, and ends equal to one that was not.
 */
import type { Clock } from '../base/clock.ts';
import { runError, SubterfugeError } from '../base/errors.ts';
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
import type { RunStore } from '../store/run-store.ts';
import { evaluationOf } from './evaluation-of.ts';
import { gradeRollouts } from './grade.ts';
import { type OpenJob, openJobs } from './pending.ts';

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
  readonly evaluation: Evaluation;
  /** False where it was stopped before the end. */
  readonly finished: boolean;
}

/** A lost sandbox is the host's doing: its episode is played again, at most this often. */
const SANDBOX_ATTEMPTS = 3;
/** So many faults in a row mean that the provider is down, not that some requests are unlucky. */
const FAULTS_IN_A_ROW = 8;

export const evaluate = async (setup: EvaluateSetup): Promise<EvaluateResult> => {
  const { store, concurrency, drain, abort } = setup;
  const failed = new AbortController();
  const stopStarting = AbortSignal.any([drain, abort, failed.signal]);
  let faultsInARow = 0;
  let unplayed = 0;

  const work = async (open: OpenJob): Promise<void> => {
    if (open.kind === 'play') {
      const rollout = await playJob(setup, open);
      if (rollout === null) {
        unplayed++;
        return;
      }
      await store.append({ kind: 'rollout', rollout });
      setup.onRollout(rollout);
      open.group.rollouts.set(rollout.id, rollout);
      faultsInARow = rollout.stop === 'fault' ? faultsInARow + 1 : 0;
      if (faultsInARow >= FAULTS_IN_A_ROW) {
        failed.abort();
        throw providerDown(rollout);
      }
      if (open.group.rollouts.size < open.group.size) return;
    }
    const { environment, rollouts } = open.group;
    const inOrder = [...rollouts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const graded of await gradeRollouts(environment, inOrder, setup.context)) {
      await store.append(
        { kind: 'verdict', verdict: graded.proxy },
        { kind: 'verdict', verdict: graded.intent },
        { kind: 'labels', labels: graded.labels },
      );
    }
  };

  const { finished } = await runPool(openJobs(store, setup.environments), concurrency, stopStarting, work);
  const evaluation = await evaluationOf(store, setup.environments);
  const complete = finished && unplayed === 0;
  if (complete) await store.append({ kind: 'estimate-set', name: 'evaluation', value: evaluation });
  return { evaluation, finished: complete };
};

/** Null where the caller aborted: nothing of the episode is recorded, and a resume plays it from its start. */
const playJob = async (setup: EvaluateSetup, open: Extract<OpenJob, { kind: 'play' }>): Promise<Rollout | null> => {
  const { job } = open;
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
        signal: setup.abort,
      });
      const lost = rollout.faults.some((fault) => fault.side === 'sandbox');
      if (!lost || attempt === SANDBOX_ATTEMPTS) return rollout;
    } catch (thrown) {
      if (setup.abort.aborted) return null;
      throw thrown instanceof PolicyFault ? cannotGoOn(thrown) : thrown;
    }
  }
};

/** Faults that no request of this run can escape. A wrong key or name is bad input; the rest may pass with time. */
const cannotGoOn = (thrown: PolicyFault): SubterfugeError => {
  const { code, message } = thrown.fault;
  const badInput = code === 'bad-key' || code === 'unknown-model' || code === 'not-recorded';
  const todo =
    code === 'cost-cap'
      ? 'Resume the run with a higher --max-cost; nothing that was paid for is lost.'
      : 'Put that right, then resume the run; nothing that was paid for is lost.';
  return new SubterfugeError(badInput ? 2 : 3, { code, what: message, todo, cause: thrown });
};

const providerDown = (rollout: Rollout): SubterfugeError =>
  runError({
    code: 'provider-down',
    what: `The last ${FAULTS_IN_A_ROW} episodes all ended in a fault.`,
    given: rollout.faults.map((fault) => `${fault.code}: ${fault.message}`).join('; '),
    todo: 'Wait or put that right, then resume the run; nothing that was paid for is lost.',
  });
