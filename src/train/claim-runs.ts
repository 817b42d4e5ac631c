/** Which runs a claim needs, and what is missing of them. */
import { type Claim, entriesOf } from './claim.ts';
import type { MatricesOf, SeedsOf } from './claim-verdict.ts';

/** Seeds that are listed for both sides. What was run does not enter: nobody can choose them by what was seen. */
export const plannedSeeds = (claim: Claim, against: string, seedsOf: SeedsOf): readonly string[] => {
  const own = seedsOf(claim.entry);
  switch (claim.kind) {
    case 'shift':
      return own.filter((seed) => seedsOf(against).includes(seed));
    case 'dense':
      return own;
    case 'level':
      return own.slice(0, 1);
  }
};

const neededOf = (claim: Claim, entry: string, seedsOf: SeedsOf): readonly string[] => {
  if (claim.kind !== 'shift') return plannedSeeds(claim, '', seedsOf);
  if (entry !== claim.entry) return plannedSeeds(claim, entry, seedsOf);
  return seedsOf(entry).filter((seed) => claim.against.some((other) => seedsOf(other).includes(seed)));
};

/** In words: `sham 2 of 5 seeds so far, random-reward not run yet`. Null: every run is there. */
export const missingRuns = (claim: Claim, matricesOf: MatricesOf, seedsOf: SeedsOf): string | null => {
  const texts = entriesOf(claim).flatMap((entry) => {
    const needed = neededOf(claim, entry, seedsOf);
    const there = needed.filter((wanted) => matricesOf(entry).some(({ seed }) => seed === wanted)).length;
    if (there === needed.length) return [];
    return [there === 0 ? `${entry} not run yet` : `${entry} ${there} of ${needed.length} seeds so far`];
  });
  return texts.length === 0 ? null : texts.join(', ');
};
