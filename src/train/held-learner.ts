import { inputError } from '../base/errors.ts';
import type { Learner, LearnerSource } from './learner.ts';

/** Where weights stand: a directory that `Trainer.save` wrote, and the hash that was noted then. Null: the base. */
export type Saved = { readonly directory: string; readonly weights: string } | null;

/** The one learner that is open at a time. */
export interface HeldLearner extends AsyncDisposable {
  /** The learner with these weights: the one that is open where it has them, else another is opened. */
  at(saved: Saved): Promise<Learner>;
  /** The weights of the open learner were changed, and saved there. */
  moved(saved: Saved): void;
  /** What the open learner was opened from, and may still read (a tokenizer that it copies). Null: the base. */
  readonly openedFrom: string | null;
  /** The weights of the open learner are of no use any more. */
  spoilt(): void;
}

/** Equal weights in two places may differ in what stands beside them, e.g. where a round had nothing to train on. */
const isSame = (one: Saved, other: Saved): boolean =>
  one?.weights === other?.weights && one?.directory === other?.directory;

export const heldLearner = (source: LearnerSource): HeldLearner => {
  let open: { readonly learner: Learner; readonly from: string | null; saved: Saved | 'nowhere' } | null = null;
  const close = async (): Promise<void> => {
    const closing = open;
    open = null;
    await closing?.learner[Symbol.asyncDispose]();
  };
  return {
    get openedFrom() {
      return open?.from ?? null;
    },
    at: async (saved) => {
      if (open !== null && open.saved !== 'nowhere' && isSame(open.saved, saved)) return open.learner;
      await close();
      const from = saved?.directory ?? null;
      const learner = await source.open(from);
      open = { learner, from, saved };
      const { version } = await learner.model();
      if (saved === null || saved.weights === version) return learner;
      await close();
      throw inputError({
        code: 'damaged-checkpoint',
        what: `A checkpoint does not hold the weights that were saved in it: ${saved.directory}`,
        given: `weights ${version.slice(0, 12)}`,
        allowed: `weights ${saved.weights.slice(0, 12)}`,
        todo: 'Restore it from a copy, or begin a new run.',
      });
    },
    moved: (saved) => {
      if (open !== null) open.saved = saved;
    },
    spoilt: () => {
      if (open !== null) open.saved = 'nowhere';
    },
    [Symbol.asyncDispose]: close,
  };
};
