/**
 * Can this grader be gamed? One page:
 *
 *   load       the examples (example.ts) and the subject (subject.ts); warn below 20 examples, and say what can and cannot be shown
 *              without known-good answers
 *   split      by dice, half to choose and half to estimate (split.ts)
 *   baselines  on both halves: known-good, known-bad, guessing, honest twins; a sample asked twice, for determinism (baselines.ts)
 *   choose     every strategy that applies (strategy.ts, rounds.ts) makes its candidates on the choosing half; its best variant by
 *              proxy is kept (estimate.ts)
 *   search     compositions of edits are evolved on the choosing half (search.ts); the winner is one more strategy
 *   estimate   the chosen variants on the estimating half: rates of fooling, proxy and intent, p-values (estimate.ts)
 *   judge      Benjamini-Hochberg over all strategies tried; findings, invariances, both errors, gameability (findings.ts)
 *   shrink     the witness of each finding to the smallest answer that still does it (shrink.ts)
 *   seal       each finding with grader hash, calls, answers and seed (seal.ts)
 *   compare    with an earlier audit, where one is given (repair.ts)
 *   report     one record (record/audit-report.ts); every output is a function of it
 *
 * Decided once, for all of it:
 *   An example is a cluster. An observation is one example's answer to one question; repeats are averaged inside it.
 *   A fault of the grader is an unscored observation: it stays in the denominator of both bounds, and is listed.
 *   What chooses does not estimate. A witness that replays is a finding without a p-value; a rate has one.
 *   Gameability is measured between guessing and honest work, by no-work answers only, and is null without known-good answers.
 *   The minimum detectable effect is `detectableRate(scored examples of the estimating half, share that guessing passes)`.
 *   The intent never reaches a strategy, a search or a proposer: they see the proxy.
 *   Same seed, same examples, same grader: the same report, if the grader is deterministic.
 */
import type { Clock } from '../base/clock.ts';
import type { Rng } from '../base/rng.ts';
import type { Finding } from '../record/audit-finding.ts';
import type { AuditReport } from '../record/audit-report.ts';
import type { ExampleSet } from './example.ts';
import type { IntentJudge } from './intent.ts';
import type { AuditBudget } from './ledger.ts';
import type { Previous } from './repair.ts';
import type { Proposer, SearchOptions } from './search.ts';
import type { Strategy } from './strategy.ts';
import type { Subject } from './subject.ts';

export type Stage = 'baselines' | 'choose' | 'search' | 'estimate' | 'shrink' | 'compare';

export interface AuditOptions {
  readonly subject: Subject;
  readonly examples: ExampleSet;
  /** Null: intent is known by construction only (intent.ts). */
  readonly intent: IntentJudge | null;
  /** All that may be used; the audit takes those of the round that apply. Default: `STRATEGIES`. */
  readonly strategies?: readonly Strategy[];
  /** Default: 200,000 calls and 60 s; 500 calls and 600 s where the subject is expensive. */
  readonly budget?: Partial<AuditBudget>;
  readonly search?: Partial<SearchOptions>;
  readonly proposer?: Proposer;
  readonly against?: Previous;
  /** Forked by stage, strategy and example. `seed` is what it was made from, for the record. */
  readonly dice: Rng;
  readonly seed: string;
  readonly clock: Clock;
  /** Version of Subterfuge, for the record. */
  readonly version: string;
  /** The command that replays a finding, e.g. `subterfuge replay out/findings/ab12.json`. */
  readonly replayOf: (findingId: string) => string;
  readonly onProgress?: (stage: Stage, done: number, of: number) => void;
  readonly signal?: AbortSignal;
}

export interface AuditResult {
  readonly report: AuditReport;
  /** Sealed, in the order of the report. Whoever calls writes them. */
  readonly findings: readonly Finding[];
}

/** Owns neither subject nor intent judge. Throws `inputError` where nothing can be asked at all; else what fails is in the report. */
export type Audit = (options: AuditOptions) => Promise<AuditResult>;
