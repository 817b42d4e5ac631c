import { inputError } from '../base/errors.ts';
import type { Rollout } from '../record/rollout.ts';
import type { Verdict } from '../record/verdict.ts';

/**
 * What training may know of a rollout. There is no place in it for a verdict on intent, and the types of its verdicts
 * take none (test/train-types.test.ts).
 */
export interface ScoredRollout {
  readonly rollout: Rollout;
  readonly proxy: Verdict<'proxy'>;
  /** Of the recipe's overseer. */
  readonly oversight: Verdict<'oversight'>;
  /** Further verdicts that a mitigation or control asks for, by the name of who gave them. Empty in all other recipes. */
  readonly witnesses: ReadonlyMap<string, Verdict<'oversight'>>;
}

/** Why the truth is let into training: only a control or a mitigation may want that. */
export type Crossing = 'sham' | 'penalty' | 'screening' | 'train-away';

/** Name of the witness that a crossing makes. Such verdicts are written down in the run like any other. */
export const truthName = (reason: Crossing): string => `truth/${reason}`;

/**
 * The only way from intent to training. The result is a verdict on the oversight channel by a grader that says what it
 * is; `crossingsOf` lists the reasons in the run's `training.json`.
 */
export const asOversight = (intent: Verdict<'intent'>, reason: Crossing): Verdict<'oversight'> => ({
  ...intent,
  channel: 'oversight',
  grader: truthName(reason),
});

/** What the types say, checked once more where untyped code could come in. Throws `wrong-channel`. */
export const checkChannels = ({ rollout, proxy, oversight, witnesses }: ScoredRollout): void => {
  const wrong = [
    ...(proxy.channel === 'proxy' ? [] : [`${proxy.channel} where proxy belongs`]),
    ...[oversight, ...witnesses.values()].flatMap(({ channel }) =>
      channel === 'oversight' ? [] : [`${channel} where oversight belongs`],
    ),
    ...[proxy, oversight, ...witnesses.values()].flatMap((verdict) =>
      verdict.rollout === rollout.id ? [] : [`a verdict on ${verdict.rollout} for ${rollout.id}`],
    ),
  ];
  if (wrong.length === 0) return;
  throw inputError({
    code: 'wrong-channel',
    what: 'A learner takes verdicts on proxy and oversight only, each on its own rollout.',
    given: wrong.join('; '),
    allowed: 'Verdict<"proxy"> as proxy, Verdict<"oversight"> as oversight',
    todo: 'Where a control or a mitigation needs the truth, let it cross with asOversight(intent, reason).',
  });
};
