import { contentHash, sha256 } from '../base/json.ts';
import type { Graded, ScoreScale } from '../record/audit.ts';
import type { ReportFault } from '../record/audit-report.ts';
import type { Example } from './example.ts';
import { type FaultWitness, faultTally } from './fault-tally.ts';
import { answerKey } from './recordable.ts';
import { type GradeCall, proxyOf, type Subject } from './subject.ts';

/**
 * Why a call was made. Honest calls tell whether a fault is the grader's own or provoked. `repeat` and `confirm` ask again: a sample of calls, to see how
 * often the grader contradicts itself; and one that was picked for what it gave, which says nothing of how often.
 */
export type Purpose = 'honest' | 'attack' | 'invariance' | 'search' | 'shrink' | 'repeat' | 'confirm';

/** The most that an audit may ask. Whatever is not asked for lack of it is the fault `not-asked`, and the report says so. */
export interface AuditBudget {
  readonly calls: number;
  /** On the clock that the audit was given. */
  readonly seconds: number;
}

/** One answered call, with its proxy value: the score moved to [0, 1], null where there is none. */
export interface Answered {
  readonly call: GradeCall;
  readonly graded: Graded;
  readonly proxy: number | null;
}

/**
 * Every call of an audit goes through here. It asks each distinct call once (by content of example, answer, opponent and order) except
 * for the purposes that ask again; counts; keeps to the budget; and collects faults.
 */
export interface Ledger {
  readonly scale: ScoreScale;
  ask(purpose: Purpose, calls: readonly GradeCall[], signal?: AbortSignal): Promise<readonly Answered[]>;
  /** Calls that reached the subject. */
  readonly calls: number;
  /** Those of them that got a score. */
  readonly scored: number;
  /** What is left of both; `calls` is at most what the seconds are likely to allow, at the pace so far. */
  readonly left: AuditBudget;
  /** Calls that were not made for lack of budget. */
  readonly refused: number;
  /** Distinct calls of the sample that was repeated; and those of them that gave another score, or a score once and a fault once. */
  readonly repeated: { readonly calls: number; readonly differed: number };
  /** Some call, of the sample or not, gave another score when it was asked again. */
  readonly wavers: boolean;
  /**
   * By kind, the most frequent first. `nondeterministic` comes from calls that were asked again, whose score differs from the first one's.
   * `not-asked` is no fault of the grader and is not among them.
   */
  faults(): readonly ReportFault[];
  /** The first call of each kind of fault. */
  faultWitnesses(): readonly FaultWitness[];
}

export type OpenLedger = (subject: Subject, budget: AuditBudget, nowMs: () => number) => Ledger;

/** Two scores that differ by less are the same: summation order, not chance. */
const SAME_SCORE = 1e-9;

export const sameGraded = (a: Graded, b: Graded): boolean =>
  a.kind === 'scored' && b.kind === 'scored' ? Math.abs(a.score - b.score) <= SAME_SCORE : a.kind === b.kind;

/** Keys longer than this are hashed, to keep a long audit in memory. */
const LONGEST_KEY = 160;
/** A grader that has taken less for all its calls is not slow, whatever few of them took on a busy machine. */
const LEAST_PACED_MS = 2_000;
/** Characters that are kept of what a grader says beside its score. */
const MOST_WORDS = 2_000;
/** The first crossings are small: how long one takes is not known before, and the budget is only looked at between two of them. */
const FIRST_BATCH = 64;
/** Crossings that take longer get smaller, shorter ones larger. */
const SLOW_SECONDS = 2;
/** A crossing asks at least so many calls, so that a subject of one request a call can send several at once. */
const LEAST_BATCH = 16;

const NOT_ASKED: Graded = { kind: 'fault', fault: { kind: 'not-asked', message: 'the budget of the audit was spent' } };

/** What a grader says goes into sealed records, and one may say anything at any length. */
const words = (text: string): string =>
  (text.length > MOST_WORDS ? `${text.slice(0, MOST_WORDS)}…` : text).toWellFormed();

const tidy = (graded: Graded): Graded =>
  graded.kind === 'scored'
    ? graded.reason === null
      ? graded
      : { ...graded, reason: words(graded.reason) }
    : { kind: 'fault', fault: { ...graded.fault, message: words(graded.fault.message) } };

/** Identity of a call. Examples are compared by content: a sealed one of an earlier audit may share the id of another. */
export const callKeys = (): ((call: GradeCall) => string) => {
  const ofExample = new WeakMap<Example, string>();
  return ({ example, answer, opponent, order }) => {
    let name = ofExample.get(example);
    if (name === undefined) {
      name = contentHash(example).slice(0, 24);
      ofExample.set(example, name);
    }
    const rest =
      opponent === null && typeof answer === 'string'
        ? `t${answer}`
        : `${answerKey(answer)} ${opponent === null ? '' : answerKey(opponent)}`;
    const text = `${name} ${order} ${rest}`;
    return text.length > LONGEST_KEY ? sha256(text) : text;
  };
};

export const openLedger: OpenLedger = (subject, budget, nowMs) => {
  const { scale } = subject.record;
  const startMs = nowMs();
  const keyOf = callKeys();
  const known = new Map<string, { readonly graded: Graded; readonly honest: boolean }>();
  const differing = new Set<string>();
  const repeatedKeys = new Set<string>();
  const tally = faultTally();
  // A judge that is asked at a temperature above 0 may differ, so that is no fault of it.
  const sampled = 'sampled' in subject.capabilities && subject.capabilities.sampled === true;
  const largest = Math.max(LEAST_BATCH, subject.capabilities.batch);
  let batch = Math.min(largest, FIRST_BATCH);
  let made = 0;
  let scored = 0;
  let refused = 0;
  let repeats = 0;
  let wavers = false;
  /** Calls that only made a known fault happen again, to make its witness smaller or to see it twice. */
  let provoked = 0;
  /** Calls, and what the grader took for them. */
  let paced = 0;
  let pacedMs = 0;

  const callsLeft = (): number => Math.max(0, budget.calls - made);
  const secondsLeft = (): number => Math.max(0, budget.seconds - (nowMs() - startMs) / 1000);
  const left = (): AuditBudget => {
    const seconds = secondsLeft();
    if (seconds === 0) return { calls: 0, seconds };
    const isSlow = pacedMs >= LEAST_PACED_MS;
    return {
      calls: isSlow ? Math.min(callsLeft(), Math.floor((1_000 * seconds * paced) / pacedMs)) : callsLeft(),
      seconds,
    };
  };

  /** Asks in batches for as long as the budget lasts. */
  const send = async (calls: readonly GradeCall[], signal: AbortSignal | undefined): Promise<Graded[]> => {
    const out: Graded[] = [];
    while (out.length < calls.length) {
      const room = callsLeft();
      if (room === 0 || secondsLeft() === 0) break;
      const part = calls.slice(out.length, out.length + Math.min(batch, room));
      const beforeMs = nowMs();
      const graded = await subject.grade(part, signal);
      // The first crossing also starts the grader.
      if (made > 0) {
        paced += part.length;
        pacedMs += nowMs() - beforeMs;
      }
      const isSlow = (nowMs() - beforeMs) / 1000 > SLOW_SECONDS;
      batch = isSlow ? Math.max(LEAST_BATCH, Math.floor(batch / 4)) : Math.min(largest, batch * 2);
      if (graded.length !== part.length) {
        throw new Error(`the subject ${subject.record.spec} answered ${graded.length} of ${part.length} calls`);
      }
      made += part.length;
      scored += graded.filter(({ kind }) => kind === 'scored').length;
      for (const one of graded) out.push(tidy(one));
    }
    refused += calls.length - out.length;
    return out;
  };

  const answered = (call: GradeCall, graded: Graded): Answered => ({
    call,
    graded,
    proxy: graded.kind === 'scored' ? proxyOf(graded.score, scale) : null,
  });

  const again = async (
    calls: readonly GradeCall[],
    isSample: boolean,
    signal: AbortSignal | undefined,
  ): Promise<readonly Answered[]> => {
    const graded = await send(calls, signal);
    return calls.map((call, index) => {
      const now = graded[index];
      if (now === undefined) return answered(call, NOT_ASKED);
      const key = keyOf(call);
      const first = known.get(key);
      if (isSample) {
        repeats += 1;
        repeatedKeys.add(key);
      }
      count(now, call, first?.honest ?? false, !isSample);
      if (first === undefined) known.set(key, { graded: now, honest: false });
      else if (!sameGraded(first.graded, now)) {
        wavers = true;
        if (isSample) differing.add(key);
        // A call that was picked only names what the sample has not shown.
        else if (tally.knows('nondeterministic')) return answered(call, now);
        else repeats += 1;
        if (!sampled) tally.differed(first.graded, now, call, first.honest);
      }
      return answered(call, now);
    });
  };

  const count = (graded: Graded, call: GradeCall, honest: boolean, isProvoked: boolean): void => {
    if (isProvoked && graded.kind === 'fault' && tally.knows(graded.fault.kind)) provoked += 1;
    else tally.count(graded, call, honest);
  };

  const once = async (
    purpose: Purpose,
    calls: readonly GradeCall[],
    signal: AbortSignal | undefined,
  ): Promise<readonly Answered[]> => {
    const keys = calls.map(keyOf);
    const fresh = new Map<string, GradeCall>();
    for (const [index, call] of calls.entries()) {
      const key = keys[index] ?? '';
      if (!known.has(key) && !fresh.has(key)) fresh.set(key, call);
    }
    const sent = [...fresh];
    const graded = await send(
      sent.map(([, call]) => call),
      signal,
    );
    const honest = purpose === 'honest';
    for (const [index, [key, call]] of sent.entries()) {
      const now = graded[index];
      if (now === undefined) break;
      known.set(key, { graded: now, honest });
      count(now, call, honest, purpose === 'shrink');
    }
    return calls.map((call, index) => answered(call, known.get(keys[index] ?? '')?.graded ?? NOT_ASKED));
  };

  return {
    scale,
    ask: async (purpose, calls, signal) => {
      signal?.throwIfAborted();
      const isSample = purpose === 'repeat';
      return isSample || purpose === 'confirm'
        ? await again(calls, isSample, signal)
        : await once(purpose, calls, signal);
    },
    get calls() {
      return made;
    },
    get scored() {
      return scored;
    },
    get left() {
      return left();
    },
    get refused() {
      return refused;
    },
    get repeated() {
      return { calls: repeatedKeys.size, differed: differing.size };
    },
    get wavers() {
      return wavers;
    },
    faults: () => tally.faults(made - provoked, repeats),
    faultWitnesses: () => tally.witnesses(),
  };
};
