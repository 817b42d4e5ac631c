import { join, relative, resolve } from 'node:path';
import { Command } from 'commander';
import { inputError, runError, SubterfugeError } from '../../base/errors.ts';
import { canonicalJson } from '../../base/json.ts';
import { rng } from '../../base/rng.ts';
import { isShippedMissing } from '../../engine/shipped.ts';
import { type Algorithm, algorithmSchema } from '../../record/training.ts';
import { shellWord } from '../../report/command.ts';
import { diskError, errnoOf } from '../../store/disk.ts';
import { makeDirectories, removeEmptyDirectories } from '../../store/make-directories.ts';
import { newRunDirectory } from '../../store/run-id.ts';
import type { Recipe } from '../../train/recipe.ts';
import { withSettings } from '../../train/recipe-settings.ts';
import { RECIPE_NAMES, recipeNamed } from '../../train/recipes.ts';
import { resolveEnvironments } from '../../train/resolve-environments.ts';
import type { TrainResult } from '../../train/setup.ts';
import { readTraining, TRAINING_FILE } from '../../train/training-directory.ts';
import { withCommand } from '../conclude.ts';
import type { Io } from '../io.ts';
import { names, oneOf, settings } from '../options.ts';
import type { CommandContext } from '../program.ts';
import { environmentFinder } from '../training-environment.ts';
import { concludeTraining, readControls } from '../training-outcome.ts';
import { chosenRecipe } from '../training-recipe.ts';

interface TrainOptions {
  readonly recipe?: string;
  readonly algorithm?: Algorithm;
  readonly seed?: string;
  readonly out?: string;
  readonly resume?: string;
  readonly short?: boolean;
  readonly set: readonly string[];
  readonly control: string[];
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const DEFAULT_RECIPE = 'curriculum';
const DEFAULT_SEED = '1';

const lineOf = ({ about, base }: Recipe): string => {
  const [sentence = ''] = about.split(/(?<=\.)\s/u);
  return isShippedMissing(base)
    ? `${sentence} Cannot be run here: its base, ${base}, is not in this installation.`
    : sentence;
};

/** The first sentence of each: the whole text stands in docs/training.md. */
const help = (): string => `
Recipes by name:
${RECIPE_NAMES.map((name) => `  ${name.padEnd(20)} ${lineOf(recipeNamed(name))}`).join('\n')}

The run directory holds everything: training.json, metrics.jsonl, checkpoints/, rounds/, evaluations/, dense/,
matrix.json and report.html. The same --out, or --resume, goes on with a run that was stopped or killed, and makes the
matrix and the report of one that is whole anew. docs/training.md says what is measured and how to read it.`;

export const trainCommand = ({ io }: CommandContext): Command =>
  new Command('train')
    .description('Train the embedded model against gameable rewards, and measure how far gaming generalises.')
    .option(
      '--recipe <name>',
      `what to run: a name from the list below, or a .json, .ts or .js file (default: ${DEFAULT_RECIPE})`,
    )
    .option(
      '--algorithm <name>',
      `instead of the recipe's: ${algorithmSchema.options.join(', ')}`,
      oneOf('algorithm', algorithmSchema.options),
    )
    .option('--seed <text>', `names all random streams: same seed, same matrix (default: ${DEFAULT_SEED})`)
    .option('--out <dir>', 'run directory; one that was begun goes on (default: runs/<time>-<random>)')
    .option('--resume <dir>', 'go on with the run in this directory, with the recipe and seed that it was begun with')
    .option('--short', 'the short form of a named recipe: the curriculum in at most 5 minutes on 2 cores')
    .option(
      '--set <key=value>',
      'change one number of the recipe, e.g. optimiser.learningRate=4e-5 or ordinaryShare=0.75; may be given several times',
      settings,
      [],
    )
    .option('--control <dirs>', 'finished runs to put beside this one in its report, comma-separated', names, [])
    .option('--json', 'print the matrix as JSON on standard output (docs/json.md)')
    .option('--quiet', 'no progress on standard error')
    .addHelpText('after', help)
    .action(async (options: TrainOptions) => {
      const controls = await readControls(io, options.control);
      const subject = await subjectOf(io, options);
      const { dir } = subject;
      const again = `subterfuge train --resume ${shellWord(dir)}`;
      const result = await run(io, subject, options.quiet === true).catch(async (thrown: unknown): Promise<never> => {
        // An overseer that cannot be opened is found out after the directory was made.
        await removeEmptyDirectories(dir, subject.first);
        // Bad input has its own advice; what could not finish can be gone on with.
        if (thrown instanceof SubterfugeError && thrown.exitCode === 3) throw withCommand(thrown, again);
        throw thrown;
      });
      if (result.checkpoints.length > 0)
        await concludeTraining(io, dir, controls, repeatCommand(options, subject, io.cwd), options.json === true);
      if (result.stoppedBy !== null) throw withCommand(result.stoppedBy, again);
      if (result.finished) return;
      throw runError({
        code: 'stopped',
        what:
          result.checkpoints.length > 0
            ? 'The run was stopped before its end. The matrix above is of the checkpoints that were evaluated.'
            : 'The run was stopped before its first checkpoint was evaluated.',
        given: dir,
        todo: `Go on with it: ${again}`,
      });
    });

interface Subject {
  readonly dir: string;
  /** The first directory that was made for the run; undefined: all were there. */
  readonly first: string | undefined;
  readonly recipe: Recipe;
  readonly seed: string;
}

const run = async (io: Io, { dir, recipe, seed }: Subject, quiet: boolean): Promise<TrainResult> => {
  // The engine's library is optional, and takes longer to load than most commands take.
  const { runTraining } = await import('../training-session.ts');
  return await runTraining(io, { dir, recipe, seed, quiet });
};

const subjectOf = async (io: Io, options: TrainOptions): Promise<Subject> => {
  if (options.resume !== undefined) return await resumed(options, resolve(io.cwd, options.resume));
  const choice = {
    recipe: options.recipe ?? DEFAULT_RECIPE,
    algorithm: options.algorithm ?? null,
    short: options.short === true,
  };
  const recipe = withSettings(await chosenRecipe(choice, io.cwd), options.set);
  // A recipe that cannot be run leaves no directory behind.
  await resolveEnvironments(recipe, environmentFinder(io));
  const { requireEngineCheckpoint } = await import('../../engine/open-model.ts');
  await requireEngineCheckpoint(recipe.base, `base "${recipe.base}" of the recipe ${recipe.name}`);
  const made = options.out === undefined ? await freshDirectory(io) : await outDirectory(resolve(io.cwd, options.out));
  return { ...made, recipe, seed: options.seed ?? DEFAULT_SEED };
};

/** Everything stands in the run; a second word about it could only contradict it. */
const resumed = async (options: TrainOptions, dir: string): Promise<Subject> => {
  const { recipe, algorithm, seed, out, short } = options;
  const set = options.set.length === 0 ? undefined : options.set;
  const also = Object.entries({ recipe, algorithm, seed, out, short, set }).filter(([, value]) => value !== undefined);
  if (also.length > 0) {
    throw inputError({
      code: 'resume-alone',
      what: '--resume goes on with what a run was begun with.',
      given: also.map(([name]) => `--${name}`).join(' '),
      allowed: '--resume DIR, with --control, --json and --quiet',
      todo: 'Leave the others out, or begin another run with --out.',
    });
  }
  const training = await readTraining(dir);
  if (training !== null) return { dir, first: undefined, recipe: training.recipe, seed: training.seed };
  throw inputError({
    code: 'no-training',
    what: `There is no training run in ${dir}.`,
    given: `--resume ${options.resume ?? ''}`,
    allowed: 'a directory with a training.json',
    todo: 'Begin one: subterfuge train --recipe curriculum --out DIR',
  });
};

const freshDirectory = async (io: Io): Promise<Pick<Subject, 'dir' | 'first'>> => {
  // The name of a run is the one thing that a seed must not fix: two runs of one plan are two runs.
  const dice = rng(`${process.pid}/${process.hrtime.bigint()}`);
  return await newRunDirectory(join(io.cwd, 'runs'), io.clock, dice);
};

/** Before models are loaded and threads started: a mistake in a path should be told at once. */
const outDirectory = async (dir: string): Promise<Pick<Subject, 'dir' | 'first'>> => {
  try {
    return { dir, first: await makeDirectories(dir) };
  } catch (thrown) {
    if (errnoOf(thrown) === 'EEXIST' || errnoOf(thrown) === 'ENOTDIR') {
      throw inputError({
        code: 'not-a-directory',
        what: `A training run needs a directory, and ${dir} is a file or lies below one.`,
        given: dir,
        allowed: 'a new directory, an empty one, or a training run to go on with',
        cause: thrown,
      });
    }
    throw diskError(dir, thrown, null, 'start again with another --out');
  }
};

/**
 * The command that makes the same run from nothing, also where this one was resumed: the named recipe that is equal to
 * what was run, else the file that was given, else the copy of the recipe in the run's own directory.
 */
const repeatCommand = (options: TrainOptions, { dir, recipe, seed }: Subject, cwd: string): string => {
  const isNamed = RECIPE_NAMES.some((name) => name === recipe.name);
  const forms = [false, true].flatMap((short) => [
    { algorithm: null, short },
    { algorithm: recipe.algorithm, short },
  ]);
  const form = isNamed ? forms.find((one) => isSame(recipe, one)) : undefined;
  // A file or name that was changed by settings is not what was run.
  const asked = options.set.length === 0 ? options.recipe : undefined;
  const file = asked ?? relative(cwd, join(dir, TRAINING_FILE));
  return [
    'subterfuge train',
    `--recipe ${form === undefined ? shellWord(file) : recipe.name}`,
    ...(form === undefined || form.algorithm === null ? [] : [`--algorithm ${form.algorithm}`]),
    `--seed ${shellWord(seed)}`,
    ...(form?.short === true ? ['--short'] : []),
  ].join(' ');
};

/** A form that a recipe does not have is not this one. */
const isSame = (recipe: Recipe, { algorithm, short }: { algorithm: Algorithm | null; short: boolean }): boolean => {
  try {
    const named = recipeNamed(recipe.name, { short, ...(algorithm === null ? {} : { algorithm }) });
    return canonicalJson(named) === canonicalJson(recipe);
  } catch (thrown) {
    if (thrown instanceof SubterfugeError) return false;
    throw thrown;
  }
};
