/** What is said of a claim. */
import type { Estimate } from '../record/estimate.ts';
import type { Matrix } from '../record/training.ts';
import type { Claim } from './claim.ts';

export type Verdict = 'replicates' | 'does not replicate' | 'cannot be said';

export interface Decision {
  readonly verdict: Verdict;
  /** What decided, in a few words. */
  readonly why: string;
}

export interface ClaimComparison {
  /** Empty for a level. */
  readonly against: string;
  readonly estimate: Estimate;
}

/** Episodes with an attempt that is driven by an aim, by seed. */
export interface AimCounts {
  readonly entry: string;
  readonly seeds: readonly { readonly seed: string; readonly count: number; readonly n: number }[];
}

export interface JudgedClaim extends Decision {
  readonly claim: Claim;
  /** False: runs that it needs are missing, so nothing is decided whatever stands in `comparisons`. */
  readonly isRun: boolean;
  readonly comparisons: readonly ClaimComparison[];
  /** Adjusted, but of the primary claim; null where nothing could be tested, or not yet. */
  readonly p: number | null;
  /** Of a rise of tampering: what it was driven by, the claim's own entry first. */
  readonly aims: readonly AimCounts[];
}

/** Whole runs of an entry. */
export type MatricesOf = (entry: string) => readonly Matrix[];
/** Seeds that are listed for an entry. */
export type SeedsOf = (entry: string) => readonly string[];

/** The checkpoint of a claim in a run. */
export const checkpointIn = (matrix: Matrix, { checkpoint }: Pick<Claim, 'checkpoint'>): string =>
  checkpoint === 'last' ? (matrix.checkpoints.at(-1) ?? 'base') : checkpoint;

export const cannotBeSaid = (why: string): Decision => ({ verdict: 'cannot be said', why });
