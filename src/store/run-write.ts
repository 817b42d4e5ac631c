import { inputError, unreachable } from '../base/errors.ts';
import type { Redactor } from '../base/redact.ts';
import { checkName, keyOf, located, type RecordKey, type RunRecord, readRecord } from './run-record.ts';

/** A record as it will be written: redacted, checked, with its key. */
export interface Prepared {
  readonly record: RunRecord;
  readonly key: RecordKey;
}

const checkKey = (key: RecordKey): void => {
  switch (key.kind) {
    case 'rollout':
      checkName('id', key.id);
      return;
    case 'verdict':
      checkName('rollout', key.rollout);
      return;
    case 'labels':
    case 'call':
      checkName('rollout', key.rollout);
      return;
    default:
      unreachable(key);
  }
};

/** The one way into a store. Nothing is written of a group of records of which one is refused. */
export const prepare = (redact: Redactor, records: readonly RunRecord[]): Prepared[] =>
  records.map((given) => {
    // Redacted first, so that a message about a bad record cannot quote a secret.
    const record = located(`${given.kind}, not written`, () => readRecord(redact.json(given)));
    const key = keyOf(record);
    checkKey(key);
    if (record.kind === 'verdict') checkName('grader', record.verdict.grader);
    return { record, key };
  });

/** Ids of rollouts that the records speak of and that none before them among the records gives. */
export const idsSpokenOf = (prepared: readonly Prepared[]): Set<string> => {
  const given = new Set<string>();
  const missing = new Set<string>();
  for (const { key } of prepared) {
    if (key.kind === 'rollout') given.add(key.id);
    // A call comes before the rollout that it becomes a part of.
    else if (key.kind !== 'call' && !given.has(key.rollout)) missing.add(key.rollout);
  }
  return missing;
};

export const unknownRollout = (id: string): Error =>
  inputError({
    code: 'unknown-rollout',
    what: 'A verdict or labels were given for a rollout that is not in the run.',
    given: id,
    todo: 'Append the rollout first, or together with them and before them.',
  });

export const runIsClosed = (name: string): Error =>
  inputError({ code: 'run-is-closed', what: `${name} was closed: nothing can be appended.` });
