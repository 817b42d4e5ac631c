import type { Rng } from '../../base/rng.ts';
import type { ModelConfig } from './config.ts';
import { groupsOf } from './groups.ts';
import { fillNormal } from './initialise.ts';
import { type ParameterSpec, type Projection, projectionName, projectionShape } from './parameters.ts';
import { tensorOf, type Weights } from './weights.ts';

/**
 * Low-rank adapters (Hu et al., 2021) on every projection of a block: W + (alpha / rank) B A, with A [rank, in] and
 * B [out, rank]. Only A and B are trained.
 */
export interface Lora {
  readonly rank: number;
  readonly alpha: number;
}

export const loraScale = ({ rank, alpha }: Lora): number => alpha / rank;

/** As PEFT names them. */
export const adapterName = (layer: number, projection: Projection, part: 'A' | 'B'): string =>
  `base_model.model.${projectionName(layer, projection).replace(/\.weight$/, `.lora_${part}.weight`)}`;

/** The adapters in their flat buffer. The A of projections that share an input are neighbours: one view fuses them. */
export const loraSpecs = (config: ModelConfig, { rank }: Lora): readonly ParameterSpec[] => {
  const specs: ParameterSpec[] = [];
  let offset = 0;
  const add = (name: string, shape: readonly [number, number]): void => {
    const size = shape[0] * shape[1];
    specs.push({ name, shape, kind: 'matrix', offset, size });
    offset += size;
  };
  for (let layer = 0; layer < config.layers; layer++) {
    for (const group of groupsOf(config)) {
      for (const member of group.members) add(adapterName(layer, member, 'A'), [rank, group.inner]);
      for (const member of group.members)
        add(adapterName(layer, member, 'B'), [projectionShape(config, member)[0], rank]);
    }
  }
  return specs;
};

/** A is drawn as PEFT does it (normal here, of the same variance), B is 0: the adapted model begins as the base. */
export const initialiseLora = (config: ModelConfig, lora: Lora, rng: Rng, target: Float32Array): void => {
  for (const { name, shape, offset, size } of loraSpecs(config, lora)) {
    if (!name.includes('.lora_A.')) continue;
    const [, inner = 1] = shape;
    // Kaiming uniform with a = sqrt(5), PEFT's choice, has variance 1 / (3 in).
    fillNormal(target.subarray(offset, offset + size), Math.sqrt(1 / (3 * inner)), rng.fork(name));
  }
};

/** Adds adapters into the numbers of the weights that they stand on. `adapters` is laid out as `loraSpecs` says. */
export const addLora = (weights: Weights, lora: Lora, adapters: Float32Array): void => {
  const { config } = weights;
  const places = new Map(loraSpecs(config, lora).map((spec) => [spec.name, spec]));
  const part = (layer: number, projection: Projection, which: 'A' | 'B'): Float32Array => {
    const spec = places.get(adapterName(layer, projection, which));
    if (spec === undefined) throw new Error(`no adapter for ${projection}`);
    return adapters.subarray(spec.offset, spec.offset + spec.size);
  };
  for (let layer = 0; layer < config.layers; layer++) {
    for (const { members, inner } of groupsOf(config)) {
      for (const projection of members) {
        const target = tensorOf(weights, projectionName(layer, projection)).data;
        addProduct(
          target,
          part(layer, projection, 'B'),
          part(layer, projection, 'A'),
          lora.rank,
          inner,
          loraScale(lora),
        );
      }
    }
  }
};

/** target [out, in] += scale * B [out, rank] A [rank, in]. */
const addProduct = (
  target: Float32Array,
  b: Float32Array,
  a: Float32Array,
  rank: number,
  inner: number,
  scale: number,
): void => {
  for (let row = 0; row * inner < target.length; row++) {
    for (let r = 0; r < rank; r++) {
      const factor = scale * (b[row * rank + r] ?? 0);
      if (factor === 0) continue;
      const to = row * inner;
      const from = r * inner;
      for (let i = 0; i < inner; i++) target[to + i] = (target[to + i] ?? 0) + factor * (a[from + i] ?? 0);
    }
  }
};
