import { z } from 'zod';
import type { NamedTensor } from '../checkpoint/safetensors.ts';
import { parameterSpecs } from '../model/parameters.ts';
import type { TrainerState } from './state.ts';

/** Beside the model (adapters merged): what only training needs. */
export const ABOUT_FILE = 'trainer.json';
export const STATE_FILE = 'trainer.safetensors';

export const aboutSchema = z.strictObject({
  schema: z.literal('subterfuge/trainer@1'),
  step: z.int().min(0),
  optimiser: z.enum(['adamw', 'muon']),
  valueHead: z.boolean(),
  lora: z.strictObject({ rank: z.int().positive(), alpha: z.number() }).nullable(),
  /** SHA-256 of `model.safetensors`: the two are of one moment. */
  model: z.string(),
  /** SHA-256 of `trainer.safetensors`. */
  state: z.string(),
});

export type About = z.infer<typeof aboutSchema>;

/** The tensors of the state file, as views of the state's buffers. Adapters and their base are in no other file. */
export const stateTensors = ({ config, specs, first, second, weights, lora, base }: TrainerState): NamedTensor[] => {
  const named = (prefix: string, flat: Float32Array, of: typeof specs): NamedTensor[] =>
    of.map(({ name, shape, offset, size }) => ({
      name: `${prefix}.${name}`,
      shape,
      data: flat.subarray(offset, offset + size),
    }));
  return [
    ...named('first', first, specs),
    ...named('second', second, specs),
    ...(lora === null ? [] : named('trained', weights, specs)),
    ...(base === null ? [] : named('base', base.flat, parameterSpecs(config, { valueHead: false }))),
  ];
};
