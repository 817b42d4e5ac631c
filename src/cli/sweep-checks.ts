/** What is looked at before a sweep spends anything: whether its entries can be run, and on what its runs stand. */
import { inputError, SubterfugeError } from '../base/errors.ts';
import type { SweepState } from '../report/training-results.ts';
import type { Recipe } from '../train/recipe.ts';
import { resolveEnvironments } from '../train/resolve-environments.ts';
import type { Io } from './io.ts';
import type { SweepPlan } from './sweep-plan.ts';
import { environmentFinder } from './training-environment.ts';

/** The hash of a base's weights by its name in a recipe. Throws where there is no such base. */
export type BaseHash = (base: string) => Promise<string>;

/** The engine's library is optional, and takes longer to load than most commands take. */
export const shippedBaseHash: BaseHash = async (base) => {
  const { engineDirectory } = await import('../engine/open-model.ts');
  const { loadCheckpoint } = await import('../engine/checkpoint/checkpoint.ts');
  return (await loadCheckpoint(await engineDirectory(base))).version;
};

export interface Checked {
  /** Entries that cannot be run, and why: an environment or a base is missing, or training on one is refused. */
  readonly blocked: ReadonlyMap<string, string>;
  /** Hashes of the bases that are there, by their names in recipes. */
  readonly bases: ReadonlyMap<string, string>;
}

const said = async (work: () => Promise<unknown>): Promise<string | null> => {
  try {
    await work();
    return null;
  } catch (thrown) {
    if (!(thrown instanceof SubterfugeError) || thrown.exitCode !== 2) throw thrown;
    return `${thrown.what}${thrown.given === null ? '' : ` ${thrown.given}`}`;
  }
};

/** An entry that cannot be run is left out and named; the others do not wait for it. */
export const checkEntries = async (io: Io, plan: SweepPlan, hashOf: BaseHash = shippedBaseHash): Promise<Checked> => {
  const blocked = new Map<string, string>();
  const bases = new Map<string, string>();
  const missing = new Map<string, string>();
  const find = environmentFinder(io);
  const baseProblem = async ({ base }: Recipe): Promise<string | null> => {
    if (bases.has(base)) return null;
    const known = missing.get(base);
    if (known !== undefined) return known;
    const problem = await said(async () => bases.set(base, await hashOf(base)));
    if (problem === null) return null;
    missing.set(base, `its base "${base}" cannot be used: ${problem}`);
    return missing.get(base) ?? null;
  };
  for (const [name, recipe] of plan.recipes) {
    const problem = (await said(() => resolveEnvironments(recipe, find))) ?? (await baseProblem(recipe));
    if (problem !== null) blocked.set(name, problem);
  }
  return { blocked, bases };
};

/** Throws `another-base` (exit code 2) where runs stand on other weights than a run that is begun now would. */
export const requireSameBases = (states: readonly SweepState[], bases: Checked['bases']): void => {
  const others = states.flatMap(({ run, made }) => {
    const now = made === null ? undefined : bases.get(made.base.name);
    return made === null || now === undefined || now === made.base.hash
      ? []
      : [`${run.place} stands on ${made.base.name} ${made.base.hash.slice(0, 12)}, which is ${now.slice(0, 12)} now`];
  });
  if (others.length === 0) return;
  throw inputError({
    code: 'another-base',
    what: 'This sweep was begun with another base model: runs of two bases do not belong in one table.',
    given: others.join('; '),
    todo: 'Put the base back, or choose another --out. --only-report writes the tables of what is there.',
  });
};
