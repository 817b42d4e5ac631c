import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inputError } from '../base/errors.ts';
import type { Rng } from '../base/rng.ts';
import { loadCheckpoint } from '../engine/checkpoint/checkpoint.ts';
import { versionOf } from '../engine/checkpoint/save.ts';
import type { Lora } from '../engine/model/lora.ts';
import { type Weights, withValueHead } from '../engine/model/weights.ts';
import { engineModel } from '../engine/model-policy.ts';
import { engineDirectory } from '../engine/open-model.ts';
import { createSampler } from '../engine/sampler/create-sampler.ts';
import type { Sampler } from '../engine/sampler/sampler.ts';
import { transcriptIds } from '../engine/tokenizer/chat.ts';
import { openTokenizer } from '../engine/tokenizer/hugging-face.ts';
import type { Tokenizer } from '../engine/tokenizer/tokenizer.ts';
import { createTrainer } from '../engine/trainer/create-trainer.ts';
import { openTrainer } from '../engine/trainer/open.ts';
import { ABOUT_FILE, STATE_FILE } from '../engine/trainer/saved.ts';
import type { Optimiser } from '../engine/trainer/state.ts';
import type { Trainer } from '../engine/trainer/trainer.ts';
import { nodeDisk, writeAtomically } from '../store/disk.ts';
import { isThere } from './is-there.ts';
import type { Learner, LearnerSource } from './learner.ts';
import { loraSetting } from './recipe-lora.ts';

export interface EngineLearnerOptions {
  /** As a recipe has it: the name of a shipped model, or the directory of a checkpoint. */
  readonly base: string;
  /** For PPO. */
  readonly valueHead?: boolean;
  /** Threads that train. Results are the same to the bit only for the same number. Default 2. */
  readonly trainingWorkers?: number;
  /** Threads that sample. Results do not depend on it. Default 2. */
  readonly samplingWorkers?: number;
  /** Completions side by side in a sampling thread. Default 32. */
  readonly rows?: number;
  /** Default `adamw`. */
  readonly optimiser?: Optimiser;
  /** Trains adapters instead of the whole model; `rng` draws their start. Checkpoints hold them merged. */
  readonly lora?: Lora & { readonly rng: Rng };
}

const WORKERS = 2;
const ROWS = 32;

/** Learners on the embedded engine. They share one sampler, which is closed with the source: open one at a time. */
export const engineLearners = async (options: EngineLearnerOptions): Promise<LearnerSource & AsyncDisposable> => {
  const { base, valueHead = false, optimiser = 'adamw', lora } = options;
  const { trainingWorkers = WORKERS, samplingWorkers = WORKERS, rows = ROWS } = options;
  const directory = await engineDirectory(base);
  const { weights, version, tokenizerPath, hfConfig } = await loadCheckpoint(directory);
  const tokenizer = await openTokenizer(directory);
  let sampler: Promise<Sampler> | null = null;
  let loaded = '';

  return {
    baseVersion: version,
    settings: { trainingWorkers, optimiser, ...loraSetting(lora) },
    reference: async () => withValueHead(weights, valueHead),
    open: async (checkpoint) => {
      const adapters = lora === undefined ? {} : { lora };
      const fresh = { optimiser, valueHead, workers: trainingWorkers, tokenizerPath, hfConfig, ...adapters };
      const trainer =
        checkpoint === null
          ? await createTrainer({ weights, ...fresh })
          : (await isSlim(checkpoint))
            ? await createTrainer({ weights: (await loadCheckpoint(checkpoint)).weights, ...fresh })
            : await openTrainer(checkpoint, { workers: trainingWorkers });
      return engineLearner({
        trainer,
        tokenizer,
        contextLength: weights.config.contextLength,
        spec: `engine:${checkpoint ?? base}`,
        maxConcurrency: 2 * samplingWorkers * rows,
        sampling: async (current, hash) => {
          const first = sampler === null;
          sampler ??= createSampler({ weights: current, tokenizer, workers: samplingWorkers, rows });
          const open = await sampler;
          if (!first && loaded !== hash) await open.load(current);
          loaded = hash;
          return open;
        },
      });
    },
    slim: async (checkpoint) => {
      // In this order: whatever is missing afterwards is missing on purpose, and nobody takes the second file for whole.
      await writeAtomically(nodeDisk, join(checkpoint, SLIM_FILE), Buffer.from('{}\n'));
      for (const file of [ABOUT_FILE, STATE_FILE]) await rm(join(checkpoint, file), { force: true });
    },
    [Symbol.asyncDispose]: async () => {
      // One that could not be made has told whoever asked for it, and has nothing to close.
      const made = await sampler?.catch(() => null);
      await made?.[Symbol.asyncDispose]();
    },
  };
};

/** Says that the optimiser's state was taken away on purpose. Where it just is not there, a checkpoint is damaged. */
const SLIM_FILE = 'slim.json';

const isSlim = async (checkpoint: string): Promise<boolean> => {
  if (await isThere(join(checkpoint, SLIM_FILE))) return true;
  if (await isThere(join(checkpoint, ABOUT_FILE))) return false;
  throw inputError({
    code: 'damaged-checkpoint',
    what: 'A checkpoint has no optimiser state, so training cannot go on from it as if nothing had happened.',
    given: `${checkpoint} without ${ABOUT_FILE}`,
    todo: 'Restore it from a copy, or begin a new run (with this checkpoint as its base, if its weights are wanted).',
  });
};

interface EngineLearnerSetup {
  readonly trainer: Trainer;
  readonly tokenizer: Tokenizer;
  readonly contextLength: number;
  readonly spec: string;
  readonly maxConcurrency: number;
  /** The sampler, with these weights. */
  readonly sampling: (weights: Weights, hash: string) => Promise<Sampler>;
}

const engineLearner = (setup: EngineLearnerSetup): Learner => {
  const { trainer, tokenizer, contextLength, spec, maxConcurrency } = setup;
  let snapshot: Weights | undefined;
  return {
    trainer,
    tokenizer,
    contextLength,
    encode: (messages) => transcriptIds(tokenizer, messages),
    model: async () => {
      // One buffer for all snapshots: the sampler keeps a copy of its own.
      snapshot = await trainer.snapshot(snapshot);
      const version = versionOf(snapshot);
      const sampler = await setup.sampling(snapshot, version);
      return engineModel({ spec, version, sampler, tokenizer, contextLength, maxConcurrency });
    },
    [Symbol.asyncDispose]: () => trainer[Symbol.asyncDispose](),
  };
};
