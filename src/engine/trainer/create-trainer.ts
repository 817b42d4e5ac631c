import { inputError } from '../../base/errors.ts';
import type { Rng } from '../../base/rng.ts';
import { checkModel } from '../model/config.ts';
import { initialiseLora, type Lora } from '../model/lora.ts';
import { parameterSpecs, totalSize } from '../model/parameters.ts';
import { sharedFloats } from '../model/shared-memory.ts';
import { checkFinite, hasValueHead, type Weights, withValueHead } from '../model/weights.ts';
import { trainedSpecs } from './parameters.ts';
import { type StartOptions, startTrainer } from './start-trainer.ts';
import type { Optimiser, TrainerState } from './state.ts';
import type { Trainer } from './trainer.ts';

export interface TrainerOptions extends StartOptions {
  readonly weights: Weights;
  /** Trains adapters and leaves `weights` as they are. `rng` draws the adapters' start. */
  readonly lora?: Lora & { readonly rng: Rng };
  /** Gives the model a value head of zeros where it has none. Default: as `weights` have it. */
  readonly valueHead?: boolean;
  /** `muon`: for the matrices of the blocks; all else stays with AdamW. Default `adamw`. */
  readonly optimiser?: Optimiser;
}

/** Everything of a new trainer but its threads. */
const newState = (options: TrainerOptions): TrainerState => {
  const { weights, optimiser = 'adamw' } = options;
  const { config } = weights;
  checkModel(config);
  checkFinite(weights, 'A trainer cannot start from these weights');
  const valueHead = options.valueHead ?? hasValueHead(weights);
  const lora = options.lora === undefined ? null : { rank: options.lora.rank, alpha: options.lora.alpha };
  if (lora !== null && !(Number.isInteger(lora.rank) && lora.rank >= 1 && Number.isFinite(lora.alpha))) {
    throw inputError({
      code: 'bad-lora',
      what: 'Such adapters cannot be made.',
      given: JSON.stringify(lora),
      allowed: 'a rank of at least 1 and a finite alpha',
    });
  }
  const specs = trainedSpecs(config, { lora, valueHead });
  const flat = sharedFloats(totalSize(specs));
  // The head stands last; where the weights have none, it begins at 0.
  const headAt = totalSize(parameterSpecs(config, { valueHead: false }));
  if (lora === null) flat.set(weights.flat.subarray(0, flat.length));
  else if (valueHead) {
    const head = weights.flat.subarray(headAt);
    flat.set(head, flat.length - (totalSize(parameterSpecs(config, { valueHead })) - headAt));
  }
  if (lora !== null && options.lora !== undefined) initialiseLora(config, lora, options.lora.rng, flat);
  return {
    config,
    lora,
    valueHead,
    optimiser,
    step: 0,
    specs,
    weights: flat,
    base: lora === null ? null : withValueHead(weights, false),
    first: sharedFloats(flat.length),
    second: sharedFloats(flat.length),
  };
};

/**
 * A trainer at its first step. Throws `bad-weights`, `bad-lora`, `bad-trainer-options`, and `no-onnxruntime` where that
 * package is not installed.
 */
export const createTrainer = async (options: TrainerOptions): Promise<Trainer> =>
  await startTrainer(newState(options), options);
