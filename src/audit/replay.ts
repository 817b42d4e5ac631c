import type { Graded, ScoreScale } from '../record/audit.ts';
import type { Finding, WitnessCall } from '../record/audit-finding.ts';
import type { IntentJudge } from './intent.ts';
import { sameGraded } from './ledger.ts';
import { restored } from './recordable.ts';
import { type GradeCall, proxyOf, type Subject } from './subject.ts';

/**
 * `reproduced`: the minimal (else the found) answer does the same again. `died`: it does not any more. `fault`: it could not be
 * asked. A grader that throws at it has not been repaired, so that is no death.
 */
export type Outcome = 'reproduced' | 'died' | 'fault';

export interface Replayed {
  readonly outcome: Outcome;
  /**
   * Of a false pass that the grader still pays: whether it is judged to meet the intent by now, and so fools nobody any more (`died`).
   * Null: nobody was asked.
   */
  readonly meetsIntent: boolean | null;
  /** Whether the subject's version is the sealed one. */
  readonly sameGrader: boolean;
  /** Of a round that came out as most did. */
  readonly calls: readonly { readonly then: WitnessCall; readonly now: Graded }[];
}

export interface ReplayOptions {
  /** Rounds of a grader that is not deterministic; the majority counts. Default 1. */
  readonly repeats?: number;
  /** Default: none. Needed where a model writes the answer, since it may write another one by now. */
  readonly intent?: IntentJudge | null;
  readonly signal?: AbortSignal;
}

/** Makes the sealed calls again. */
export type Replay = (finding: Finding, subject: Subject, options?: ReplayOptions) => Promise<Replayed>;

const ROUNDING = 1e-9;

/** A change of the proxy that is more than rounding: what breaks an invariance. */
export const CHANGE = 0.05;

/** Whether the same thing under another form changed what it earned: by more than `CHANGE`, or across the bar. */
export const changed = (
  from: Graded,
  to: Graded,
  scale: ScoreScale,
): { readonly up: boolean; readonly down: boolean } => {
  if (from.kind !== 'scored' || to.kind !== 'scored') return { up: false, down: false };
  const shift = proxyOf(to.score, scale) - proxyOf(from.score, scale);
  return {
    up: shift > CHANGE + ROUNDING || (to.passed && !from.passed),
    down: shift < -CHANGE - ROUNDING || (from.passed && !to.passed),
  };
};

export const callOf = (finding: Finding, { answer, opponent, order }: WitnessCall): GradeCall => ({
  example: finding.example,
  answer: restored(answer),
  opponent: opponent === null ? null : restored(opponent),
  order,
});

const last = (finding: Finding, role: WitnessCall['role']): number =>
  finding.calls.findLastIndex((call) => call.role === role);

/** Kinds that say nothing of the grader: nobody was there, or nobody asked. */
const OUTSIDE = new Set(['not-asked', 'unreachable', 'http-status']);

const faultAgain = (now: Graded, others: readonly Graded[], first: Graded): Outcome => {
  if (now.kind === 'fault') return OUTSIDE.has(now.fault.kind) ? 'fault' : 'reproduced';
  // Sealed as a score: the finding is that it differs from one call to the next.
  return first.kind === 'scored' && others.some((other) => !sameGraded(other, now)) ? 'reproduced' : 'died';
};

const passAgain = (finding: Finding, now: readonly Graded[], at: number): Outcome => {
  const { scale } = finding.subject;
  const graded = now[at];
  const then = finding.calls[at]?.graded;
  if (graded === undefined || graded.kind === 'fault') return 'fault';
  if (graded.passed) return 'reproduced';
  if (then?.kind !== 'scored' || then.passed) return 'died';
  const honest = now[last(finding, 'honest')];
  const bar = honest?.kind === 'scored' ? proxyOf(honest.score, scale) : proxyOf(then.score, scale);
  return proxyOf(graded.score, scale) >= bar - ROUNDING ? 'reproduced' : 'died';
};

const changeAgain = (finding: Finding, now: readonly Graded[], at: number): Outcome => {
  const base = last(finding, 'honest');
  const [fromThen, toThen, fromNow, toNow] = [
    finding.calls[base]?.graded,
    finding.calls[at]?.graded,
    now[base],
    now[at],
  ];
  if (fromNow?.kind !== 'scored' || toNow?.kind !== 'scored' || fromThen === undefined || toThen === undefined)
    return 'fault';
  const before = changed(fromThen, toThen, finding.subject.scale);
  const after = changed(fromNow, toNow, finding.subject.scale);
  return (before.up && after.up) || (before.down && after.down) ? 'reproduced' : 'died';
};

const decisiveAt = (finding: Finding): number => {
  const minimal = last(finding, 'minimal');
  return minimal >= 0 ? minimal : last(finding, 'found');
};

/** The call that a finding stands or falls with: the minimal one, else the one that was found. */
export const decisive = (finding: Finding): WitnessCall | undefined => finding.calls[decisiveAt(finding)];

/** What sealed calls come to when they are answered `now`, in their order. Pure. */
export const outcomeOf = (finding: Finding, now: readonly Graded[]): Outcome => {
  const at = decisiveAt(finding);
  const graded = now[at];
  const then = finding.calls[at]?.graded;
  if (graded === undefined || then === undefined) return 'fault';
  switch (finding.claim) {
    case 'false-pass':
      return passAgain(finding, now, at);
    case 'false-fail':
      return graded.kind === 'fault' ? 'fault' : graded.passed ? 'died' : 'reproduced';
    case 'not-invariant':
      return changeAgain(finding, now, at);
    case 'fault':
      return faultAgain(graded, now, then);
    default:
      return finding.claim satisfies never;
  }
};

/** The outcome of most repeats; a tie goes to the graver one. */
const GRAVITY: readonly Outcome[] = ['reproduced', 'fault', 'died'];

export const majority = (outcomes: readonly Outcome[]): Outcome => {
  const count = (outcome: Outcome): number => outcomes.filter((one) => one === outcome).length;
  return GRAVITY.toSorted((a, b) => count(b) - count(a))[0] ?? 'fault';
};

/** Whether what still passes is right by now: of an instruction the model writes the answer, and another one to another wording. */
export const meetsIntent = async (finding: Finding, intent: IntentJudge, signal?: AbortSignal): Promise<boolean> => {
  const call = decisive(finding);
  if (finding.claim !== 'false-pass' || call === undefined) return false;
  const [judged] = await intent.judge([callOf(finding, call)], signal);
  return judged?.kind === 'scored' && judged.passed;
};

export const replay: Replay = async (finding, subject, { repeats = 1, intent = null, signal } = {}) => {
  const calls = finding.calls.map((call) => callOf(finding, call));
  const rounds: { readonly outcome: Outcome; readonly now: readonly Graded[] }[] = [];
  for (let round = 0; round < Math.max(1, repeats); round++) {
    const now = await subject.grade(calls, signal);
    rounds.push({ outcome: outcomeOf(finding, now), now });
  }
  const most = majority(rounds.map(({ outcome }) => outcome));
  const shown = rounds.find(({ outcome }) => outcome === most)?.now ?? [];
  const isPaid = finding.claim === 'false-pass' && most === 'reproduced';
  const isMet = isPaid && intent !== null ? await meetsIntent(finding, intent, signal) : null;
  return {
    outcome: isMet === true ? 'died' : most,
    meetsIntent: isMet,
    sameGrader: subject.record.version === finding.subject.version,
    calls: finding.calls.flatMap((then, index) => {
      const now = shown[index];
      return now === undefined ? [] : [{ then, now }];
    }),
  };
};
