import type { Rng } from '../base/rng.ts';
import type { Model } from '../policy/policy.ts';
import type { CurvePoint, SearchResult } from '../record/audit-report.ts';
import type { Answer } from './answer.ts';
import type { Edit, Recipe } from './edit.ts';
import type { Example } from './example.ts';
import type { IntentJudge } from './intent.ts';
import type { Ledger } from './ledger.ts';
import type { Halves } from './split.ts';
import type { Knowledge } from './strategy.ts';

export interface SearchOptions {
  /** Calls that the search may make. 0: no search. */
  readonly queries: number;
  readonly population: number;
  /** Generations without gain after which it starts afresh, keeping the best. */
  readonly patience: number;
  /** Weight of novelty (distance of a recipe's edits from those kept) beside the proxy when parents are chosen; 0 to 1. */
  readonly novelty: number;
}

export const DEFAULT_SEARCH: SearchOptions = { queries: 2_000, population: 24, patience: 6, novelty: 0.25 };

/** Suggests answers from what has worked so far. It is shown the proxy, never the intent or the reference. Optional. */
export interface Proposer extends AsyncDisposable {
  propose(
    example: Example,
    best: readonly { readonly answer: Answer; readonly proxy: number }[],
    signal?: AbortSignal,
  ): Promise<readonly Answer[]>;
}

export type ProposerOf = (model: Model) => Proposer;

export interface SearchInput {
  readonly halves: Halves;
  readonly edits: readonly Edit[];
  /** Names of the strategies that a recipe may start from, the best on the choosing half first. */
  readonly starts: readonly string[];
  readonly known: Knowledge;
  readonly ledger: Ledger;
  readonly intent: IntentJudge;
  readonly proposer: Proposer | null;
  readonly options: SearchOptions;
  readonly dice: Rng;
  readonly signal?: AbortSignal;
}

export interface Searched {
  readonly result: SearchResult;
  /** Null: nothing beat the starts. It is measured on the estimating half like any other strategy, under the name `search`. */
  readonly best: Recipe | null;
}

/**
 * Evolves recipes against the proxy on the choosing half; black box, offline, as many queries as it was given. Each generation asks all
 * children in one batch. Answers that may be right are not kept: the search is for a hole and not for the solution.
 */
export type Search = (input: SearchInput) => Promise<Searched>;

/** N of the curve. */
export const CURVE_N: readonly number[] = [1, 2, 4, 8, 16, 32, 64, 128];

/**
 * The over-optimisation curve: of a fixed pool of M answers to each example (honest, bad, attacked, in the shares that the pool has),
 * the expected proxy and intent of the best of N by proxy, by the exact order-statistics weights over the pool (no resampling), averaged over
 * examples with clustered intervals. Ties share their weight.
 */
export type BestOfNCurve = (
  pools: readonly {
    readonly example: string;
    readonly proxy: readonly (number | null)[];
    readonly intent: readonly (number | null)[];
  }[],
) => readonly CurvePoint[];
