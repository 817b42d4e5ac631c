import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rng } from '../../base/rng.ts';
import type { ModelConfig } from './config.ts';
import { groupsOf } from './groups.ts';
import { initialise } from './initialise.ts';
import { addLora, loraSpecs } from './lora.ts';
import { parameterSpecs, projectionName, totalSize } from './parameters.ts';
import { randomFloats, randomWeights, TINY } from './tiny.contract.ts';
import { tensorOf, withValueHead } from './weights.ts';

const configs: fc.Arbitrary<ModelConfig> = fc
  .record({
    vocabSize: fc.integer({ min: 1, max: 50 }),
    hiddenSize: fc.integer({ min: 1, max: 20 }),
    layers: fc.integer({ min: 1, max: 3 }),
    kvHeads: fc.integer({ min: 1, max: 3 }),
    headSize: fc.integer({ min: 1, max: 4 }).map((half) => 2 * half),
    intermediateSize: fc.integer({ min: 1, max: 20 }),
    tiedEmbeddings: fc.boolean(),
  })
  .map((some) => ({ ...TINY, ...some, heads: 2 * some.kvHeads }));

describe('the flat buffer', () => {
  it('holds every parameter once, without gaps', () => {
    fc.assert(
      fc.property(configs, fc.boolean(), (config, valueHead) => {
        const specs = parameterSpecs(config, { valueHead });
        let end = 0;
        for (const { offset, size, shape } of specs) {
          expect(offset).toBe(end);
          expect(size).toBe(shape.reduce((a, b) => a * b, 1));
          end += size;
        }
        expect(totalSize(specs)).toBe(end);
        expect(new Set(specs.map(({ name }) => name)).size).toBe(specs.length);
      }),
    );
  });

  it('has the members of a group as neighbours, so that one view is the fused matrix', () => {
    fc.assert(
      fc.property(configs, (config) => {
        const offsets = new Map(parameterSpecs(config, { valueHead: false }).map((spec) => [spec.name, spec]));
        for (const { members, outs, inner } of groupsOf(config)) {
          let expected: number | null = null;
          for (const [index, member] of members.entries()) {
            const spec = offsets.get(projectionName(config.layers - 1, member));
            if (expected !== null) expect(spec?.offset).toBe(expected);
            expect(spec?.shape).toEqual([outs[index], inner]);
            expected = (spec?.offset ?? 0) + (spec?.size ?? 0);
          }
        }
      }),
    );
  });

  it('has the shipped size', () => {
    const shipped = {
      ...TINY,
      vocabSize: 2048,
      hiddenSize: 192,
      layers: 6,
      heads: 6,
      headSize: 32,
      intermediateSize: 512,
    };
    expect(totalSize(parameterSpecs(shipped, { valueHead: false }))).toBe(2_755_008);
  });
});

describe('initialise', () => {
  it('draws each tensor from its own stream: one more layer does not shift the others', () => {
    const shallow = initialise(TINY, rng('a'));
    const deep = initialise({ ...TINY, layers: TINY.layers + 1 }, rng('a'));
    const name = projectionName(1, 'up_proj');
    expect(tensorOf(deep, name).data).toEqual(tensorOf(shallow, name).data);
    expect(initialise(TINY, rng('b')).flat).not.toEqual(shallow.flat);
  });

  it('has the deviations that it says', () => {
    const { flat, ...rest } = initialise(
      { ...TINY, hiddenSize: 128, intermediateSize: 256, vocabSize: 300 },
      rng('a'),
      {
        valueHead: true,
      },
    );
    const deviation = (name: string): number => {
      const { data } = tensorOf({ flat, ...rest }, name);
      return Math.sqrt(data.reduce((sum, x) => sum + x * x, 0) / data.length);
    };
    expect(deviation('model.embed_tokens.weight')).toBeCloseTo(0.02, 3);
    expect(deviation(projectionName(0, 'gate_proj'))).toBeCloseTo(0.02, 3);
    expect(deviation(projectionName(0, 'down_proj'))).toBeCloseTo(0.02 / Math.sqrt(2 * TINY.layers), 3);
    expect(deviation('model.norm.weight')).toBe(1);
    expect(deviation('value_head.weight')).toBe(0);
  });
});

describe('the value head', () => {
  it('comes and goes without touching the model', () => {
    const plain = randomWeights();
    const headed = withValueHead(plain, true);
    expect(headed.flat.length).toBe(plain.flat.length + TINY.hiddenSize + 1);
    expect(withValueHead(headed, false).flat).toEqual(plain.flat);
  });
});

describe('merged adapters', () => {
  it('are W + alpha / rank B A', () => {
    const lora = { rank: 3, alpha: 6 };
    const base = randomWeights();
    const specs = loraSpecs(TINY, lora);
    const adapters = randomFloats(totalSize(specs), 0.3, 'adapters');
    const merged = withValueHead(base, false);
    addLora(merged, lora, adapters);
    const part = (name: string) => {
      const spec = specs.find(
        (one) => one.name === `base_model.model.model.layers.1.self_attn.v_proj.lora_${name}.weight`,
      );
      return adapters.subarray(spec?.offset, (spec?.offset ?? 0) + (spec?.size ?? 0));
    };
    const [a, b] = [part('A'), part('B')];
    const name = projectionName(1, 'v_proj');
    const [row, column, width] = [5, 7, TINY.hiddenSize];
    let expected = tensorOf(base, name).data[row * width + column] ?? 0;
    for (let r = 0; r < 3; r++) expected += 2 * (b[row * 3 + r] ?? 0) * (a[r * width + column] ?? 0);
    expect(tensorOf(merged, name).data[row * width + column]).toBeCloseTo(expected, 5);
    expect(tensorOf(merged, 'model.norm.weight').data).toEqual(tensorOf(base, 'model.norm.weight').data);
    const unchanged = withValueHead(base, false);
    addLora(unchanged, lora, new Float32Array(adapters.length));
    expect(unchanged.flat).toEqual(base.flat);
  });
});
