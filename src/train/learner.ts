import type { Weights } from '../engine/model/weights.ts';
import type { Tokenizer } from '../engine/tokenizer/tokenizer.ts';
import type { Trainer } from '../engine/trainer/trainer.ts';
import type { Model } from '../policy/policy.ts';
import type { Encode } from './trajectory.ts';

/** Owns weights: trains them, and gives the policy that samples from them. */
export interface Learner extends AsyncDisposable {
  readonly trainer: Trainer;
  readonly encode: Encode;
  readonly tokenizer: Tokenizer;
  /** Most tokens of a transcript. */
  readonly contextLength: number;
  /**
   * A model that samples from the weights as they are now. Its version is their hash. It belongs to the learner, and is
   * of no use after the next call: weights are updated between rounds, not during them.
   */
  model(): Promise<Model>;
}

/** Where learners come from: the embedded engine, or what a test puts in its place. */
export interface LearnerSource {
  /** Identity of the base model: hash of its weights. */
  readonly baseVersion: string;
  /** What else decides the bits of the result, e.g. how many threads train. Written down, and the same in every resume. */
  readonly settings: Readonly<Record<string, string | number>>;
  /** The weights of the base model: the reference that training is compared with. */
  reference(): Promise<Weights>;
  /** From the base model (null), or from what `Trainer.save` wrote, slim or not. */
  open(checkpoint: string | null): Promise<Learner>;
  /** Removes from a saved checkpoint what only going on with training needs: weights can still be opened and measured. */
  slim(checkpoint: string): Promise<void>;
}
