/** What is looked at before a sweep spends anything: whether its entries can be run, and on what its runs stand. */
import { inputError, SubterfugeError } from '../base/errors.ts';
import type { RunMade, SweepState } from '../report/training-results.ts';
import { resolveEnvironments } from '../train/resolve-environments.ts';
import { witnessesOf } from '../train/rewards.ts';
import type { Io } from './io.ts';
import { oversightOpener } from './oversight.ts';
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
 * What an overseer or monitor of a recipe would call itself, where what is behind its name can change: the hash of a preference
 * model. Null: it is called as it is asked for. Throws where it cannot be opened.
 */
export type OverseerName = (overseer: string) => Promise<string | null>;

export const namedOverseer =
  (io: Io): OverseerName =>
  async (overseer) => {
    const [, directory] = /^preference:(.+)$/su.exec(overseer) ?? [];
    if (directory !== undefined) {
      const { preferenceName } = await import('../grade/overseer-preference-open.ts');
      return await preferenceName(directory);
    }
    // Opened to see that it can be: a key that is missing would end every run that asks it. Nothing is asked.
    await using opened = new AsyncDisposableStack();
    await oversightOpener(io, 'sweep', 1, opened)(overseer);
    return null;
  };

export interface Checked {
  /** Entries that cannot be run, and why: an environment, a base or an overseer is missing, or training on one is refused. */
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

/** Looks once at each base, or overseer, that recipes name: what it is called now, and why it cannot be used. */
const lookUp = (role: 'base' | 'overseer', nameOf: (asked: string) => Promise<string | null>) => {
  const called = new Map<string, string>();
  const problems = new Map<string, string | null>();
  const problemOf = async (asked: string): Promise<string | null> => {
    const known = problems.get(asked);
    if (known !== undefined) return known;
    const why = await said(async () => {
      const name = await nameOf(asked);
      if (name !== null) called.set(asked, name);
    });
    const problem = why === null ? null : `its ${role} "${asked}" cannot be used: ${why}`;
    problems.set(asked, problem);
    return problem;
  };
  return { called, problemOf };
};

/** An entry that cannot be run is left out and named; the others do not wait for it. */
export const checkEntries = async (
  io: Io,
  plan: SweepPlan,
  hashOf: BaseHash = shippedBaseHash,
  nameOf: OverseerName = namedOverseer(io),
): Promise<Checked> => {
  const blocked = new Map<string, string>();
  const bases = lookUp('base', hashOf);
  const overseers = lookUp('overseer', nameOf);
  const find = environmentFinder(io);
  for (const [name, recipe] of plan.recipes) {
    let problem = (await said(() => resolveEnvironments(recipe, find))) ?? (await bases.problemOf(recipe.base));
    for (const spec of [recipe.overseer, ...witnessesOf(recipe)]) problem ??= await overseers.problemOf(spec);
    if (problem !== null) blocked.set(name, problem);
  }
  return { blocked, bases: bases.called, overseers: overseers.called };
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
  requireSame(
    'base',
    'another base model: runs of two bases',
    changed(
      states,
      bases,
      ({ base }) => [base.name, base.hash],
      (hash) => hash.slice(0, SHORT),
    ),
  );
  requireSame(
    'overseer',
    'another overseer: runs that were rewarded by two',
    changed(
      states,
      overseers,
      ({ overseer }) => [overseer.asked, overseer.name],
      (name) => name,
    ),
  );
};

const requireSame = (role: 'base' | 'overseer', other: string, others: readonly string[]): void => {
  if (others.length === 0) return;
  throw inputError({
    code: `another-${role}`,
    what: `This sweep was begun with ${other} do not belong in one table.`,
    given: others.join('; '),
    todo: `Put the ${role} back, or choose another --out. --only-report writes the tables of what is there.`,
  });
};
