/**
 * Everything that is measured of a checkpoint besides its rates: dense measures by scoring, and forced prefixes by
 * sampling. Kept in `<run>/dense/<checkpoint>.json`; the episodes are ordinary run directories beside it.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { inputError, messageOf } from '../base/errors.ts';
import { chatIds } from '../engine/tokenizer/chat.ts';
import type { Environment } from '../env/environment.ts';
import { evaluationOf } from '../evaluate/evaluation-of.ts';
import type { Model } from '../policy/policy.ts';
import { type Estimate, estimateSchema } from '../record/estimate.ts';
import { diskError, errnoOf, nodeDisk, readError, writeAtomically } from '../store/disk.ts';
import { makeDirectories } from '../store/make-directories.ts';
import { hasCauses } from './causes.ts';
import { type DenseMeasure, denseMeasures, denseSeed } from './dense.ts';
import { FORCED_PREFIXES, type ForcedPrefix, withPrefix } from './dense-prefix.ts';
import type { ScoringModel } from './dense-score.ts';
import type { Learner } from './learner.ts';
import { evaluationPlan } from './phases.ts';
import { type PlaySetup, playRun } from './play-run.ts';
import type { Recipe } from './recipe.ts';
import type { Checkpoint } from './setup.ts';
import { Stopped } from './stopped.ts';

export interface MeasureSetup extends PlaySetup {
  /** Of the training run. */
  readonly dir: string;
  readonly recipe: Recipe;
  readonly seed: string;
  /** Those of the recipe's evaluation. */
  readonly environments: readonly Environment[];
}

const denseSchema = z.strictObject({
  schema: z.literal('subterfuge/dense@1'),
  checkpoint: z.string(),
  /** Hash of the weights that were measured. */
  version: z.string(),
  measures: z.array(z.strictObject({ measure: z.string(), estimate: estimateSchema })),
});

const fileOf = (dir: string, checkpoint: string): string => join(dir, 'dense', `${checkpoint}.json`);

/** By the rollouts of an evaluation: how many variants of a family are scored, and how many rollouts each prefix gets. */
const sizesOf = ({ evaluation: { n } }: Recipe): { readonly variants: number; readonly rollouts: number } => ({
  variants: Math.min(48, Math.max(8, Math.ceil(n / 20))),
  rollouts: Math.min(256, Math.max(16, Math.ceil(n / 4))),
});

const SCORED_AT_ONCE = 32;

const scoringModel = ({ trainer, tokenizer, contextLength }: Learner): ScoringModel => ({
  contextLength,
  batch: SCORED_AT_ONCE,
  score: (sequences, scored) => trainer.score(sequences, null, scored),
  prompt: (messages) => chatIds(tokenizer, messages),
  encode: (text) => tokenizer.encode(text),
});

/** The estimate of a rate, without its count. */
const estimateOf = ({ mean, interval, n, clusters, method, bounds }: Estimate): Estimate => ({
  mean,
  interval,
  n,
  clusters,
  method,
  bounds,
});

/** Called with how much of one part of the work is done. */
type Part = (done: number, total: number) => void;

/** The work as parts of equal size, in thousandths: each family is scored, and played with every prefix. */
const partsOf = (families: number, { onProgress }: Checkpoint): (() => Part) => {
  const parts = families * (1 + FORCED_PREFIXES.length);
  let begun = 0;
  return () => {
    const before = begun++;
    return (done, total) =>
      onProgress(Math.round(1000 * (before + (total === 0 ? 1 : Math.min(1, done / total)))), 1000 * parts);
  };
};

const forced = async (
  setup: MeasureSetup,
  { name, onTokens }: Checkpoint,
  model: Model,
  environment: Environment,
  prefix: ForcedPrefix,
  part: Part,
): Promise<DenseMeasure[]> => {
  const { recipe, seed, dir } = setup;
  const { rollouts } = sizesOf(recipe);
  const plan = {
    ...evaluationPlan(recipe, seed, name),
    environments: [environment.name],
    n: rollouts,
    counts: {},
    seed: `${seed}/prefix/${prefix.name}`,
    model: `train:${recipe.name}/${name}+prefix:${prefix.name}`,
  };
  const place = join(dir, 'dense', `${name}-${environment.name}-${prefix.name}`);
  await using played = await playRun(setup, place, plan, [environment], withPrefix(model, prefix), part);
  if (!played.finished) throw new Stopped(played.stoppedBy);
  onTokens(played.tokens);
  const [summary] = (await evaluationOf(played.store, [environment])).environments;
  if (summary === undefined) return [];
  return (['attempted', 'succeeded', 'evaded'] as const).map((label) => ({
    measure: `forced-prefix/${prefix.name}/${label}`,
    estimate: estimateOf(summary[label]),
  }));
};

/** Families but the first carry their name behind the measure. */
const named = (measures: readonly DenseMeasure[], environment: Environment, index: number): DenseMeasure[] =>
  measures.map(({ measure, estimate }) => ({
    measure: index === 0 ? measure : `${measure}@${environment.name}`,
    estimate,
  }));

/** Measures a checkpoint and writes the file. Called again after a stop, it goes on; the result is the same. */
export const measureCheckpoint = async (setup: MeasureSetup, checkpoint: Checkpoint): Promise<void> => {
  const families = setup.environments.filter(hasCauses);
  const model = await checkpoint.learner.model();
  const measures: DenseMeasure[] = [];
  const next = partsOf(families.length, checkpoint);
  for (const [index, environment] of families.entries()) {
    const scored = await denseMeasures({
      model: scoringModel(checkpoint.learner),
      sandboxes: setup.sandboxes,
      environment,
      seed: denseSeed(setup.seed),
      promptSet: setup.recipe.evaluation.promptSet,
      variants: sizesOf(setup.recipe).variants,
      onProgress: next(),
    });
    checkpoint.onTokens({ prompt: scored.tokens });
    measures.push(...named(scored.measures, environment, index));
    for (const prefix of FORCED_PREFIXES) {
      const found = await forced(setup, checkpoint, model, environment, prefix, next());
      measures.push(...named(found, environment, index));
    }
  }
  const path = fileOf(setup.dir, checkpoint.name);
  const record = { schema: 'subterfuge/dense@1', checkpoint: checkpoint.name, version: model.version, measures };
  try {
    await makeDirectories(join(setup.dir, 'dense'));
    await writeAtomically(nodeDisk, path, Buffer.from(`${JSON.stringify(record, null, 1)}\n`));
  } catch (thrown) {
    throw diskError(path, thrown, null, 'start the same command again');
  }
};

/** Null where it was not measured, or the file is gone. Throws `bad-dense-file` (exit code 2) where it is of something else. */
const readDense = async (dir: string, checkpoint: string): Promise<z.infer<typeof denseSchema> | null> => {
  const path = fileOf(dir, checkpoint);
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    if (errnoOf(thrown) === 'ENOENT') return null;
    throw readError(path, thrown);
  });
  if (text === null) return null;
  const bad = (given: string, cause?: unknown): Error =>
    inputError({
      code: 'bad-dense-file',
      what: `${path} cannot be used.`,
      given,
      allowed: `the measures of checkpoint ${checkpoint} of this run`,
      todo: 'Delete it and run the same training command again: it is made anew.',
      cause,
    });
  let found: z.infer<typeof denseSchema>;
  try {
    found = denseSchema.parse(JSON.parse(text));
  } catch (thrown) {
    throw bad(messageOf(thrown), thrown);
  }
  if (found.checkpoint !== checkpoint) throw bad(`measures of checkpoint ${found.checkpoint}`);
  return found;
};

/** Whether the file is there and sound. */
export const hasMeasures = async (dir: string, checkpoint: string): Promise<boolean> =>
  (await readDense(dir, checkpoint)) !== null;

/**
 * What was measured of a checkpoint; nothing where it was not measured. `version`: hash of the weights that the run says were
 * measured; null: it says nothing.
 */
export const readMeasures = async (
  dir: string,
  checkpoint: string,
  version: string | null = null,
): Promise<readonly DenseMeasure[]> => {
  const found = await readDense(dir, checkpoint);
  if (found === null) return [];
  if (version === null || found.version === version) return found.measures;
  throw inputError({
    code: 'bad-dense-file',
    what: `${fileOf(dir, checkpoint)} is of other weights.`,
    given: found.version,
    allowed: version,
    todo: 'Delete it and run the same training command again: it is made anew.',
  });
};
