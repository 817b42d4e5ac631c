import { inputError } from '../../base/errors.ts';
import type { Rng } from '../../base/rng.ts';
import { initialiseLora, type Lora } from '../model/lora.ts';
import { totalSize } from '../model/parameters.ts';
import { hasValueHead, sharedFloats, type Weights, withValueHead } from '../model/weights.ts';
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
export const newState = (options: TrainerOptions): TrainerState => {
  const { weights, optimiser = 'adamw' } = options;
  const { config } = weights;
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
  const full = withValueHead(weights, valueHead);
  const head = full.flat.subarray(totalSize(trainedSpecs(config, { lora: null, valueHead: false })));
  if (lora === null) flat.set(full.flat);
  else flat.set(head, flat.length - head.length);
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

/** A trainer at its first step. Throws `no-onnxruntime` where that package is not installed. */
export const createTrainer = async (options: TrainerOptions): Promise<Trainer> =>
  await startTrainer(newState(options), options);
