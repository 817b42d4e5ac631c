import type { Finding } from '../record/audit-finding.ts';
import type { AuditReport, ReportFinding, ReportInvariance } from '../record/audit-report.ts';
import type { Baselines } from './baselines.ts';
import type { Attempt, Measured } from './estimate.ts';
import type { Ledger } from './ledger.ts';
import type { StrategyOf } from './strategy.ts';

/** False-discovery rate over all strategies that were tried, the dropped ones included (as p = 1). */
export const FALSE_DISCOVERY_RATE = 0.05;

/**
 * What becomes a finding. A replayed witness is one by itself where intent fails with certainty (by construction, or an exact or judged
 * verdict that says so) and guessing cannot explain it (`floorBy` is `low-end`); its rate has an adjusted p-value where one can be tested. Where
 * answers can be guessed, only a rate that is significant after Benjamini-Hochberg is one. Honest twins that fail are findings with the claim
 * `false-fail`, at most one for each twin strategy.
 *
 * Order: false passes before false fails; no-work first, then known-bad, then degraded; within a kind by the lower end of the rate of
 * fooling, then by the size of the minimal answer: the cheapest cheating answer comes first.
 */
export type CollectFindings = (measured: readonly Measured[], baselines: Baselines) => readonly Raw[];

/** A finding before it is shrunk and sealed. */
export interface Raw {
  readonly claim: Finding['claim'];
  readonly measured: Measured;
  /** The attempt that shows it: fooled, from the estimating half where one is, the smallest. */
  readonly witness: Attempt;
  readonly adjustedP: number | null;
  /** Why intent is known to fail (or hold), for the sealed record. */
  readonly because: string;
}

/** Invariances and procedures are tried on all examples: nothing is chosen among them. */
export type CheckInvariances = (
  strategies: readonly (StrategyOf<'invariance'> | StrategyOf<'procedure'>)[],
  baselines: Baselines,
  ledger: Ledger,
) => Promise<readonly ReportInvariance[]>;

/** Both errors, for the two-column table: known-bad answers that pass, honest answers and their twins that fail. */
export type BothErrors = (baselines: Baselines) => Pick<AuditReport, 'falsePasses' | 'falseFails'>;

export type ReportOf = (raw: Raw, sealed: Finding, replay: string) => ReportFinding;
