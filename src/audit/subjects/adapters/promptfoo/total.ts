import type { CallFault } from '../../../../record/audit.ts';
import type { Checked } from './rules.ts';

/** One assertion's outcome, or why there is none. */
export type Result = (Checked & { readonly kind: 'checked' }) | { readonly kind: 'fault'; readonly fault: CallFault };

export interface Weighed {
  readonly result: Result;
  readonly weight: number;
}

/** `not-`: passes where it failed; the score is turned over. */
export const inverted = (result: Result): Result =>
  result.kind === 'fault' ? result : { kind: 'checked', pass: !result.pass, score: 1 - result.score };

/**
 * As promptfoo sums up: the mean score by weight; passed where all passed, or, with a threshold, where the mean reaches it. No assertions
 * at all pass. One that could not be decided leaves the whole undecided, since the others cannot speak for it.
 */
export const total = (results: readonly Weighed[], threshold: number | null): Result => {
  const fault = results.find(({ result }) => result.kind === 'fault')?.result;
  if (fault !== undefined) return fault;
  if (results.length === 0) return { kind: 'checked', pass: true, score: 1 };
  let weights = 0;
  let sum = 0;
  let all = true;
  for (const { result, weight } of results) {
    if (result.kind === 'fault') continue;
    weights += weight;
    sum += weight * result.score;
    all &&= result.pass;
  }
  const score = weights > 0 ? sum / weights : 0;
  return { kind: 'checked', pass: threshold === null ? all : score >= threshold, score };
};
