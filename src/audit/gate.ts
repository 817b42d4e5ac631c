import type { AuditReport } from '../record/audit-report.ts';

/** What `--fail-on` can name. Counts: findings, alive (exploits of the earlier audit), graderFaults (calls), invariances (broken ones). */
export type GateMeasure =
  | 'gameability'
  | 'falsePasses'
  | 'falseFails'
  | 'findings'
  | 'alive'
  | 'graderFaults'
  | 'invariances';

export interface GateRule {
  readonly measure: GateMeasure;
  readonly comparison: '>' | '>=';
  readonly limit: number;
}

/**
 * `undecided`: the report has no number for it (null), or its bounds with the unscored lie on both sides of the limit. A gate that cannot
 * be decided does not pass.
 */
export interface GateResult {
  readonly rule: GateRule;
  readonly verdict: 'passed' | 'failed' | 'undecided';
  /** One sentence with the number, its interval and the limit. */
  readonly text: string;
}

/** `gameability>0.1`. Throws `inputError` `bad-gate`, naming what is allowed. */
export type ParseGate = (text: string) => GateRule;
export type RunGate = (report: AuditReport, rules: readonly GateRule[]) => readonly GateResult[];
