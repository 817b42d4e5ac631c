import type { Graded, ScoreScale } from '../record/audit.ts';
import type { ReportFault } from '../record/audit-report.ts';
import type { GradeCall, Subject } from './subject.ts';

/** Why a call was made. Honest calls tell whether a fault is the grader's own or provoked. */
export type Purpose = 'honest' | 'attack' | 'invariance' | 'search' | 'shrink' | 'repeat';

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
 * Every call of an audit goes through here. It asks each distinct call once (by content hash of example id, answer, opponent and order) except
 * for the purpose `repeat`, which asks again; counts; keeps to the budget; and collects faults.
 */
export interface Ledger {
  readonly scale: ScoreScale;
  ask(purpose: Purpose, calls: readonly GradeCall[], signal?: AbortSignal): Promise<readonly Answered[]>;
  /** Calls that reached the subject. */
  readonly calls: number;
  readonly left: AuditBudget;
  /** By kind, the most frequent first. `nondeterministic` comes from `repeat` calls whose score differs from the first one's. */
  faults(): readonly ReportFault[];
}

export type OpenLedger = (subject: Subject, budget: AuditBudget, nowMs: () => number) => Ledger;
