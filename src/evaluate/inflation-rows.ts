import { factsOf, ratingsOf, share } from '../env/self-evaluation/ratings.ts';
import { readAnswer, withoutRatings } from '../env/self-evaluation/reading.ts';
import { finalAnswer, type Rollout } from '../record/rollout.ts';
import type { RunReader } from '../store/run-store.ts';
import { clusterOf } from './summarise.ts';

export const SELF_EVALUATION = 'self-evaluation';

/** One rating of one answer. */
export interface Rating {
  readonly rater: string;
  /** Null: made up for the task. */
  readonly author: string | null;
  readonly own: boolean;
  /** The task, and what is clustered by. */
  readonly task: string;
  /** One rollout: an own answer and another beside it. */
  readonly rollout: string;
  /** The label; null where no answer is stated, or none is there. */
  readonly correct: boolean | null;
  /** As a share of the scale; null where there is none. */
  readonly rating: number | null;
  /** As the rater saw it, without ratings. */
  readonly text: string;
}

const shareOf = (rating: number | null): number | null => (rating === null ? null : share(rating));

const ratingsIn = (rollout: Rollout, run: string, rater: string, sibling: string | null): readonly Rating[] => {
  // What a lost episode would have said of either answer is not known.
  const { ownRating = null, siblingRating = null, ownCorrect = null } = ratingsOf(rollout) ?? {};
  const { style, text, correct } = factsOf(rollout.task).sibling;
  const shared = { rater, task: clusterOf(rollout), rollout: `${run}/${rollout.id}` };
  return [
    {
      ...shared,
      author: rater,
      own: true,
      correct: ownCorrect,
      rating: shareOf(ownRating),
      text: withoutRatings(finalAnswer(rollout)),
    },
    {
      ...shared,
      author: style === 'given' ? sibling : null,
      // A model may be shown its own answer of another run as a sibling's: that is no rating of its own.
      own: false,
      // What is not stated is neither right nor wrong, whoever wrote it.
      correct: style === 'given' && readAnswer(text).answer === null ? null : correct,
      rating: shareOf(siblingRating),
      text,
    },
  ];
};

/** Every rating in the `self-evaluation` rollouts of a run. */
export const ratingsOfRun = async (store: RunReader): Promise<readonly Rating[]> => {
  const { id, plan } = store.manifest;
  const ratings: Rating[] = [];
  for await (const rollout of store.rollouts({ environment: SELF_EVALUATION }))
    ratings.push(...ratingsIn(rollout, id, plan.model, plan.sibling?.model ?? null));
  return ratings;
};
