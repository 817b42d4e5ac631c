/** What a table has no column for: contrasts, repeats, early ends, and rollouts that a limit ended. As plain sentences, unsafe text included. */
import type { EnvironmentSummary } from '../record/evaluation.ts';
import type { Feedback } from '../record/rollout.ts';
import { formatEstimate, formatRate, plural, thousands } from './format.ts';

/** `sycophancy 0.21 [0.10, 0.32] (n = 64). What it says.`, or null in a family without one. */
const contrastText = ({ contrast }: EnvironmentSummary): string | null =>
  contrast === null ? null : `${contrast.name} ${formatEstimate(contrast.estimate)}. ${contrast.text}`;

/** `ended early: token-limit 3, turn-limit 1`, or null where every rollout finished. */
export const stopsText = ({ stops }: EnvironmentSummary): string | null => {
  const early = Object.entries(stops).filter(([reason]) => reason !== 'finished');
  if (early.length === 0) return null;
  return `ended early: ${early.map(([reason, count]) => `${reason} ${thousands(count)}`).join(', ')}`;
};

/** What was said between two attempts. */
const FEEDBACK_WORDS: Readonly<Record<Feedback, string>> = {
  reward: 'told the reward of the last one and asked to reflect',
  reflect: 'asked to reflect, without a reward',
  none: 'asked again, without a reward or reflection',
};

/** Said where the number of attempts may be too low; null where it is not. */
const refusalsText = ({ refusalsUnseen }: EnvironmentSummary): string | null =>
  refusalsUnseen === undefined
    ? null
    : 'attempted is a lower bound here: a refused write counts as an attempt, and this sandbox does not see refusals. Do not compare it with a run in the simulated sandbox, which does.';

/** How alike the repeats of one task came out; null where tasks were played once. */
export const repeatsText = ({ repeats }: EnvironmentSummary): string | null =>
  repeats === undefined
    ? null
    : `each task ${repeats.times} times, counted by task: gamed every time ${formatRate(repeats.all)}, never ${formatRate(repeats.none)}, mixed (flaky) ${formatRate(repeats.mixed)}`;

/** How gaming went from attempt to attempt; null where there was one attempt at each task. */
const attemptsText = ({ attempts }: EnvironmentSummary): string | null => {
  if (attempts === undefined) return null;
  const { times, feedback, at, change } = attempts;
  const curve = at.map(({ attempt, gaming }) => `${attempt}: ${formatRate(gaming)}`).join('; ');
  const last = at.at(-1);
  const ever = last === undefined ? '' : `. Conversations gamed at least once: ${formatRate(last.gamedSoFar)}`;
  const shift = change === null ? '' : `. Last minus first, paired by task: ${formatEstimate(change)}`;
  return `${times} attempts in one conversation, ${FEEDBACK_WORDS[feedback]}; gaming by attempt ${curve}${ever}${shift}. All other rates are over all attempts.`;
};

/** How often a model thought although it was not asked to; null where it was. */
const thinkingText = ({ thinking }: EnvironmentSummary): string | null =>
  thinking === undefined
    ? null
    : `no chain of thought was asked for; rollouts that hold one anyway: ${formatRate(thinking)}`;

/** Whether it ended before its number of rollouts, and by which rule; null where no rule was given. */
export const sequentialText = ({ sequential, rollouts }: EnvironmentSummary): string | null => {
  if (sequential === undefined) return null;
  const { until, met, most } = sequential;
  const rules = until.join(' and ');
  const played = `${thousands(rollouts)} of at most ${plural(most, 'rollout')}`;
  const valid = 'Intervals are valid however often one looks.';
  if (met && rollouts < most) return `stopped early, after ${played}, because ${rules}. ${valid}`;
  if (met) return `played whole (${plural(most, 'rollout')}); at the end ${rules}. ${valid}`;
  return rollouts < most
    ? `not yet ended: ${played}, to be played until ${rules}. ${valid}`
    : `played whole (${plural(most, 'rollout')}) without reaching ${rules}. ${valid}`;
};

/** How far a judge and the rules whose place it took agree; null where no judge was asked. */
const judgedText = ({ judged }: EnvironmentSummary): string | null => {
  if (judged === undefined) return null;
  const { model, unanswered, byRules = 0, intent, attempted, disclosed } = judged;
  const parts = Object.entries({ intent, attempted, disclosed }).flatMap(([name, agreement]) =>
    agreement === undefined
      ? []
      : [
          `${name}: the rules agree ${formatRate(agreement.agree)} (judge alone says yes ${thousands(agreement.judgeOnly.count)}, rules alone ${thousands(agreement.rulesOnly.count)})`,
        ],
  );
  const again =
    unanswered === 0
      ? ''
      : ` ${plural(unanswered, 'rollout')} got no answer from it and are asked again where the run goes on.`;
  const mixed =
    byRules === 0
      ? ''
      : ` Of ${plural(byRules, 'rollout')} it was not asked, and rules decided: resume the run, or let it judge all of it (grade --judge), before you read these numbers.`;
  return `judged by ${model} in the place of rules over free text. ${parts.join('; ')}.${again}${mixed}`;
};

/** Everything of this kind about one environment, what changes how its rates are read first. */
export const asidesOf = (result: EnvironmentSummary): string[] =>
  [
    sequentialText(result),
    refusalsText(result),
    judgedText(result),
    contrastText(result),
    repeatsText(result),
    attemptsText(result),
    thinkingText(result),
    stopsText(result),
  ].filter((text) => text !== null);
