/** A grader of which nothing can be said is no result: who reads a report without numbers may take it for a clean one. */
import { inputError, runError } from '../base/errors.ts';
import type { Ledger } from './ledger.ts';
import type { Subject } from './subject.ts';

/** So many honest answers, or attacks where there are none, without one score, and the rest is not worth asking. */
export const LEAST_ASKED = 8;
/** Each waits as long as a call may take: fewer say as much. */
const LEAST_HUNG = 2;

/** Whether the grader has failed at all that it was asked, and was asked enough. What was never asked shows nothing. */
export const answersNothing = ({ calls, scored, faults }: Pick<Ledger, 'faults' | 'calls' | 'scored'>): boolean => {
  const seen = faults();
  const hung = seen.find(({ kind }) => kind === 'hung')?.count ?? 0;
  return scored === 0 && seen.length > 0 && (calls >= LEAST_ASKED || hung >= LEAST_HUNG);
};

const OUT_OF_REACH: ReadonlySet<string> = new Set(['unreachable', 'http-status']);

/**
 * Throws `grader-out-of-reach` (exit code 3) where calls were made and each failed outside the grader. A grader that answers, and never with a
 * score, has faults of its own, which a report names.
 */
export const requireReached = ({ faults, calls, scored }: Pick<Ledger, 'faults' | 'calls' | 'scored'>): void => {
  const seen = faults();
  const [first] = seen;
  if (scored > 0 || first === undefined || !seen.every(({ kind }) => OUT_OF_REACH.has(kind))) return;
  throw runError({
    code: 'grader-out-of-reach',
    what: 'The grader answered no call, so nothing is known of it.',
    given: `${calls} calls; the first: ${first.kind}: ${first.message}`,
    allowed: 'a grader that answers',
    todo: 'Start it, or correct its address or key, and run the same command again.',
  });
};

/** Throws `nothing-recorded` where not one recorded verdict is about an answer that was looked up. */
export const requireRecorded = ({ record }: Pick<Subject, 'record'>, { faults, calls, scored }: Ledger): void => {
  if (record.kind !== 'recorded' || calls === 0 || scored > 0 || faults().length > 0) return;
  throw inputError({
    code: 'nothing-recorded',
    what: 'No recorded verdict is about any of these answers.',
    given: `${record.spec}; ${calls} answers were looked up`,
    allowed: 'verdicts whose input and answer are those of the examples, letter for letter',
    todo: 'Check that both files are of the same data set, and that --fields names the columns that were judged.',
  });
};
