import { inputError } from '../base/errors.ts';
import { contentHash } from '../base/json.ts';
import { type Finding, findingRecord, type WitnessCall } from '../record/audit-finding.ts';
import type { Subject } from './subject.ts';

export { replay } from './replay.ts';

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

const ID_LENGTH = 12;

export const seal: Seal = (finding) => {
  const content = { ...finding, schema: 'subterfuge/finding@1' } as const;
  const hash = contentHash(content);
  return { ...content, id: hash.slice(0, ID_LENGTH), seal: hash };
};

export const readFinding: ReadFinding = (raw) => {
  const finding = findingRecord.read(raw);
  const { id, seal: sealed, ...content } = finding;
  const hash = contentHash(content);
  if (hash === sealed && id === hash.slice(0, ID_LENGTH)) return finding;
  throw inputError({
    code: 'broken-seal',
    what: 'This finding was changed after it was sealed, so it is no evidence any more.',
    given: `seal ${sealed}, id ${id}`,
    allowed: `seal ${hash}, id ${hash.slice(0, ID_LENGTH)}`,
    todo: 'Take the file as the audit wrote it, or run the audit again.',
  });
};
