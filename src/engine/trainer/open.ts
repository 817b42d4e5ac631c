import { join } from 'node:path';
import { z } from 'zod';
import { inputError } from '../../base/errors.ts';
import { loadCheckpoint } from '../checkpoint/checkpoint.ts';
import { jsonOf } from '../checkpoint/files.ts';
import { readSafetensors } from '../checkpoint/safetensors.ts';
import type { ModelConfig } from '../model/config.ts';
import { totalSize } from '../model/parameters.ts';
import { sharedFloats, weightsOf } from '../model/weights.ts';
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

/** Goes on where `save` was called: to the bit, with the same number of workers and tokens per batch. */
export const openTrainer = async (
  directory: string,
  options: Pick<StartOptions, 'workers' | 'tokensPerBatch'> = {},
): Promise<Trainer> => {
  const { weights, version, tokenizerPath, hfConfig } = await loadCheckpoint(directory);
  const about = aboutSchema.safeParse(await jsonOf(join(directory, ABOUT_FILE)));
  if (!about.success) {
    throw unlike(directory, `${ABOUT_FILE} is wrong.`, z.prettifyError(about.error), 'what a trainer saved');
  }
  if (about.data.model !== version) {
    throw unlike(directory, 'weights and optimiser state are of two moments.', version, about.data.model);
  }
  const state = emptyState(weights.config, about.data);
  const missing = new Map(stateTensors(state).map((tensor) => [tensor.name, tensor]));
  const { sha256 } = await readSafetensors(join(directory, STATE_FILE), ({ name, shape }) => {
    const tensor = missing.get(name);
    if (tensor === undefined || tensor.shape.join() !== shape.join()) {
      throw unlike(
        directory,
        'a tensor of the state does not fit.',
        `${name} [${shape.join(', ')}]`,
        'those of this model',
      );
    }
    missing.delete(name);
    return tensor.data;
  });
  if (missing.size > 0) {
    throw unlike(directory, 'the state is not whole.', `${missing.size} tensors are missing`, 'all of them');
  }
  if (sha256 !== about.data.state) throw unlike(directory, 'the state was changed.', sha256, about.data.state);
  if (state.lora === null) state.weights.set(weights.flat);
  return await startTrainer(state, { ...options, tokenizerPath, hfConfig });
};
