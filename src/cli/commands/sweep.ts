import { basename, join, resolve } from 'node:path';
import { Command } from 'commander';
import { inputError, runError, SubterfugeError } from '../../base/errors.ts';
import { shellWord } from '../../report/command.ts';
import type { SweepState } from '../../report/training-results.ts';
import { diskError } from '../../store/disk.ts';
import { takeLock } from '../../store/lock.ts';
import { makeDirectories } from '../../store/make-directories.ts';
import { readSweep } from '../../train/sweep.ts';
import { chosenRuns, runsOf, type SweepRun } from '../../train/sweep-runs.ts';
import type { Io } from '../io.ts';
import { names, wholeNumber } from '../options.ts';
import type { CommandContext } from '../program.ts';
import { checkEntries, requireSameModels } from '../sweep-checks.ts';
import { fixClaims } from '../sweep-claims.ts';
import { bytesOf, freeBytes, gigabytes } from '../sweep-disk.ts';
import { keepRecipes, type SweepPlan, sweepPlan } from '../sweep-plan.ts';
import { RESULTS_FILE, writeResults } from '../sweep-results.ts';
import { runSweep } from '../sweep-run.ts';
import { statesOf } from '../sweep-state.ts';
import { loadExport } from '../training-recipe.ts';

interface SweepOptions {
  readonly out?: string;
  readonly jobs: number;
  readonly only: string[];
  readonly seeds: string[];
  readonly prune?: boolean;
  readonly recount?: boolean;
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
by "subterfuge train", so a sweep can be stopped with Ctrl-C, killed, and gone on with for days by the same command. What the
primary claim needs is run first, then claim by claim. After each run RESULTS.md and results.json are written anew; what has not
been run yet is listed there as such, with the reason where one is known. A run that fails takes no other with it. A run that a
killed sweep left going is waited for.`;

export const sweepCommand = ({ io }: CommandContext): Command =>
  new Command('sweep')
    .description('Run a list of training runs, resumably, and write their tables: every seed, intervals over seeds.')
    .argument('<file>', 'a .ts, .js or .json file with the list')
    .option('--out <dir>', 'where the runs go (default: runs/<name of the file>)')
    .option('--jobs <k>', `runs side by side, at most ${MOST_JOBS}`, wholeNumber('jobs'), MOST_JOBS)
    .option('--only <entries>', 'run these entries of the list, comma-separated; the tables show all', names, [])
    .option('--seeds <list>', 'run these seeds, comma-separated; the tables show all', names, [])
    .option('--prune', 'delete the rollouts of training of each run that is whole; its counts stay in metrics.jsonl')
    .option(
      '--recount',
      'have whole runs make matrix and report again from their records, after a change of the program',
    )
    .option('--write <file>', 'write the tables to this file too, e.g. recipes/RESULTS.md')
    .option('--only-report', 'run nothing: write RESULTS.md from what is there')
    .option('--quiet', 'no progress on standard error')
    .addHelpText('after', HELP)
    .action(async (file: string, options: SweepOptions) => {
      requireJobs(options.jobs);
      const sweep = readSweep(await loadExport(file, io.cwd));
      const chosen = chosenRuns(runsOf(sweep), options);
      const dir = resolve(io.cwd, options.out ?? join('runs', basename(file).replace(/\.[^.]+$/u, '')));
      const copy = options.write === undefined ? null : resolve(io.cwd, options.write);
      // A list that cannot be planned leaves no directory behind.
      await sweepPlan(io, sweep, dir);
      // Two sweeps in one place would run everything twice, and write the tables over each other.
      await using lock = await lockOf(io, dir, options.onlyReport === true && copy !== null);
      const bare = await sweepPlan(io, sweep, dir);
      const { blocked, ...models } = await checkEntries(io, bare);
      const plan = { ...bare, blocked };
      // `--out` last: the tables name another directory in its place.
      const command = `subterfuge sweep ${shellWord(file)}${options.out === undefined ? '' : ` --out ${shellWord(options.out)}`}`;
      const here = lock === null ? [] : [join(dir, RESULTS_FILE)];
      const files = [...here, ...(copy === null ? [] : [copy])];
      const report = (): Promise<readonly SweepState[]> => writeResults(io, sweep, plan, command, files);
      if (options.onlyReport === true) {
        await report();
        io.out(`${files[0]}\n`);
        return;
      }
      await keepRecipes(plan);
      const before = await statesOf(plan);
      requireSameModels(before, models);
      await fixClaims(
        dir,
        sweep,
        before.some(({ isBegun, matrix }) => isBegun || matrix !== null),
      );
      await tellBefore(io, plan, chosen, before, options);
      const failed = await runSweep(io, plan, {
        runs: chosen,
        jobs: options.jobs,
        prune: options.prune === true,
        recount: options.recount === true,
        quiet: options.quiet === true,
        onRunEnded: async () => void (await report()),
      }).then(
        () => null,
        (thrown: unknown) => ({ thrown }),
      );
      // Also where something failed: that is listed there, with its reason.
      const states = await report().catch((thrown: unknown) => {
        throw failed === null ? thrown : failed.thrown;
      });
      if (failed !== null) throw failed.thrown;
      io.out(`${join(dir, RESULTS_FILE)}\n`);
      conclude(states, chosen, plan, `${command}${again(options)}`);
    });

/** Null: another sweep is at work there, and only a copy of the tables is asked for. */
const lockOf = async (io: Io, dir: string, isCopy: boolean): Promise<AsyncDisposable | null> => {
  try {
    await makeDirectories(dir);
  } catch (thrown) {
    throw diskError(dir, thrown, null, 'start the same command again, there or elsewhere');
  }
  try {
    return await takeLock(dir, io.clock);
  } catch (thrown) {
    if (isCopy && thrown instanceof SubterfugeError && thrown.code === 'run-is-open') return null;
    throw thrown;
  }
};

const again = ({ only, seeds, prune }: SweepOptions): string =>
  [
    only.length === 0 ? '' : ` --only ${only.join(',')}`,
    seeds.length === 0 ? '' : ` --seeds ${seeds.join(',')}`,
    prune === true ? ' --prune' : '',
  ].join('');

/** Before anything is spent. */
const tellBefore = async (
  io: Io,
  plan: SweepPlan,
  chosen: readonly SweepRun[],
  states: readonly SweepState[],
  { prune, quiet }: SweepOptions,
): Promise<void> => {
  const names = new Set(chosen.map(({ entry }) => entry.name));
  for (const [name, why] of plan.blocked) if (names.has(name)) io.err(`${name} is left out: ${why}\n`);
  if (quiet === true) return;
  const left = states.filter(({ run, matrix }) => matrix === null && chosen.some(({ place }) => place === run.place));
  const recipes = left.flatMap(({ run: { entry } }) =>
    plan.blocked.has(entry.name) ? [] : (plan.recipes.get(entry.name) ?? []),
  );
  const needed = recipes.reduce((sum, recipe) => sum + bytesOf(recipe, prune === true), 0);
  const free = await freeBytes(plan.dir);
  const advice = needed > free && prune !== true ? '; --prune takes less' : '';
  io.err(
    `${recipes.length} of ${chosen.length} runs to make: about ${gigabytes(needed)} of disk, ${gigabytes(free)} free${advice}\n`,
  );
};

/** Exit code 3 where something that was asked for is missing. */
const conclude = (
  states: readonly SweepState[],
  chosen: readonly SweepRun[],
  { dir, blocked }: SweepPlan,
  command: string,
): void => {
  const places = new Set(chosen.map(({ place }) => place));
  const left = states.filter(({ run, matrix }) => matrix === null && places.has(run.place));
  if (left.length === 0) return;
  const out = left.filter(({ run }) => blocked.has(run.entry.name));
  if (out.length === left.length) {
    throw runError({
      code: 'left-out',
      what: `${out.length} of ${chosen.length} runs cannot be made as things are.`,
      given: [...new Set(out.map(({ run }) => `${run.entry.name}: ${blocked.get(run.entry.name)}`))].join('; '),
      todo: `Put that right, then: ${command}`,
    });
  }
  throw runError({
    code: 'stopped',
    what: `The sweep was stopped: ${left.length} of ${chosen.length} runs are not finished.`,
    given: dir,
    todo: `Go on with it: ${command}`,
  });
};
