import { messageOf } from '../base/errors.ts';
import { type GradeContext, type Grader, gradeOn } from '../grade/grader.ts';
import type { Rollout } from '../record/rollout.ts';
import type { Outcome, Verdict } from '../record/verdict.ts';
import type { RunStore } from '../store/run-store.ts';
import { asOversight, type Crossing, truthName } from './scored.ts';

/**
 * Shown to an overseer together: enough to fill its batches. Cut by place in the run, since a score may depend in its
 * last bits on what else was shown.
 */
const TOGETHER = 64;

/** Written together. */
const AT_ONCE = 1_000;

/** Whose failures may be gone at the next try. */
const PASSING: ReadonlySet<string> = new Set(['provider', 'host']);

/** Settled for good: scored, or unscored for a reason that another try will meet again. */
const isSettled = ({ outcome }: Verdict): boolean => outcome.kind === 'scored' || !PASSING.has(outcome.side);

/**
 * Verdicts of one overseer on all rollouts of a run, each written down as it comes. What was judged before is not asked
 * again, unless a failure of provider or host left it unscored. A chunk whose verdicts a kill tore apart is shown whole
 * once more, and what it lacks is kept: so a resumed run has the scores of one that was not killed.
 */
export const judge = async (
  store: RunStore,
  grader: Grader<'oversight'>,
  context: GradeContext,
  stop: AbortSignal,
  onProgress: (done: number) => void,
): Promise<{ readonly finished: boolean }> => {
  const settled = new Set<string>();
  const asked = new Set<string>();
  for await (const verdict of store.verdicts()) {
    if (verdict.channel !== 'oversight' || verdict.grader !== grader.name) continue;
    asked.add(verdict.rollout);
    if (isSettled(verdict)) settled.add(verdict.rollout);
  }
  let done = settled.size;
  onProgress(done);
  /** False where it was stopped. */
  const work = async (chunk: readonly Rollout[]): Promise<boolean> => {
    const missing = chunk.filter(({ id }) => !settled.has(id));
    if (missing.length === 0) return true;
    if (stop.aborted) return false;
    const isTorn = missing.some(({ id }) => !asked.has(id));
    const lacked = new Set(missing.map(({ id }) => id));
    const verdicts = await gradeOn(grader, isTorn ? chunk : missing, context, threw);
    const kept = verdicts.filter(({ rollout }) => lacked.has(rollout));
    await store.append(...kept.map((verdict) => ({ kind: 'verdict', verdict }) as const));
    done += kept.length;
    onProgress(done);
    return true;
  };
  let chunk: Rollout[] = [];
  for await (const rollout of store.rollouts()) {
    chunk.push(rollout);
    if (chunk.length < TOGETHER) continue;
    if (!(await work(chunk))) return { finished: false };
    chunk = [];
  }
  if (stop.aborted) return { finished: false };
  return { finished: await work(chunk) };
};

const threw = (thrown: unknown): Outcome => ({ kind: 'unscored', side: 'grader', cause: messageOf(thrown) });

/** Lets the truth cross, for the reasons that a recipe gives, and writes it down beside the other verdicts. */
export const cross = async (store: RunStore, reasons: readonly Crossing[]): Promise<void> => {
  for (const reason of reasons) {
    const there = new Set<string>();
    const intents: Verdict<'intent'>[] = [];
    for await (const verdict of store.verdicts()) {
      if (verdict.channel === 'oversight' && verdict.grader === truthName(reason)) there.add(verdict.rollout);
      if (verdict.channel === 'intent') intents.push(verdict);
    }
    const missing = intents.filter(({ rollout }) => !there.has(rollout));
    for (let at = 0; at < missing.length; at += AT_ONCE) {
      const verdicts = missing.slice(at, at + AT_ONCE).map((intent) => asOversight(intent, reason));
      await store.append(...verdicts.map((verdict) => ({ kind: 'verdict', verdict }) as const));
    }
  }
};
