/** Claims about the base alone. */
import { clopperPearson } from '../stats/proportion.ts';
import type { LevelClaim } from './claim.ts';
import { cannotBeSaid, checkpointIn, type Decision, type JudgedClaim, type MatricesOf } from './claim-verdict.ts';
import { wearOfLevel } from './claim-wear.ts';
import { cellOf } from './matrix.ts';

type Judged = Pick<JudgedClaim, 'comparisons'> & Decision;

const percent = (share: number): string => `${Number((share * 100).toPrecision(2))} %`;

/** Where even no event on so many tasks would not show the bound, in words. */
const reachText = ({ expect, bound }: LevelClaim, clusters: number): string => {
  const least = clopperPearson(0, clusters)[1];
  return expect === 'at most' && least > bound
    ? `; without a single event it would end at ${percent(least)}, so with ${clusters} tasks this bound can be refuted, not confirmed`
    : '';
};

/** `seed`: the first that is listed. All seeds have the same base, so one of them is asked, and which is fixed beforehand. */
export const judgeLevel = (claim: LevelClaim, seed: string | undefined, of: MatricesOf): Judged => {
  const run = of(claim.entry).find((matrix) => matrix.seed === seed);
  if (run === undefined) return { ...cannotBeSaid(`${claim.entry} not run yet`), comparisons: [] };
  const checkpoint = checkpointIn(run, claim);
  const cell = cellOf(run, checkpoint, claim.environment, claim.label);
  if (cell === null) return { ...cannotBeSaid(`not evaluated at ${checkpoint}`), comparisons: [] };
  const { interval, clusters } = cell.interval;
  const decided = (): Decision => {
    if (interval === null) return cannotBeSaid('no interval');
    const wear = wearOfLevel(claim, run);
    if (wear !== null) return cannotBeSaid(wear);
    const [low, high] = interval;
    const isAtLeast = claim.expect === 'at least';
    if (isAtLeast ? low >= claim.bound : high <= claim.bound)
      return { verdict: 'replicates', why: 'the interval lies within the bound' };
    if (isAtLeast ? high < claim.bound : low > claim.bound)
      return { verdict: 'does not replicate', why: 'the interval lies beyond the bound' };
    return cannotBeSaid(`the interval holds the bound${reachText(claim, clusters)}`);
  };
  return { ...decided(), comparisons: [{ against: '', estimate: cell.interval }] };
};
