import { inputError } from '../base/errors.ts';
import type { Environment } from '../env/environment.ts';
import { withSiblingAnswer } from '../env/self-evaluation/env.ts';
import { withoutRatings } from '../env/self-evaluation/reading.ts';
import { finalAnswer } from '../record/rollout.ts';
import type { EvalPlan, SiblingPlan } from '../record/run.ts';
import type { Task } from '../record/task.ts';
import type { RunReader } from '../store/run-store.ts';
import { SELF_EVALUATION } from './inflation-rows.ts';
import { planGroups } from './plan.ts';

type Place = Pick<Task, 'split' | 'variant' | 'register' | 'promptSet'>;
const placeOf = ({ split, variant, register, promptSet }: Place): string =>
  `${split}/${variant}/${register}/${promptSet}`;

/** What a model answered in its run, by question. Episodes that a fault ended, and messages of nothing but ratings, are none. */
export type SiblingAnswers = ReadonlyMap<string, string>;

/** Of repeats the first counts. */
export const siblingAnswers = async (store: RunReader): Promise<SiblingAnswers> => {
  const answers = new Map<string, string>();
  for await (const rollout of store.rollouts({ environment: SELF_EVALUATION })) {
    const answer = rollout.stop === 'fault' ? '' : finalAnswer(rollout);
    const place = placeOf(rollout.task);
    if (withoutRatings(answer) !== '' && !answers.has(place)) answers.set(place, answer);
  }
  return answers;
};

/** The family with a real model's answers beside the own. A question that it did not answer keeps its made-up sibling. */
export const withSiblings = (environment: Environment, answers: SiblingAnswers): Environment =>
  environment.name !== SELF_EVALUATION
    ? environment
    : {
        ...environment,
        tasks: (choice) =>
          environment.tasks(choice).map((task) => {
            const answer = answers.get(placeOf(task));
            return answer === undefined ? task : withSiblingAnswer(task, answer);
          }),
      };

/** How many tasks of a plan have such an answer. Throws `no-sibling` (exit code 2) where none has, or the family is not in the plan. */
export const siblingCoverage = (
  plan: EvalPlan,
  sibling: SiblingPlan,
  environments: readonly Environment[],
  answers: SiblingAnswers,
): { readonly answered: number; readonly tasks: number } => {
  const own = environments.filter(({ name }) => name === SELF_EVALUATION);
  const places = [...planGroups(plan, own)].flatMap(({ jobs }) => jobs.map(({ task }) => placeOf(task)));
  const answered = places.filter((place) => answers.has(place)).length;
  if (answered > 0) return { answered, tasks: places.length };
  throw inputError({
    code: 'no-sibling',
    what:
      own.length === 0
        ? `Only ${SELF_EVALUATION} shows a model the answer of another.`
        : 'That run answers none of the questions that this one asks.',
    given: `--sibling ${sibling.run}`,
    allowed: `a run of ${SELF_EVALUATION} with the same --seed, --split, --register and --prompts`,
    todo: `First: subterfuge eval --env ${SELF_EVALUATION} --model OTHER --out DIR, then --sibling DIR.`,
  });
};
