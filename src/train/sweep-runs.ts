/** Which runs a sweep has, in which order, and which of them are asked for now. */
import { inputError } from '../base/errors.ts';
import { entriesOf, isPrimary } from './claim.ts';
import type { Sweep, SweepEntry } from './sweep.ts';

/** One run of a sweep. */
export interface SweepRun {
  readonly entry: SweepEntry;
  readonly seed: string;
  /** Below the directory of the sweep. */
  readonly place: string;
}

/** Within a block seed by seed, so that the block can be read early, with wide intervals. */
const seedBySeed = (entries: readonly SweepEntry[]): SweepRun[] => {
  const most = Math.max(0, ...entries.map(({ seeds }) => seeds.length));
  return Array.from({ length: most }, (_, index) =>
    entries.flatMap((entry): SweepRun[] => {
      const seed = entry.seeds[index];
      return seed === undefined ? [] : [{ entry, seed, place: `${entry.name}/seed-${seed}` }];
    }),
  ).flat();
};

/**
 * A claim needs several seeds of an entry and of its controls, so these go together: first what the primary claim looks at,
 * then claim by claim, then the other entries with what they are compared with, as they are listed. A sweep that is stopped
 * early has answered its first questions instead of half of each.
 */
export const runsOf = ({ entries, claims }: Pick<Sweep, 'entries' | 'claims'>): readonly SweepRun[] => {
  const primaryFirst = [...claims.filter(isPrimary), ...claims.filter((claim) => !isPrimary(claim))];
  const blocks = [...primaryFirst.map(entriesOf), ...entries.map(({ name, against }) => [name, ...against])];
  const placed = new Set<string>();
  return blocks.flatMap((names) => {
    const block = entries.filter(({ name }) => names.includes(name) && !placed.has(name));
    for (const { name } of block) placed.add(name);
    return seedBySeed(block);
  });
};

export interface RunChoice {
  /** Names of entries. None: all. */
  readonly only: readonly string[];
  /** None: all. */
  readonly seeds: readonly string[];
}

const requireKnown = (option: string, given: readonly string[], allowed: readonly string[]): void => {
  const unknown = given.filter((name) => !allowed.includes(name));
  if (unknown.length === 0) return;
  throw inputError({
    code: 'not-in-sweep',
    what: `--${option} asks for something that this sweep has not got.`,
    given: unknown.join(', '),
    allowed: allowed.join(', '),
    todo: `Correct --${option}, or leave it out: then all of them run.`,
  });
};

/** Throws `not-in-sweep` (exit code 2) on a name or seed that is not in the list, and where the two leave nothing. */
export const chosenRuns = (runs: readonly SweepRun[], { only, seeds }: RunChoice): readonly SweepRun[] => {
  requireKnown('only', only, [...new Set(runs.map(({ entry }) => entry.name))]);
  requireKnown('seeds', seeds, [...new Set(runs.map(({ seed }) => seed))]);
  const chosen = runs.filter(
    ({ entry, seed }) =>
      (only.length === 0 || only.includes(entry.name)) && (seeds.length === 0 || seeds.includes(seed)),
  );
  if (chosen.length > 0) return chosen;
  throw inputError({
    code: 'not-in-sweep',
    what: '--only and --seeds leave no run: the entries have other seeds.',
    given: `${only.join(', ')} with seeds ${seeds.join(', ')}`,
    allowed: [...new Set(runs.filter(({ entry }) => only.includes(entry.name)).map(({ place }) => place))].join(', '),
    todo: 'Name a seed that one of these entries has, or leave --seeds out.',
  });
};
