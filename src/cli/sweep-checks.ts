/** What is looked at before a sweep spends anything: whether its entries can be run, and on what its runs stand. */
import { inputError, SubterfugeError } from '../base/errors.ts';
import type { RunMade, SweepState } from '../report/training-results.ts';
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

/**
 * What an overseer of a recipe would call itself, where what is behind its name can change: the hash of a preference model. Null:
 * it is called as it is asked for.
 */
export type OverseerName = (overseer: string) => Promise<string | null>;

export const namedOverseer: OverseerName = async (overseer) => {
  const [, directory] = /^preference:(.+)$/su.exec(overseer) ?? [];
  if (directory === undefined) return null;
  const { preferenceName } = await import('../grade/overseer-preference-open.ts');
  return await preferenceName(directory);
};

export interface Checked {
  /** Entries that cannot be run, and why: an environment or a base is missing, or training on one is refused. */
  readonly blocked: ReadonlyMap<string, string>;
  /** Hashes of the bases that are there, by their names in recipes. */
  readonly bases: ReadonlyMap<string, string>;
  /** What overseers that are there call themselves, by their names in recipes. */
  readonly overseers: ReadonlyMap<string, string>;
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
export const checkEntries = async (
  io: Io,
  plan: SweepPlan,
  hashOf: BaseHash = shippedBaseHash,
  nameOf: OverseerName = namedOverseer,
): Promise<Checked> => {
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
  const overseers = new Map<string, string>();
  const overseerProblems = new Map<string, string | null>();
  const overseerProblem = async ({ overseer }: Recipe): Promise<string | null> => {
    const known = overseerProblems.get(overseer);
    if (known !== undefined) return known;
    const problem = await said(async () => {
      const called = await nameOf(overseer);
      if (called !== null) overseers.set(overseer, called);
    });
    const told = problem === null ? null : `its overseer "${overseer}" cannot be used: ${problem}`;
    overseerProblems.set(overseer, told);
    return told;
  };
  for (const [name, recipe] of plan.recipes) {
    const problem =
      (await said(() => resolveEnvironments(recipe, find))) ??
      (await baseProblem(recipe)) ??
      (await overseerProblem(recipe));
    if (problem !== null) blocked.set(name, problem);
  }
  return { blocked, bases, overseers };
};

/** The runs of which something is called otherwise by now, in words. */
const changed = (
  states: readonly SweepState[],
  now: ReadonlyMap<string, string>,
  of: (made: RunMade) => readonly [asked: string, then: string],
  short: (value: string) => string,
): string[] =>
  states.flatMap(({ run, made }) => {
    if (made === null) return [];
    const [asked, then] = of(made);
    const called = now.get(asked);
    return called === undefined || called === then
      ? []
      : [`${run.place} stands on ${asked} ${short(then)}, which is ${short(called)} now`];
  });

const SHORT = 12;

/** Throws `another-base` or `another-overseer` (exit code 2) where runs stand on other weights than a run that is begun now would. */
export const requireSameModels = (
  states: readonly SweepState[],
  { bases, overseers }: Pick<Checked, 'bases' | 'overseers'>,
): void => {
  const others = changed(
    states,
    bases,
    ({ base }) => [base.name, base.hash],
    (hash) => hash.slice(0, SHORT),
  );
  if (others.length > 0)
    throw inputError({
      code: 'another-base',
      what: 'This sweep was begun with another base model: runs of two bases do not belong in one table.',
      given: others.join('; '),
      todo: 'Put the base back, or choose another --out. --only-report writes the tables of what is there.',
    });
  const judged = changed(
    states,
    overseers,
    ({ overseer }) => [overseer.asked, overseer.name],
    (name) => name,
  );
  if (judged.length > 0)
    throw inputError({
      code: 'another-overseer',
      what: 'This sweep was begun with another overseer: runs that were rewarded by two do not belong in one table.',
      given: judged.join('; '),
      todo: 'Put the overseer back, or choose another --out. --only-report writes the tables of what is there.',
    });
};
