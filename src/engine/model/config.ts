import { z } from 'zod';

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

/** `config.json` of a Hugging Face Llama checkpoint: the keys that matter here. Others are kept out of the way. */
export const hfConfigSchema = z.looseObject({
  architectures: z.array(z.string()).optional(),
  model_type: z.string(),
  vocab_size: z.int().positive(),
  hidden_size: z.int().positive(),
  num_hidden_layers: z.int().positive(),
  num_attention_heads: z.int().positive(),
  num_key_value_heads: z.int().positive().optional(),
  head_dim: z.int().positive().nullish(),
  intermediate_size: z.int().positive(),
  rope_theta: z.number().positive().optional(),
  rms_norm_eps: z.number().positive(),
  max_position_embeddings: z.int().positive(),
  tie_word_embeddings: z.boolean().optional(),
});
export type HfConfig = z.infer<typeof hfConfigSchema>;
