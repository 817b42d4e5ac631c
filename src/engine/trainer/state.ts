import type { ModelConfig } from '../model/config.ts';
import { addLora, type Lora } from '../model/lora.ts';
import type { ParameterSpec } from '../model/parameters.ts';
import { type Weights, weightsOf } from '../model/weights.ts';

export type Optimiser = 'adamw' | 'muon';

/** All that a trainer goes on from. Its buffers are shared with the threads and are theirs to write. */
export interface TrainerState {
  readonly config: ModelConfig;
  readonly lora: Lora | null;
  readonly valueHead: boolean;
  readonly optimiser: Optimiser;
  /** Updates so far. */
  readonly step: number;
  /** What is trained: the layout of the buffers below. */
  readonly specs: readonly ParameterSpec[];
  readonly weights: Float32Array<SharedArrayBuffer>;
  /** First moments; Muon's momentum where a matrix is Muon's. */
  readonly first: Float32Array<SharedArrayBuffer>;
  /** Second moments. */
  readonly second: Float32Array<SharedArrayBuffer>;
  /** The frozen model under adapters, without value head. */
  readonly base: Weights | null;
}

/** A copy of the model as it stands, adapters merged; in `into`, which has its shape, where that is given. */
export const modelOfState = (
  { config, lora, valueHead, weights, base }: TrainerState,
  into: Weights = weightsOf(config, { valueHead }),
): Weights => {
  if (lora === null || base === null) into.flat.set(weights);
  else {
    into.flat.set(base.flat);
    addLora(into, lora, weights);
    // The head stands last in both.
    const headSize = into.flat.length - base.flat.length;
    into.flat.set(weights.subarray(weights.length - headSize), base.flat.length);
  }
  return into;
};
