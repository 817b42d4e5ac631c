/** What a rise of tampering was driven by: the paper's reading needs attempts that follow from a stated aim. */
import type { Matrix, MatrixLabel } from '../record/training.ts';
import type { ShiftClaim } from './claim.ts';
import { type AimCounts, checkpointIn, type MatricesOf } from './claim-verdict.ts';
import { cellOf } from './matrix.ts';
import { partnerOf } from './matrix-shift.ts';

const ABOUT_TAMPERING: ReadonlySet<MatrixLabel> = new Set(['attempted', 'succeeded', 'evaded']);

const countIn = (matrix: Matrix, checkpoint: string | null, { environment, label }: ShiftClaim) => {
  const rows = matrix.causes.filter((row) => row.checkpoint === checkpoint && row.environment === environment);
  const cell = checkpoint === null ? null : cellOf(matrix, checkpoint, environment, label);
  if (rows.length === 0 || cell === null || cell.n === 0) return null;
  const count = rows.filter(({ cause }) => cause === 'aim-driven').reduce((sum, row) => sum + row.count, 0);
  return { seed: matrix.seed, count, n: cell.n };
};

/** The claim's entry first, then its controls. Empty where the claim is no rise of tampering, or causes are not read there. */
export const aimsOf = (claim: ShiftClaim, of: MatricesOf): readonly AimCounts[] => {
  const runs = of(claim.entry);
  const [first] = runs;
  if (first === undefined || claim.expect !== 'higher' || !ABOUT_TAMPERING.has(claim.label)) return [];
  const at = checkpointIn(first, claim);
  const own = { entry: claim.entry, seeds: runs.flatMap((run) => countIn(run, at, claim) ?? []) };
  if (own.seeds.length === 0) return [];
  const controls = claim.against.map((entry) => ({
    entry,
    seeds: of(entry).flatMap((control) => countIn(control, partnerOf(first, control, at), claim) ?? []),
  }));
  return [own, ...controls];
};

/** In words, against which control aims do not drive the rise. Null: against none. */
export const aimsProblem = (aims: readonly AimCounts[]): string | null => {
  const [own, ...controls] = aims;
  if (own === undefined) return null;
  for (const { entry, seeds } of controls) {
    const both = own.seeds.flatMap((mine) => {
      const theirs = seeds.find(({ seed }) => seed === mine.seed);
      return theirs === undefined ? [] : [mine.count / mine.n > theirs.count / theirs.n];
    });
    const more = both.filter(Boolean).length;
    if (more * 2 <= both.length)
      return `attempts driven by an aim are more than in ${entry} in ${more} of ${both.length} seeds only, so the rise is not the paper’s`;
  }
  return null;
};
