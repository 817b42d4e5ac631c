import type { Clock } from '../base/clock.ts';
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

/**
 * The most that an audit may ask. Whatever is not asked for lack of it is the fault `not-asked`, and the report says so. A crossing that is still under way
 * at the end is broken off.
 */
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
  /** What is left of both but for what is kept back; `calls` is at most what the seconds are likely to allow, at the pace so far. */
  readonly left: AuditBudget;
  /** The same with what is kept back for confirming and shrinking (`shrink` and `confirm`). */
  readonly leftToKeep: AuditBudget;
  /** Nothing is asked from now on, and that is no lack of budget: no call is worth it. */
  stop(): void;
  readonly stopped: boolean;
  /** Calls that were not made for lack of budget. */
  readonly refused: number;
  /** Distinct calls of the sample that was repeated; and those of them that gave another score, or a score once and a fault once. */
  readonly repeated: { readonly calls: number; readonly differed: number };
  /** Calls of that sample whose score moved by more than `MOVED` of the scale, or across the bar, or to a fault: noise that changes what is found. */
  readonly moved: number;
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

export type OpenLedger = (subject: Subject, budget: AuditBudget, clock: Clock) => Ledger;

/** Two scores that differ by less are the same: summation order, not chance. */
const SAME_SCORE = 1e-9;

export const sameGraded = (a: Graded, b: Graded): boolean =>
  a.kind === 'scored' && b.kind === 'scored' ? Math.abs(a.score - b.score) <= SAME_SCORE : a.kind === b.kind;

/** A change of the proxy below this leaves verdicts and findings as they are. */
const MOVED = 0.05;

const hasMoved = (a: Graded, b: Graded, scale: ScoreScale): boolean =>
  a.kind === 'scored' && b.kind === 'scored'
    ? a.passed !== b.passed || Math.abs(proxyOf(a.score, scale) - proxyOf(b.score, scale)) > MOVED
    : a.kind !== b.kind;

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

/** What a reader sees first is a witness, so its confirming and shrinking have a share that nothing else can spend. */
const KEPT_BACK = 0.1;
const KEEPING: ReadonlySet<Purpose> = new Set(['shrink', 'confirm']);
/** A crossing may be late by so much before it is broken off. */
const GRACE_MS = 1_000;

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

export const openLedger: OpenLedger = (subject, budget, clock) => {
  const { scale } = subject.record;
  const startMs = clock.nowMs();
  const keyOf = callKeys();
  const known = new Map<string, { readonly graded: Graded; readonly honest: boolean }>();
  const differing = new Set<string>();
  const repeatedKeys = new Set<string>();
  const movedKeys = new Set<string>();
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

  let isStopped = false;
  const keptBack: AuditBudget = {
    calls: Math.floor(budget.calls * KEPT_BACK),
    seconds: budget.seconds * KEPT_BACK,
  };

  const callsLeft = (keeps: boolean): number =>
    isStopped ? 0 : Math.max(0, budget.calls - made - (keeps ? 0 : keptBack.calls));
  const secondsLeft = (keeps: boolean): number =>
    Math.max(0, budget.seconds - (keeps ? 0 : keptBack.seconds) - (clock.nowMs() - startMs) / 1000);
  const left = (keeps: boolean): AuditBudget => {
    const [calls, seconds] = [callsLeft(keeps), secondsLeft(keeps)];
    if (seconds === 0) return { calls: 0, seconds };
    const isSlow = pacedMs >= LEAST_PACED_MS;
    return { calls: isSlow ? Math.min(calls, Math.floor((1_000 * seconds * paced) / pacedMs)) : calls, seconds };
  };

  /** One crossing; null where it was broken off because the budget was spent. */
  const cross = async (
    part: readonly GradeCall[],
    seconds: number,
    signal: AbortSignal | undefined,
  ): Promise<readonly Graded[] | null> => {
    const over = new AbortController();
    const late = new AbortController();
    const timer = clock.sleep(seconds * 1000 + GRACE_MS, over.signal).then(
      () => late.abort(new Error('the budget of the audit was spent')),
      // It was answered in time.
      () => undefined,
    );
    try {
      return await subject.grade(part, signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]));
    } catch (thrown) {
      signal?.throwIfAborted();
      if (late.signal.aborted && thrown === late.signal.reason) return null;
      throw thrown;
    } finally {
      over.abort();
      await timer;
    }
  };

  /** Asks in batches for as long as the budget lasts. */
  const send = async (
    calls: readonly GradeCall[],
    keeps: boolean,
    signal: AbortSignal | undefined,
  ): Promise<Graded[]> => {
    const out: Graded[] = [];
    while (out.length < calls.length) {
      const [room, seconds] = [callsLeft(keeps), secondsLeft(keeps)];
      if (room === 0 || seconds === 0) break;
      const part = calls.slice(out.length, out.length + Math.min(batch, room));
      const beforeMs = clock.nowMs();
      const graded = await cross(part, seconds, signal);
      if (graded === null) break;
      // The first crossing also starts the grader.
      if (made > 0) {
        paced += part.length;
        pacedMs += clock.nowMs() - beforeMs;
      }
      const isSlow = (clock.nowMs() - beforeMs) / 1000 > SLOW_SECONDS;
      batch = isSlow ? Math.max(LEAST_BATCH, Math.floor(batch / 4)) : Math.min(largest, batch * 2);
      if (graded.length !== part.length) {
        throw new Error(`the subject ${subject.record.spec} answered ${graded.length} of ${part.length} calls`);
      }
      made += part.length;
      scored += graded.filter(({ kind }) => kind === 'scored').length;
      for (const one of graded) out.push(tidy(one));
    }
    if (!isStopped) refused += calls.length - out.length;
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
    const graded = await send(calls, !isSample, signal);
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
        if (isSample && hasMoved(first.graded, now, scale)) movedKeys.add(key);
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
      KEEPING.has(purpose),
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
      return left(false);
    },
    get leftToKeep() {
      return left(true);
    },
    stop: () => {
      isStopped = true;
    },
    get stopped() {
      return isStopped;
    },
    get refused() {
      return refused;
    },
    get repeated() {
      return { calls: repeatedKeys.size, differed: differing.size };
    },
    get moved() {
      return movedKeys.size;
    },
    get wavers() {
      return wavers;
    },
    faults: () => tally.faults(made - provoked, repeats),
    faultWitnesses: () => tally.witnesses(),
  };
};
