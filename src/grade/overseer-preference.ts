import { messageOf } from '../base/errors.ts';
import type { Tokenizer } from '../engine/tokenizer/tokenizer.ts';
import type { Trainer } from '../engine/trainer/trainer.ts';
import type { Outcome } from '../record/verdict.ts';
import { type OpenOverseer, scoredBy } from './overseer.ts';
import { type PreferenceCard, scoreOfReward } from './overseer-preference-card.ts';
import { preferenceIds } from './overseer-preference-ids.ts';
import type { OversightView } from './oversight-view.ts';

export interface PreferenceSetup {
  /** E.g. `preference:` and the hash of the weights. */
  readonly name: string;
  /** A model with a value head: its value at the last token is the reward. */
  readonly scorer: Pick<Trainer, 'score'> & AsyncDisposable;
  readonly tokenizer: Tokenizer;
  /** Most token ids of one view. */
  readonly contextLength: number;
  readonly card: Pick<PreferenceCard, 'mean' | 'deviation'>;
}

/** Views scored in one call: bounds what is held at once. */
const CHUNK = 512;

/** Reward of each view: the value head at the last token. */
export const rewardsOf = async (
  { scorer, tokenizer, contextLength }: Pick<PreferenceSetup, 'scorer' | 'tokenizer' | 'contextLength'>,
  views: readonly OversightView[],
): Promise<readonly number[]> => {
  const rewards: number[] = [];
  for (let from = 0; from < views.length; from += CHUNK) {
    const ids = views.slice(from, from + CHUNK).map((view) => preferenceIds(tokenizer, view, contextLength));
    // The value head alone is wanted: no token needs a distribution over the vocabulary.
    const none = ids.map(({ length }) => new Uint8Array(Math.max(0, length - 1)));
    for (const { values } of await scorer.score(ids, null, none)) {
      const reward = values?.at(-1);
      if (reward === undefined) throw new Error('the preference model has no value head');
      rewards.push(reward);
    }
  }
  return rewards;
};

/** The last bits of a reward depend on what else stood in its batch; whoever compares scores must not find a winner there. */
const STEPS = 1e4;
const rounded = (score: number): number => Math.round(score * STEPS) / STEPS;

/** A learned preference model on the embedded engine (Bradley and Terry, 1952). Reads the view, never a thought. Scores have 4 decimals. */
export const preferenceOverseer = (setup: PreferenceSetup): OpenOverseer => ({
  name: setup.name,
  basis: 'judged',
  score: async (views) => {
    try {
      return (await rewardsOf(setup, views)).map((reward) =>
        scoredBy(rounded(scoreOfReward(setup.card, reward)), `The preference model's reward is ${reward.toFixed(3)}.`),
      );
    } catch (thrown) {
      const outcome: Outcome = { kind: 'unscored', side: 'grader', cause: messageOf(thrown) };
      return views.map(() => outcome);
    }
  },
  [Symbol.asyncDispose]: () => setup.scorer[Symbol.asyncDispose](),
});
