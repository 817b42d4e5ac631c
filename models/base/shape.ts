import type { ModelConfig } from '../../src/engine/model/config.ts';

/** The shipped base: 2.16 million parameters. */
export const SHAPE: ModelConfig = {
  vocabSize: 3072,
  hiddenSize: 192,
  layers: 4,
  heads: 6,
  kvHeads: 2,
  headSize: 32,
  intermediateSize: 512,
  ropeTheta: 10_000,
  rmsNormEps: 1e-5,
  contextLength: 512,
  tiedEmbeddings: true,
};

/** How many transcripts of the corpus are read, the held-out ones at their end included. */
export const TRANSCRIPTS = 80_400;
