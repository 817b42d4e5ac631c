import { join } from 'node:path';
import { z } from 'zod';
import { inputError } from '../../base/errors.ts';
import { readDirectory, resolveDirectory } from '../checkpoint/atomic-directory.ts';
import { checkpointIn } from '../checkpoint/checkpoint.ts';
import { isFile, jsonOf, TOKENIZER_FILE } from '../checkpoint/files.ts';
import { readSafetensors } from '../checkpoint/safetensors.ts';
import type { ModelConfig } from '../model/config.ts';
import { totalSize } from '../model/parameters.ts';
import { giveBack, sharedFloats } from '../model/shared-memory.ts';
import { weightsOf } from '../model/weights.ts';
import { trainedSpecs } from './parameters.ts';
import { ABOUT_FILE, type About, aboutSchema, STATE_FILE, stateTensors } from './saved.ts';
import { type StartOptions, startTrainer } from './start-trainer.ts';
import type { TrainerState } from './state.ts';
import type { Trainer } from './trainer.ts';

const emptyState = (config: ModelConfig, about: About): TrainerState => {
  const { lora, valueHead, optimiser, step } = about;
  const specs = trainedSpecs(config, { lora, valueHead });
  const length = totalSize(specs);
  return {
    config,
    lora,
    valueHead,
    optimiser,
    step,
    specs,
    weights: sharedFloats(length),
    first: sharedFloats(length),
    second: sharedFloats(length),
    base: lora === null ? null : weightsOf(config, { valueHead: false }),
  };
};

const unlike = (directory: string, what: string, given: string, allowed: string): Error =>
  inputError({
    code: 'bad-trainer-state',
    what: `${directory}: ${what}`,
    given,
    allowed,
    todo: 'Open another saved checkpoint, or start anew from the weights of this one.',
  });

/** Whether training can go on from there: shipped, downloaded and slimmed checkpoints have weights only. */
export const hasTrainerState = async (directory: string): Promise<boolean> =>
  await isFile(join(await resolveDirectory(directory), ABOUT_FILE));

interface SavedTrainer {
  readonly state: TrainerState;
  readonly hfConfig: Readonly<Record<string, unknown>>;
  readonly hasTokenizer: boolean;
}

/** The trainer in a directory at rest. `name`: what the directory is called in errors. */
const savedIn = async (directory: string, name: string): Promise<SavedTrainer> => {
  const { weights, version, tokenizerPath, hfConfig } = await checkpointIn(directory);
  if (!(await isFile(join(directory, ABOUT_FILE)))) {
    throw inputError({
      code: 'no-trainer-state',
      what: `${name} holds weights only, and nothing of the optimiser.`,
      given: `no ${ABOUT_FILE}`,
      allowed: 'what Trainer.save wrote',
      todo: 'Begin anew from its weights: createTrainer({ weights: (await loadCheckpoint(directory)).weights }).',
    });
  }
  const about = aboutSchema.safeParse(await jsonOf(join(directory, ABOUT_FILE)));
  if (!about.success) {
    throw unlike(name, `${ABOUT_FILE} is wrong.`, z.prettifyError(about.error), 'what a trainer saved');
  }
  if (about.data.model !== version) {
    throw unlike(name, 'weights and optimiser state are of two moments.', version, about.data.model);
  }
  const state = emptyState(weights.config, about.data);
  const missing = new Map(stateTensors(state).map((tensor) => [tensor.name, tensor]));
  const { sha256 } = await readSafetensors(join(directory, STATE_FILE), (stored) => {
    const tensor = missing.get(stored.name);
    if (tensor === undefined || tensor.shape.join() !== stored.shape.join()) {
      const given = `${stored.name} [${stored.shape.join(', ')}]`;
      throw unlike(name, 'a tensor of the state does not fit.', given, 'those of this model');
    }
    missing.delete(stored.name);
    return tensor.data;
  });
  if (missing.size > 0) {
    throw unlike(name, 'the state is not whole.', `${missing.size} tensors are missing`, 'all of them');
  }
  if (sha256 !== about.data.state) throw unlike(name, 'the state was changed.', sha256, about.data.state);
  if (state.lora === null) state.weights.set(weights.flat);
  giveBack(weights.flat);
  return { state, hfConfig, hasTokenizer: tokenizerPath !== null };
};

/**
 * Goes on where `save` was called: to the bit, with the same number of workers and tokens per batch. Throws what
 * `loadCheckpoint` throws, `no-trainer-state` or `bad-trainer-state`.
 */
export const openTrainer = async (
  directory: string,
  options: Pick<StartOptions, 'workers' | 'tokensPerBatch'> = {},
): Promise<Trainer> => {
  const { state, hfConfig, hasTokenizer } = await readDirectory(directory, (place) => savedIn(place, directory));
  const tokenizerPath = hasTokenizer ? join(directory, TOKENIZER_FILE) : null;
  return await startTrainer(state, { ...options, tokenizerPath, hfConfig });
};
