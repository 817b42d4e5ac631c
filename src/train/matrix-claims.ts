/** Whether a claim of the paper replicates, decided from matrices alone by the rule of claim-rule.ts. */
import type { Estimate } from '../record/estimate.ts';
import type { Matrix } from '../record/training.ts';
import { holm } from '../stats/multiplicity.ts';
import { ALPHA } from '../stats/readings.ts';
import { type Claim, type DenseClaim, isAdjusted, type ShiftClaim } from './claim.ts';
import { aimsOf, aimsProblem } from './claim-aims.ts';
import { judgeLevel } from './claim-level.ts';
import { LEAST_SEEDS } from './claim-rule.ts';
import { missingRuns, plannedSeeds } from './claim-runs.ts';
import {
  cannotBeSaid,
  checkpointIn,
  type Decision,
  type JudgedClaim,
  type MatricesOf,
  type SeedsOf,
  type Verdict,
} from './claim-verdict.ts';
import { wearOf, wearOfDense } from './claim-wear.ts';
import { contrastOverSeeds, type SeedDifference, shiftOverSeeds } from './matrix-seeds.ts';
import type { Sweep } from './sweep.ts';

export type { JudgedClaim } from './claim-verdict.ts';

/** Against one control. */
type Tested = SeedDifference & { readonly against: string; readonly planned: readonly string[] };
type TestedClaim = ShiftClaim | DenseClaim;

const controlsOf = (claim: TestedClaim): readonly string[] => (claim.kind === 'shift' ? claim.against : [claim.minus]);

const differenceFrom = (claim: TestedClaim, against: string, runs: readonly Matrix[], of: MatricesOf) => {
  if (claim.kind === 'dense')
    return contrastOverSeeds(runs, (matrix) => checkpointIn(matrix, claim), claim.measure, against);
  const [first] = runs;
  const checkpoint = first === undefined ? claim.checkpoint : checkpointIn(first, claim);
  return shiftOverSeeds(runs, of(against), { checkpoint, environment: claim.environment, label: claim.label });
};

const testedBy = (claim: TestedClaim, of: MatricesOf, seedsOf: SeedsOf): Tested[] => {
  const runs = of(claim.entry);
  if (runs.length === 0) return [];
  return controlsOf(claim).map((against) => ({
    against,
    planned: plannedSeeds(claim, against, seedsOf),
    ...differenceFrom(claim, against, runs, of),
  }));
};

/** Turned so that what the paper says is positive. */
const towards = ({ interval }: Estimate, expect: 'higher' | 'lower'): readonly [number, number] | null =>
  interval === null ? null : expect === 'higher' ? interval : [-interval[1], -interval[0]];

/** Of a claim whose runs are all there: what keeps it from being decided by its intervals. */
const obstacle = (claim: TestedClaim, tested: readonly Tested[], of: MatricesOf): string | null => {
  const what = claim.kind === 'shift' ? `${claim.environment} ${claim.label}` : `${claim.measure} or ${claim.minus}`;
  for (const { against, planned, seeds } of tested) {
    const lost = planned.filter((wanted) => !seeds.some(({ seed }) => seed === wanted));
    const where = claim.kind === 'shift' ? ` here or in ${against}` : '';
    if (lost.length > 0) return `${what} is missing or unscored${where}, seed ${lost.join(', ')}`;
    if (planned.length < LEAST_SEEDS) return `fewer than ${LEAST_SEEDS} seeds are listed for it and ${against}`;
  }
  return claim.kind === 'shift' ? wearOf(claim, of) : wearOfDense(claim, of(claim.entry));
};

/** Below this a difference of two shares is rounding. */
const ROUNDING = 1e-12;
const differing = ({ seeds }: Tested): number =>
  seeds.filter(({ difference }) => Math.abs(difference) > ROUNDING).length;

const byIntervals = (claim: TestedClaim, tested: readonly Tested[], p: number | null): Decision => {
  const sides = tested.map((one) => ({ one, interval: towards(one.estimate, claim.expect) }));
  const known = sides.flatMap(({ one, interval }) =>
    interval === null ? [] : [{ one, low: interval[0], high: interval[1] }],
  );
  const few = known.find(({ one }) => differing(one) < LEAST_SEEDS);
  const none = known.find(({ one, low, high }) => low <= 0 && high < claim.least && differing(one) >= LEAST_SEEDS);
  if (none !== undefined)
    return {
      verdict: 'does not replicate',
      why: `against ${none.one.against} the interval ${none.high < 0 ? 'lies on the other side' : 'ends before the least difference that counts'}`,
    };
  if (known.length < sides.length) return cannotBeSaid('no interval');
  if (few !== undefined)
    return cannotBeSaid(
      `too few seeds differ from ${few.one.against} at all to know their spread: ${differing(few.one)} of ${few.one.seeds.length}`,
    );
  const open = known.find(({ low }) => low <= 0);
  if (open !== undefined) return cannotBeSaid(`against ${open.one.against} the interval holds 0`);
  if (p === null || p > ALPHA) return cannotBeSaid('not beyond chance among so many claims');
  const small = known.find(({ high }) => high < claim.least);
  if (small !== undefined)
    return cannotBeSaid(`${claim.expect} than ${small.one.against}, but by less than the least difference that counts`);
  return { verdict: 'replicates', why: `${claim.expect} than each` };
};

const decide = (claim: TestedClaim, tested: readonly Tested[], p: number | null, of: MatricesOf): Decision => {
  const problem = obstacle(claim, tested, of);
  if (problem !== null) return cannotBeSaid(problem);
  const decision = byIntervals(claim, tested, p);
  if (decision.verdict !== 'replicates' || claim.kind !== 'shift') return decision;
  const aims = aimsProblem(aimsOf(claim, of));
  return aims === null ? decision : cannotBeSaid(aims);
};

/** Of a claim that must hold against each of several controls: the greatest; null where one could not be tested. */
const weakest = (tested: readonly Tested[]): number | null =>
  tested.length === 0 || tested.some((one) => one.p === null) ? null : Math.max(...tested.map((one) => one.p ?? 1));

/** `place`: of the claim that it supposes, from 1. */
const premiseProblem = (place: number, verdict: Verdict): string | null => {
  switch (verdict) {
    case 'replicates':
      return null;
    case 'does not replicate':
      return `it supposes claim ${place}, which does not replicate`;
    case 'cannot be said':
      return `it supposes claim ${place}, of which it cannot be said`;
  }
};

interface Row {
  readonly claim: Claim;
  /** From 1; null: it supposes nothing. */
  readonly supposes: number | null;
  /** Which runs it, or what it supposes, waits for. */
  readonly missing: string | null;
  readonly tested: readonly Tested[];
  /** Null where it cannot be tested, or not yet. */
  readonly p: number | null;
}

const rowsOf = (claims: readonly Claim[], of: MatricesOf, seedsOf: SeedsOf): readonly Row[] => {
  const rows: Row[] = [];
  for (const claim of claims) {
    const place = claims.findIndex(({ name }) => name !== undefined && name === claim.given) + 1;
    const supposes = place === 0 ? null : place;
    const waits = supposes !== null && (rows[supposes - 1]?.missing ?? null) !== null;
    const missing =
      missingRuns(claim, of, seedsOf) ?? (waits ? `it supposes claim ${supposes}, which waits for runs` : null);
    const tested = claim.kind === 'level' ? [] : testedBy(claim, of, seedsOf);
    rows.push({ claim, supposes, missing, tested, p: missing === null ? weakest(tested) : null });
  }
  return rows;
};

const judge = (
  row: Row,
  p: number | null,
  above: readonly JudgedClaim[],
  of: MatricesOf,
  seedsOf: SeedsOf,
): JudgedClaim => {
  const { claim, supposes, missing, tested } = row;
  const premise = supposes === null ? null : premiseProblem(supposes, above[supposes - 1]?.verdict ?? 'cannot be said');
  const stop = missing ?? premise;
  const isRun = missing === null;
  if (claim.kind === 'level') {
    const level = judgeLevel(claim, seedsOf(claim.entry)[0], of);
    return { claim, isRun, p: null, aims: [], ...level, ...(stop === null ? {} : cannotBeSaid(stop)) };
  }
  const decision = stop === null ? decide(claim, tested, p, of) : cannotBeSaid(stop);
  const comparisons = tested.map(({ against, estimate }) => ({ against, estimate }));
  return { claim, isRun, p, aims: claim.kind === 'shift' ? aimsOf(claim, of) : [], comparisons, ...decision };
};

/** In the order given. A claim is decided only when every run is there that its entries list. */
export const judgeClaims = (sweep: Pick<Sweep, 'claims' | 'entries'>, matricesOf: MatricesOf): JudgedClaim[] => {
  const seedsOf: SeedsOf = (name) => sweep.entries.find((entry) => entry.name === name)?.seeds ?? [];
  const rows = rowsOf(sweep.claims, matricesOf, seedsOf);
  const family = rows.filter(({ claim }) => isAdjusted(claim));
  const adjusted = holm(family.map(({ p }) => p ?? 1));
  const judged: JudgedClaim[] = [];
  for (const row of rows) {
    const p = row.p === null || !isAdjusted(row.claim) ? row.p : (adjusted[family.indexOf(row)] ?? 1);
    judged.push(judge(row, p, judged, matricesOf, seedsOf));
  }
  return judged;
};
