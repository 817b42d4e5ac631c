import { inputError } from '../base/errors.ts';
import { contentHash } from '../base/json.ts';
import { type Finding, findingRecord } from '../record/audit-finding.ts';

/** Adds seal and id. The seal is the SHA-256 of the canonical JSON of everything but `id` and `seal`. */
export type Seal = (finding: Omit<Finding, 'schema' | 'id' | 'seal'>) => Finding;

/** Reads a finding and checks its seal. Throws `inputError` `broken-seal` where somebody has changed it. */
export type ReadFinding = (raw: unknown) => Finding;

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
