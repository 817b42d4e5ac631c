/**
 * The embedded language model: Llama-style checkpoints that are sampled from and trained in process. Needs the optional
 * peer dependency `onnxruntime-node`. What `subterfuge` itself offers on top (recipes, curricula) is in the main entry.
 */
export { type Rng, rng } from '../base/rng.ts';
export { type Checkpoint, loadCheckpoint } from './checkpoint/checkpoint.ts';
export { type SaveOptions, saveCheckpoint, versionOf } from './checkpoint/save.ts';
export type { ModelConfig } from './model/config.ts';
export { initialise } from './model/initialise.ts';
export type { Lora } from './model/lora.ts';
export { type ParameterOptions, type ParameterSpec, parameterSpecs } from './model/parameters.ts';
export { hasValueHead, type Tensor, type Weights, weightsOf, withValueHead } from './model/weights.ts';
export { type EngineModelOptions, engineModel } from './model-policy.ts';
export { type OpenEngineOptions, openEngineModel } from './open-model.ts';
export { createSampler, type SamplerOptions } from './sampler/create-sampler.ts';
export type { Sample, SampleRequest, Sampler } from './sampler/sampler.ts';
export { chatIds, type TranscriptIds, transcriptIds } from './tokenizer/chat.ts';
export { openTokenizer } from './tokenizer/hugging-face.ts';
export type { Tokenizer } from './tokenizer/tokenizer.ts';
export { createTrainer, type TrainerOptions } from './trainer/create-trainer.ts';
export { hasTrainerState, openTrainer } from './trainer/open.ts';
export type { StartOptions } from './trainer/start-trainer.ts';
export type { Optimiser } from './trainer/state.ts';
export type { Credit, OptimiserStep, StepReport, TokenScores, Trainer } from './trainer/trainer.ts';
