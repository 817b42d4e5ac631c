import { factsOf, inflation, ratingsOf } from '../env/self-evaluation/ratings.ts';
import { withoutRatings } from '../env/self-evaluation/reading.ts';
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
  /** The label; null where no answer is stated. */
  readonly correct: boolean | null;
  /** Null where there is no rating, or nothing that it could be right about. */
  readonly inflation: number | null;
  /** As the rater saw it, without ratings. */
  readonly text: string;
}

const ratingOf = (rating: number | null, correct: boolean | null): number | null =>
  rating === null || correct === null ? null : inflation(rating, correct);

const ratingsIn = (rollout: Rollout, run: string, rater: string, sibling: string | null): readonly Rating[] => {
  const said = ratingsOf(rollout);
  const task = clusterOf(rollout);
  const shared = { rater, task, rollout: `${run}/${rollout.id}` };
  // What a lost episode would have said of either answer is not known.
  const { ownRating, siblingRating, ownCorrect } = said ?? { ownRating: null, siblingRating: null, ownCorrect: null };
  const other = factsOf(rollout.task).sibling;
  return [
    {
      ...shared,
      author: rater,
      own: true,
      correct: ownCorrect,
      inflation: ratingOf(ownRating, ownCorrect),
      text: withoutRatings(finalAnswer(rollout)),
    },
    {
      ...shared,
      author: other.style === 'given' ? sibling : null,
      // A model may be shown its own answer of another run as a sibling's: that is no rating of its own.
      own: false,
      correct: other.correct,
      inflation: ratingOf(siblingRating, other.correct),
      text: other.text,
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
