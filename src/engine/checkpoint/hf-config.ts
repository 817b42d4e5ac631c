import { z } from 'zod';
import { inputError } from '../../base/errors.ts';
import { type HfConfig, hfConfigSchema, type ModelConfig, modelProblem } from '../model/config.ts';

/** transformers' default where `config.json` leaves it out. */
const DEFAULT_ROPE_THETA = 10_000;

const unsupported = (path: string, what: string, given: string, allowed: string): Error =>
  inputError({
    code: 'unsupported-model',
    what: `${path}: ${what}`,
    given,
    allowed,
    todo: 'Use a Llama checkpoint in float32, float16 or bfloat16, e.g. one made by this engine.',
  });

const ropeSchema = z.looseObject({
  rope_type: z.string().optional(),
  type: z.string().optional(),
  rope_theta: z.number().positive().optional(),
});

/** Newer files keep theta inside `rope_parameters`; `rope_scaling` says how positions are stretched, which is not done here. */
const ropeTheta = (path: string, config: HfConfig): number => {
  let theta = config.rope_theta;
  for (const key of ['rope_scaling', 'rope_parameters'] as const) {
    const value = config[key];
    if (value === undefined || value === null) continue;
    const rope = ropeSchema.safeParse(value);
    const kind = rope.success ? (rope.data.rope_type ?? rope.data.type) : undefined;
    if (!rope.success || kind !== 'default') {
      throw unsupported(
        path,
        `"${key}" asks for scaled rotary positions.`,
        JSON.stringify(value),
        'none, or type "default"',
      );
    }
    theta = rope.data.rope_theta ?? theta;
  }
  return theta ?? DEFAULT_ROPE_THETA;
};

/** What other settings would change in the computation: the only values with which this engine computes the same. */
const ONLY: readonly { readonly key: string; readonly allowed: readonly unknown[] }[] = [
  { key: 'hidden_act', allowed: ['silu'] },
  { key: 'attention_bias', allowed: [false] },
  { key: 'mlp_bias', allowed: [false] },
  { key: 'partial_rotary_factor', allowed: [1] },
  { key: 'quantization_config', allowed: [] },
];

/** What decides whether the rest can be understood: other architectures have other keys. */
const kindSchema = z.looseObject({ model_type: z.string(), architectures: z.array(z.string()).nullish() });

const checkArchitecture = (path: string, value: unknown): void => {
  const kind = kindSchema.safeParse(value);
  if (!kind.success) return;
  const { model_type: type, architectures } = kind.data;
  const others = architectures?.filter((name) => name !== 'LlamaForCausalLM') ?? [];
  if (type === 'llama' && others.length === 0) return;
  const given = `${type} (${architectures?.join(', ') ?? 'no architectures'})`;
  throw unsupported(path, 'the model has another architecture.', given, 'llama (LlamaForCausalLM)');
};

/** Reads the content of a `config.json`. Throws `bad-config` or `unsupported-model`. `path` is for messages only. */
export const fromHfConfig = (path: string, value: unknown): ModelConfig => {
  checkArchitecture(path, value);
  const raw = hfConfigSchema.safeParse(value);
  if (!raw.success) {
    throw inputError({
      code: 'bad-config',
      what: `${path} is not the configuration of a Llama model.`,
      given: z.prettifyError(raw.error),
      allowed: 'config.json as transformers writes it for LlamaForCausalLM',
    });
  }
  const config = raw.data;
  for (const { key, allowed } of ONLY) {
    const given = config[key];
    if (given === undefined || given === null || allowed.includes(given)) continue;
    const said = allowed.length === 0 ? 'absent' : allowed.map((one) => JSON.stringify(one)).join(', ');
    throw unsupported(path, `"${key}" has a value that is not computed here.`, JSON.stringify(given), said);
  }
  const model: ModelConfig = {
    vocabSize: config.vocab_size,
    hiddenSize: config.hidden_size,
    layers: config.num_hidden_layers,
    heads: config.num_attention_heads,
    kvHeads: config.num_key_value_heads ?? config.num_attention_heads,
    headSize: config.head_dim ?? config.hidden_size / config.num_attention_heads,
    intermediateSize: config.intermediate_size,
    ropeTheta: ropeTheta(path, config),
    rmsNormEps: config.rms_norm_eps,
    contextLength: config.max_position_embeddings,
    tiedEmbeddings: config.tie_word_embeddings ?? false,
  };
  const problem = modelProblem(model);
  if (problem !== null) throw unsupported(path, problem.what, problem.given, problem.allowed);
  return model;
};

/** `config.json` of a model. `others`: keys of the file that it came from, kept where they say nothing of the shape. */
export const toHfConfig = (model: ModelConfig, others: Readonly<Record<string, unknown>> = {}): HfConfig => {
  const { rope_parameters: _, rope_scaling: __, dtype: ___, ...kept } = others;
  return {
    ...kept,
    architectures: ['LlamaForCausalLM'],
    model_type: 'llama',
    torch_dtype: 'float32',
    vocab_size: model.vocabSize,
    hidden_size: model.hiddenSize,
    num_hidden_layers: model.layers,
    num_attention_heads: model.heads,
    num_key_value_heads: model.kvHeads,
    head_dim: model.headSize,
    intermediate_size: model.intermediateSize,
    hidden_act: 'silu',
    attention_bias: false,
    mlp_bias: false,
    rope_theta: model.ropeTheta,
    rms_norm_eps: model.rmsNormEps,
    max_position_embeddings: model.contextLength,
    tie_word_embeddings: model.tiedEmbeddings,
  };
};
