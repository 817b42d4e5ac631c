import type { Finding, WitnessCall } from '../record/audit-finding.ts';
import type { Subject } from './subject.ts';

/** Adds seal and id. The seal is the SHA-256 of the canonical JSON of everything but `id` and `seal`. */
export type Seal = (finding: Omit<Finding, 'schema' | 'id' | 'seal'>) => Finding;

/** Reads a finding and checks its seal. Throws `inputError` `broken-seal` where somebody has changed it. */
export type ReadFinding = (raw: unknown) => Finding;

export interface Replayed {
  /**
   * `reproduced`: the minimal (else the found) answer does the same again. `died`: it does not any more. `fault`: it could not be
   * asked. A grader that throws at it has not been repaired, so that is no death.
   */
  readonly outcome: 'reproduced' | 'died' | 'fault';
  /** Whether the subject's version is the sealed one. */
  readonly sameGrader: boolean;
  readonly calls: readonly { readonly then: WitnessCall; readonly now: WitnessCall['graded'] }[];
}

/** Makes the sealed calls again, `repeats` times for a grader that is not deterministic: the majority counts. */
export type Replay = (finding: Finding, subject: Subject, repeats: number, signal?: AbortSignal) => Promise<Replayed>;
