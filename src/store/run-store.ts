import type { Redactor } from '../base/redact.ts';
import type { Call } from '../record/call.ts';
import type { Rollout, StopReason } from '../record/rollout.ts';
import type { Manifest } from '../record/run.ts';
import type { Labels, Verdict } from '../record/verdict.ts';
import type { RunRecord } from './run-record.ts';

export type { RunRecord } from './run-record.ts';

/** One line of a list of rollouts, from the index alone. */
export interface RolloutEntry {
  readonly id: string;
  readonly environment: string;
  /** `fault`: to be done again. */
  readonly stop: StopReason;
  /** How many graders have given a verdict. */
  readonly verdicts: number;
  readonly labelled: boolean;
}

export interface Filter {
  readonly environment?: string;
  /** Only ids behind this one: how a reader pages. */
  readonly after?: string;
}

/**
 * Everything that one run holds. Iterables are sorted by id (as UTF-8 bytes) and read a page at a time: what is appended
 * meanwhile may or may not be in them. Of one rollout id the latest record counts; it voids earlier verdicts and labels
 * of that id, which were about another episode. Of each channel, and each overseer, the latest verdict counts.
 */
export interface RunReader extends AsyncDisposable {
  readonly manifest: Manifest;
  entries(filter?: Filter): AsyncIterable<RolloutEntry>;
  rollouts(filter?: Filter): AsyncIterable<Rollout>;
  rollout(id: string): Promise<Rollout | null>;
  has(id: string): Promise<boolean>;
  /** Of one rollout, or of all, sorted by rollout and grader. */
  verdicts(rollout?: string): AsyncIterable<Verdict>;
  labels(rollout?: string): AsyncIterable<Labels>;
  /** Of one rollout, or of all, each rollout's in the order in which they were written. All are kept. */
  calls(rollout?: string): AsyncIterable<Call>;
}

/** The one writer of a run. */
export interface RunStore extends RunReader {
  /**
   * Resolves once all of them are durable. They stand together, in this order. Secrets are redacted first. Throws
   * `bad-record` on what could not be read back, `unknown-rollout` for a verdict or labels that come before their
   * rollout, `disk-full` or `disk-failed` (exit code 3), after which every append throws that.
   */
  append(...records: readonly RunRecord[]): Promise<void>;
}

export interface StoreOptions {
  /** Applied to every record and to the manifest before they are written. Default: well-known shapes of keys. */
  readonly redact?: Redactor;
}
