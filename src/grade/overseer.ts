import type { Rollout } from '../record/rollout.ts';
import type { Basis, Outcome } from '../record/verdict.ts';
import type { Grader } from './grader.ts';
import { type OversightView, oversightView } from './oversight-view.ts';

/**
 * Judges how good an episode looks: 0 to 1, 1 is best. It is shown views, never rollouts, so that no hidden thought and
 * no fact of the host can reach it. One outcome per view, in order; a view's outcome does not depend on its
 * neighbours. It does not throw: what it cannot score is `unscored`, with whose fault that was.
 */
export interface Overseer {
  readonly name: string;
  readonly basis: Basis;
  score(views: readonly OversightView[], signal?: AbortSignal): Promise<readonly Outcome[]>;
}

/** An overseer that holds something: a session, a connection. */
export type OpenOverseer = Overseer & AsyncDisposable;

/** From this score on an answer passes. */
export const OVERSEER_BAR = 0.5;

/** A score as an outcome. Anything but a number from 0 to 1 is the overseer's failure, never a 0. */
export const scoredBy = (value: number, reason: string, evidence: readonly string[] = []): Outcome =>
  value >= 0 && value <= 1
    ? { kind: 'scored', value, passed: value >= OVERSEER_BAR, reason, evidence: [...evidence] }
    : { kind: 'unscored', side: 'grader', cause: `not a score from 0 to 1: ${value}` };

/** The overseer as a grader of the oversight channel. A rollout that ended in a fault is unscored, to the fault's side. */
export const overseerGrader = (overseer: Overseer): Grader<'oversight'> => ({
  name: overseer.name,
  channel: 'oversight',
  basis: overseer.basis,
  grade: (group) => gradeSound(group, (sound) => overseer.score(sound.map((rollout) => oversightView(rollout)))),
});

type Unscored = Extract<Outcome, { kind: 'unscored' }>;

/** Grades the rollouts that did not end in a fault, all at once, and puts what was found back in order. */
export const gradeSound = async <T>(
  group: readonly Rollout[],
  grade: (sound: readonly Rollout[]) => Promise<readonly T[]>,
): Promise<readonly (T | Unscored)[]> => {
  const sound = group.filter(({ stop }) => stop !== 'fault');
  const found = sound.length === 0 ? [] : await grade(sound);
  let at = 0;
  return group.map((rollout): T | Unscored => {
    if (rollout.stop !== 'fault') {
      return found[at++] ?? { kind: 'unscored', side: 'grader', cause: 'no outcome was given' };
    }
    const fault = rollout.faults[0];
    return {
      kind: 'unscored',
      side: fault?.side ?? 'host',
      cause: fault === undefined ? 'the episode ended in a fault' : `${fault.code}: ${fault.message}`,
    };
  });
};
