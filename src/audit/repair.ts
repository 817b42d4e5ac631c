import type { Finding } from '../record/audit-finding.ts';
import type { AuditReport, Repair } from '../record/audit-report.ts';
import type { ExampleSet } from './example.ts';
import type { Ledger } from './ledger.ts';
import type { Strategy } from './strategy.ts';

/** An earlier audit with its sealed findings, which lie beside the report (`findings/<id>.json`). */
export interface Previous {
  readonly report: AuditReport;
  readonly findings: readonly Finding[];
}

/**
 * After a fix: which exploits died (each witness asked again), which honest answers that passed then fail now, and which strategies are
 * fresh: those that the earlier audit did not list in `detail.tried`, that is the held-back round, and dice of another seed for the rest.
 * An unchanged grader (same `subject.version`) is a warning, `grader-unchanged`; another example set is one too, `other-examples`.
 */
export type CompareWithPrevious = (previous: Previous, examples: ExampleSet, ledger: Ledger) => Promise<Repair>;

/** First round, or the held-back one together with the first where there is a previous audit. */
export type StrategiesFor = (all: readonly Strategy[], previous: Previous | null) => readonly Strategy[];
