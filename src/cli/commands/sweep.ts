import { availableParallelism, totalmem } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { Command } from 'commander';
import { inputError, runError } from '../../base/errors.ts';
import { renderResults, type SweepState } from '../../report/training-results.ts';
import { roleOf, type TrainedEnvironment } from '../../report/training-view.ts';
import { diskError, nodeDisk, writeAtomically } from '../../store/disk.ts';
import { takeLock } from '../../store/lock.ts';
import { resolveEnvironments } from '../../train/resolve-environments.ts';
import { readSweep, runsOf, type Sweep, type SweepEntry } from '../../train/sweep.ts';
import type { Io } from '../io.ts';
import { wholeNumber } from '../options.ts';
import type { CommandContext } from '../program.ts';
import { type SweepPlan, stateOf, sweepPlan } from '../sweep-plan.ts';
import { runSweep } from '../sweep-run.ts';
import { environmentFinder } from '../training-environment.ts';
import { loadExport } from '../training-recipe.ts';
import { VERSION } from '../version.ts';

interface SweepOptions {
  readonly out?: string;
  readonly jobs: number;
  readonly onlyReport?: boolean;
  readonly write?: string;
  readonly quiet?: boolean;
}

/** A run keeps two cores busy by itself; more side by side would only slow each other. */
const MOST_JOBS = 2;

const requireJobs = (jobs: number): void => {
  if (jobs <= MOST_JOBS) return;
  throw inputError({
    code: 'too-many-jobs',
    what: 'That many runs do not go side by side.',
    given: `--jobs ${jobs}`,
    allowed: `1 to ${MOST_JOBS}`,
    todo: `Use --jobs ${MOST_JOBS}, or sweep parts of the list on several machines.`,
  });
};

const HELP = `
The file exports a list of runs as default: recipes/paper.ts is one. Every run is a directory of its own below --out, made
by "subterfuge train", so a sweep can be stopped with Ctrl-C, killed, and gone on with for days by the same command. After
each run RESULTS.md and results.json are written anew; what has not been run yet is listed there as such. A run that a killed
sweep left going is waited for.`;

export const sweepCommand = ({ io }: CommandContext): Command =>
  new Command('sweep')
    .description('Run a list of training runs, resumably, and write their tables: every seed, intervals over seeds.')
    .argument('<file>', 'a .ts, .js or .json file with the list')
    .option('--out <dir>', 'where the runs go (default: runs/<name of the file>)')
    .option('--jobs <k>', `runs side by side, at most ${MOST_JOBS}`, wholeNumber('jobs'), MOST_JOBS)
    .option('--write <file>', 'write the tables to this file too, e.g. recipes/RESULTS.md')
    .option('--only-report', 'run nothing: write RESULTS.md from what is there')
    .option('--quiet', 'no progress on standard error')
    .addHelpText('after', HELP)
    .action(async (file: string, options: SweepOptions) => {
      requireJobs(options.jobs);
      const sweep = readSweep(await loadExport(file, io.cwd));
      const dir = resolve(io.cwd, options.out ?? join('runs', basename(file).replace(/\.[^.]+$/u, '')));
      const plan = await sweepPlan(io, sweep, dir);
      // Two sweeps in one place would run everything twice, and write the tables over each other.
      await using _lock = await takeLock(dir, io.clock);
      const command = `subterfuge sweep ${file}`;
      const copy = options.write === undefined ? null : resolve(io.cwd, options.write);
      const report = (): Promise<readonly SweepState[]> => writeResults(io, sweep, plan, command, copy);
      if (options.onlyReport !== true) {
        await runSweep(io, plan, {
          jobs: options.jobs,
          quiet: options.quiet === true,
          onRunEnded: async () => void (await report()),
        });
      }
      const states = await report();
      io.out(`${join(dir, RESULTS_FILE)}\n`);
      const left = states.filter(({ matrix }) => matrix === null).length;
      if (left === 0 || options.onlyReport === true) return;
      throw runError({
        code: 'stopped',
        what: `The sweep was stopped: ${left} of ${states.length} runs are not finished.`,
        given: dir,
        todo: `Go on with it: ${command}${options.out === undefined ? '' : ` --out ${options.out}`}`,
      });
    });

const RESULTS_FILE = 'RESULTS.md';

const machineText = (): string =>
  `${availableParallelism()} cores, ${(totalmem() / 2 ** 30).toFixed(1)} GiB, ${process.platform} ${process.arch}`;

/** Every environment that any entry evaluates, with what it is to a run. */
const environmentsOf = async (io: Io, plan: SweepPlan): Promise<TrainedEnvironment[]> => {
  const found = new Map<string, TrainedEnvironment>();
  for (const recipe of plan.recipes.values()) {
    const { environments } = await resolveEnvironments(recipe, environmentFinder(io));
    for (const environment of environments.values())
      found.set(environment.name, { ...environment, role: roleOf(environment) });
  }
  return [...found.values()];
};

const writeResults = async (
  io: Io,
  sweep: Sweep,
  plan: SweepPlan,
  command: string,
  copy: string | null,
): Promise<readonly SweepState[]> => {
  const states: SweepState[] = [];
  for (const run of runsOf(sweep)) states.push(await stateOf(plan, run));
  const environments = await environmentsOf(io, plan);
  const versions = { subterfuge: VERSION, node: process.version };
  const text = renderResults({
    sweep,
    states,
    recipes: plan.recipes,
    environments,
    versions,
    machine: machineText(),
    command,
  });
  const record = states.map(({ run, matrix }) => ({ entry: nameOf(run.entry), seed: run.seed, matrix }));
  for (const [path, body] of [
    [join(plan.dir, RESULTS_FILE), `${text}\n`],
    [join(plan.dir, 'results.json'), `${JSON.stringify(record, null, 1)}\n`],
    ...(copy === null ? [] : [[copy, `${text}\n`] as const]),
  ] as const) {
    await writeAtomically(nodeDisk, path, Buffer.from(body)).catch((thrown: unknown) => {
      throw diskError(path, thrown, null, 'start the same command again');
    });
  }
  return states;
};

const nameOf = ({ name }: SweepEntry): string => name;
