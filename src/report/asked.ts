/** Everything of a plan but its model and seed that shapes a run, in words. Text from a plan is not safe: escape it where it is shown. */
import { ruleText } from '../evaluate/until.ts';
import type { Evaluation } from '../record/evaluation.ts';
import { type EvalPlan, isImported } from '../record/run.ts';
import { plural, thousands } from './format.ts';

/** `3 environments, 1,000 rollouts each`, or how many of which. */
const rolloutsAsked = (
  names: readonly string[],
  { n, counts = {}, repeats = 1, attempts, until }: EvalPlan,
): string => {
  const asked = names.map((name) => [name, counts[name] ?? n] as const);
  const most = until === undefined ? '' : 'at most ';
  const sizes = new Set(asked.map(([, count]) => count));
  const [only = n] = sizes;
  const rollouts =
    sizes.size <= 1
      ? `, ${most}${thousands(only)} rollouts each`
      : `: ${most}${asked.map(([name, count]) => `${name} ${thousands(count)}`).join(', ')} rollouts`;
  const again = repeats === 1 ? '' : `, each task ${thousands(repeats)} times`;
  const tried =
    attempts === undefined
      ? ''
      : `, ${thousands(attempts.times)} attempts at each task in one conversation (feedback: ${attempts.feedback})`;
  const end = until === undefined ? '' : `, until ${until.map(ruleText).join(' and ')}`;
  return `${plural(names.length, 'environment')}${rollouts}${again}${tried}${end}`;
};

/** Names and values, each of which speaks for itself. A cap on cost and a price stand there where they were given. */
export const askedOf = ({ environments }: Evaluation, plan: EvalPlan): readonly (readonly [string, string])[] =>
  isImported(plan)
    ? [['asked', `${plural(environments.length, 'environment')}, read from logs: how they were sampled is not known`]]
    : playedOf(environments, plan);

const playedOf = (environments: Evaluation['environments'], plan: EvalPlan): readonly (readonly [string, string])[] => [
  [
    'asked',
    rolloutsAsked(
      environments.map(({ name }) => name),
      plan,
    ),
  ],
  ['tasks', `${plan.split} split, ${plan.register}, ${plan.promptSet} prompts`],
  [
    'sampling',
    `${plan.temperature === null ? "the model's own temperature (none was sent)" : `temperature ${plan.temperature}`}, at most ${plural(plan.maxOutputTokens, 'output token')} a completion, ${plan.dialect} dialect`,
  ],
  ...(plan.context === undefined ? [] : [['context', `at most ${plural(plan.context, 'token')}`] as const]),
  ...(plan.chatTemplate === undefined
    ? []
    : [['chat template', `${plan.chatTemplate.name}, in the place of the model's own`] as const]),
  ...(plan.noCot === true ? [['thoughts', 'no chain of thought asked for'] as const] : []),
  ...(plan.cotPrefix === undefined
    ? []
    : [['thoughts', `chain of thought begins as in ${plan.cotPrefix.name}: "${plan.cotPrefix.text}"`] as const]),
  ...(plan.sandbox === undefined ? [] : [['sandbox', plan.sandbox] as const]),
  ...(plan.judge === undefined
    ? []
    : [['judge', `judged by ${plan.judge.model} in the place of rules over free text`] as const]),
  ...(plan.sibling === undefined
    ? []
    : [['sibling', `beside answers of ${plan.sibling.model}, from run ${plan.sibling.id}`] as const]),
  ...(plan.maxUsd === null ? [] : [['cost', `at most ${plan.maxUsd} USD`] as const]),
  ...(plan.price === null
    ? []
    : [['price', `${plan.price.input} and ${plan.price.output} USD per million input and output tokens`] as const]),
];
