/** Makes the tables of a sweep from what is there. */
import { availableParallelism, homedir, totalmem } from 'node:os';
import { sep } from 'node:path';
import { renderResults, type SweepState } from '../report/training-results.ts';
import { roleOf, type TrainedEnvironment } from '../report/training-view.ts';
import { diskError, nodeDisk, writeAtomically } from '../store/disk.ts';
import { resolveEnvironments } from '../train/resolve-environments.ts';
import type { Sweep } from '../train/sweep.ts';
import type { Io } from './io.ts';
import { changedClaims } from './sweep-claims.ts';
import { recordBeside } from './sweep-files.ts';
import type { SweepPlan } from './sweep-plan.ts';
import { statesOf } from './sweep-state.ts';
import { environmentFinder } from './training-environment.ts';
import { VERSION } from './version.ts';

/** The tables, in the directory of a sweep. */
export const RESULTS_FILE = 'RESULTS.md';

const machineText = (): string =>
  `${availableParallelism()} cores, ${(totalmem() / 2 ** 30).toFixed(1)} GiB, ${process.platform} ${process.arch}`;

/** Every environment that any entry evaluates, with what it is to a run. */
const environmentsOf = async (io: Io, plan: SweepPlan): Promise<TrainedEnvironment[]> => {
  const found = new Map<string, TrainedEnvironment>();
  for (const [name, recipe] of plan.recipes) {
    // One that cannot be run has no numbers, and may name what is not there.
    if (plan.blocked.has(name)) continue;
    const { environments } = await resolveEnvironments(recipe, environmentFinder(io));
    for (const environment of environments.values())
      found.set(environment.name, { ...environment, role: roleOf(environment) });
  }
  return [...found.values()];
};

/** Puts something in the place of a directory that is named to its end: not of the beginning of another's name. */
const replaceDirectory = (text: string, dir: string, by: string): string =>
  text.replaceAll(dir, (found: string, at: number) => (/[\w-]/u.test(text.charAt(at + found.length)) ? found : by));

/** The tables are shared: which directories this machine has, and whose, is not their subject. */
export const withoutPlaces = (text: string, cwd: string, home: string): string => {
  const inside = cwd === sep ? text : replaceDirectory(text.replaceAll(`${cwd}${sep}`, ''), cwd, '.');
  return home === sep ? inside : replaceDirectory(inside, home, '~');
};

/** Writes the tables to these files, and beside each what it takes to decide every claim again: all matrices, one run a line. */
export const writeResults = async (
  io: Io,
  sweep: Sweep,
  plan: SweepPlan,
  command: string,
  files: readonly string[],
): Promise<readonly SweepState[]> => {
  const states = await statesOf(plan);
  const environments = await environmentsOf(io, plan);
  const versions = { subterfuge: VERSION, node: process.version };
  const text = renderResults({
    sweep,
    states: states.map((state) => ({
      ...state,
      problem: state.problem === null ? null : withoutPlaces(state.problem, io.cwd, homedir()),
    })),
    recipes: plan.recipes,
    environments,
    claimsChanged: await changedClaims(plan.dir, sweep),
    versions,
    machine: machineText(),
    command,
  });
  const record = states.map(({ run, matrix }) => ({ entry: run.entry.name, seed: run.seed, matrix }));
  const json = `[\n${record.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`;
  // The record first: fixClaims takes from it that results could be read, so it is to be there before they can.
  for (const [path, body] of [
    ...files.flatMap(recordBeside).map((path) => [path, json] as const),
    ...files.map((path) => [path, `${text}\n`] as const),
  ]) {
    await writeAtomically(nodeDisk, path, Buffer.from(body)).catch((thrown: unknown) => {
      throw diskError(path, thrown, null, 'start the same command again');
    });
  }
  return states;
};
