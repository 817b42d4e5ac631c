import { z } from 'zod';
import { inputError } from '../../base/errors.ts';

/**
 * Shape of a Llama-style decoder: RMSNorm before each block, rotary positions (the two halves of a head rotated against
 * each other, as Hugging Face checkpoints have it), grouped-query attention, SwiGLU, no biases.
 */
export interface ModelConfig {
  readonly vocabSize: number;
  /** Width of the residual stream. */
  readonly hiddenSize: number;
  readonly layers: number;
  readonly heads: number;
  /** Key and value heads; divides `heads`. */
  readonly kvHeads: number;
  /** Width of one head. Even. */
  readonly headSize: number;
  /** Inner width of SwiGLU. */
  readonly intermediateSize: number;
  readonly ropeTheta: number;
  readonly rmsNormEps: number;
  /** Most positions. */
  readonly contextLength: number;
  /** The output projection is the token embedding. */
  readonly tiedEmbeddings: boolean;
}

const SIZES = [
  'vocabSize',
  'hiddenSize',
  'layers',
  'heads',
  'kvHeads',
  'headSize',
  'intermediateSize',
  'contextLength',
] as const satisfies readonly (keyof ModelConfig)[];

interface Problem {
  readonly what: string;
  readonly given: string;
  readonly allowed: string;
}

/** What is wrong with a configuration; null where a model can have it. */
export const modelProblem = (config: ModelConfig): Problem | null => {
  const { heads, kvHeads, headSize } = config;
  if (Number.isInteger(heads) && Number.isInteger(kvHeads) && heads % kvHeads !== 0) {
    const given = `${heads} heads, ${kvHeads} key-value heads`;
    return { what: 'heads do not share key-value heads evenly.', given, allowed: 'a multiple' };
  }
  if (headSize % 2 !== 0 || !Number.isInteger(headSize)) {
    const what = 'rotary positions need an even head size.';
    return { what, given: `${headSize}`, allowed: 'an even whole number' };
  }
  const size = SIZES.find((name) => !(Number.isInteger(config[name]) && config[name] >= 1));
  if (size !== undefined) {
    return { what: `"${size}" is not a size.`, given: `${config[size]}`, allowed: 'a whole number of at least 1' };
  }
  const rate = (['ropeTheta', 'rmsNormEps'] as const).find(
    (name) => !(Number.isFinite(config[name]) && config[name] > 0),
  );
  if (rate !== undefined) {
    return { what: `"${rate}" is not a positive number.`, given: `${config[rate]}`, allowed: 'above 0' };
  }
  return null;
};

/** Throws `bad-model` for a configuration that no model can have. */
export const checkModel = (config: ModelConfig): void => {
  const problem = modelProblem(config);
  if (problem === null) return;
  throw inputError({ code: 'bad-model', ...problem, what: `No model can have this shape: ${problem.what}` });
};

/** Whether weights of the one can stand where weights of the other do. */
export const sameModel = (a: ModelConfig, b: ModelConfig): boolean =>
  SIZES.every((name) => a[name] === b[name]) &&
  a.ropeTheta === b.ropeTheta &&
  a.rmsNormEps === b.rmsNormEps &&
  a.tiedEmbeddings === b.tiedEmbeddings;

/** `config.json` of a Hugging Face Llama checkpoint: the keys that matter here. Others are kept out of the way. */
export const hfConfigSchema = z.looseObject({
  architectures: z.array(z.string()).nullish(),
  model_type: z.string(),
  vocab_size: z.int().positive(),
  hidden_size: z.int().positive(),
  num_hidden_layers: z.int().positive(),
  num_attention_heads: z.int().positive(),
  num_key_value_heads: z.int().positive().nullish(),
  head_dim: z.int().positive().nullish(),
  intermediate_size: z.int().positive(),
  rope_theta: z.number().positive().optional(),
  rms_norm_eps: z.number().positive(),
  max_position_embeddings: z.int().positive(),
  tie_word_embeddings: z.boolean().optional(),
});
export type HfConfig = z.infer<typeof hfConfigSchema>;
