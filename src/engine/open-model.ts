import { stat } from 'node:fs/promises';
import { inputError } from '../base/errors.ts';
import { contextTokens } from '../policy/context-tokens.ts';
import type { Model } from '../policy/policy.ts';
import { resolveDirectory } from './checkpoint/atomic-directory.ts';
import { loadCheckpoint } from './checkpoint/checkpoint.ts';
import type { ModelConfig } from './model/config.ts';
import { giveBack } from './model/shared-memory.ts';
import { engineModel } from './model-policy.ts';
import { createSampler } from './sampler/create-sampler.ts';
import { cacheNumbersPerToken } from './sampler/graphs.ts';
import { SHIPPED_NAMES, shippedDirectory, shippedMissing } from './shipped.ts';
import { openTokenizer } from './tokenizer/hugging-face.ts';

export interface OpenEngineOptions {
  /** Sampling threads. Default 2. */
  readonly workers?: number;
  /** Completions side by side in a thread. Default 32, fewer for a model whose keys and values would not fit. */
  readonly rows?: number;
  /** Megabytes of keys and values kept by a thread. Default 96. */
  readonly cacheMb?: number;
  /** Tokens of prompt and completion together, up to the model's. Default: the model's, at most 4096. Fewer leave room for more rows. */
  readonly contextLength?: number;
}

const WORKERS = 2;
const MOST_ROWS = 32;
/** What the running rows of a thread may take, in bytes. */
const ROW_BYTES = 1_000_000_000;

const affordableRows = (config: ModelConfig, contextLength: number): number => {
  const perRow = cacheNumbersPerToken(config) * contextLength * Float32Array.BYTES_PER_ELEMENT;
  return Math.max(1, Math.min(MOST_ROWS, Math.floor(ROW_BYTES / perRow)));
};

/** The directory of a model that the package ships, by its name; anything else is a path. `given`: how the user came to it. */
export const engineDirectory = async (name: string, given: string = name): Promise<string> => {
  const shipped = shippedDirectory(name);
  const directory = shipped ?? name;
  const found = await stat(await resolveDirectory(directory)).catch(() => null);
  if (found?.isDirectory() === true) return directory;
  if (shipped !== null) throw shippedMissing(name, given);
  throw inputError({
    code: 'no-checkpoint',
    what: 'There is no checkpoint directory here.',
    given: given === name ? directory : given,
    allowed: `a directory with config.json, model.safetensors and tokenizer.json, or ${SHIPPED_NAMES.join(', ')}`,
    todo: 'Check the path. Training writes checkpoints into its run directory.',
  });
};

/**
 * Loads a checkpoint as a trainer would, and lets it go again: for telling what is wrong with it before anything is written.
 * Throws `SubterfugeError` (exit code 2) where it cannot be trained from.
 */
export const requireEngineCheckpoint = async (name: string, given: string = name): Promise<void> => {
  const directory = await engineDirectory(name, given);
  const { weights } = await loadCheckpoint(directory);
  await openTokenizer(directory);
  giveBack(weights.flat);
};

/**
 * `engine:<path>`: a checkpoint directory in Hugging Face's layout, sampled in this process. The model owns its threads:
 * dispose of it. Throws `SubterfugeError` (exit code 2) on a checkpoint that cannot be used.
 */
export const openEngineModel = async (path: string, options: OpenEngineOptions = {}): Promise<Model> => {
  const directory = await engineDirectory(path);
  const { weights, version } = await loadCheckpoint(directory);
  const tokenizer = await openTokenizer(directory);
  const contextLength = contextTokens(options.contextLength, weights.config.contextLength, `engine:${path}`);
  const workers = options.workers ?? WORKERS;
  const rows = options.rows ?? affordableRows(weights.config, contextLength);
  const { cacheMb } = options;
  const sampler = await createSampler({
    weights,
    tokenizer,
    workers,
    rows,
    contextLength,
    ...(cacheMb === undefined ? {} : { cacheMb }),
  });
  return engineModel({
    spec: `engine:${path}`,
    version,
    sampler,
    tokenizer,
    // Twice the rows: while one episode waits for its sandbox, another's turn takes its place.
    maxConcurrency: 2 * workers * rows,
    owns: true,
  });
};
