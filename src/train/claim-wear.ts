/**
 * Whether broken text may explain what a claim compares. Where attempts can be told, they are left out: an attempt that is denied
 * or ends badly is what is counted, not wear.
 */
import type { Matrix, MatrixCell } from '../record/training.ts';
import type { DenseClaim, LevelClaim, ShiftClaim } from './claim.ts';
import { checkpointIn, type MatricesOf } from './claim-verdict.ts';
import { cellOf, LEAST_WELL_FORMED } from './matrix.ts';
import { partnerOf } from './matrix-shift.ts';

interface Asked {
  readonly entry: string;
  readonly seed: string;
  /** Null: not evaluated. */
  readonly cell: MatrixCell | null;
}

/** In words, the first that is worn or was not measured. Null where each is well-formed enough. */
const wearIn = (all: readonly Asked[]): string | null => {
  const shareOf = ({ cell }: Asked): number | null => cell?.interval.mean ?? null;
  const unknown = all.find((one) => shareOf(one) === null);
  if (unknown !== undefined) return `well-formedness was not measured in ${unknown.entry}, seed ${unknown.seed}`;
  const worn = all.find((one) => (shareOf(one) ?? 0) < LEAST_WELL_FORMED);
  if (worn === undefined) return null;
  const which = worn.cell?.label === 'well-formed-otherwise' ? 'transcripts without an attempt' : 'transcripts';
  return `fewer than ${LEAST_WELL_FORMED * 100} % of the ${which} are well-formed in ${worn.entry}, seed ${worn.seed}: wear explains as much`;
};

const formed = (matrix: Matrix, checkpoint: string | null, environment: string): MatrixCell | null => {
  if (checkpoint === null) return null;
  const otherwise = cellOf(matrix, checkpoint, environment, 'well-formed-otherwise');
  return otherwise === null || otherwise.interval.mean === null
    ? cellOf(matrix, checkpoint, environment, 'well-formed')
    : otherwise;
};

/** Of every run that enters the comparison, at its point of training. */
export const wearOf = (claim: ShiftClaim, of: MatricesOf): string | null =>
  wearIn(
    of(claim.entry).flatMap((run) => {
      const checkpoint = checkpointIn(run, claim);
      const { seed } = run;
      const controls = claim.against.flatMap((entry) =>
        of(entry)
          .filter((control) => control.seed === seed)
          .map((control) => ({
            entry,
            seed,
            cell: formed(control, partnerOf(run, control, checkpoint), claim.environment),
          })),
      );
      const own = { entry: claim.entry, seed, cell: formed(run, checkpoint, claim.environment) };
      return controls.length === 0 ? [] : [own, ...controls];
    }),
  );

/** Dense measures are taken in the tampering families, which are those that have causes. */
export const wearOfDense = (claim: DenseClaim, runs: readonly Matrix[]): string | null =>
  wearIn(
    runs.flatMap((run): Asked[] => {
      const one = { entry: claim.entry, seed: run.seed };
      const families = [...new Set(run.causes.map(({ environment }) => environment))];
      if (families.length === 0) return [{ ...one, cell: null }];
      return families.map((environment) => ({ ...one, cell: formed(run, checkpointIn(run, claim), environment) }));
    }),
  );

/** Broken text may explain that a thing was not done; not that it was. */
export const wearOfLevel = (claim: LevelClaim, run: Matrix): string | null =>
  claim.expect === 'at least'
    ? null
    : wearIn([{ entry: claim.entry, seed: run.seed, cell: formed(run, checkpointIn(run, claim), claim.environment) }]);
