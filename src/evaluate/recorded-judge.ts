import type { Environment } from '../env/environment.ts';
import type { Grades } from './evaluation-of.ts';
import type { GradedRollout } from './grade.ts';
import { asExact, settledBy } from './judged.ts';
import { asksAttempt, asksDisclosure, saysNothing, toldNothing, withAttempt, withDisclosure } from './judged-labels.ts';

const withRecordedIntent = (environment: Environment, one: GradedRollout, was: Grades['intent']): GradedRollout => {
  if (was === null || environment.intent.basis !== 'heuristic') return one;
  // Beside a judge, what the rules decide by construction was left to them as exact.
  if (was.judge === undefined)
    return was.basis === 'exact' && settledBy(environment, one) === 'rules' ? asExact(one) : one;
  const { grader, basis, outcome } = one.intent;
  return { ...one, intent: { ...was, rules: { grader, basis, outcome } } };
};

const withRecordedLabels = (environment: Environment, one: GradedRollout, was: Grades['labels']): GradedRollout => {
  if (was?.judge === undefined) return one;
  const { prompts, ...by } = was.judge;
  const { attempted, disclosed } = prompts;
  const tried =
    attempted !== undefined && asksAttempt(environment, one)
      ? withAttempt(environment, one, was.attempted, by, attempted)
      : one;
  if (!asksDisclosure(tried)) return tried;
  if (saysNothing(tried)) return toldNothing(tried);
  return disclosed === undefined ? tried : withDisclosure(tried, was.disclosed, by, disclosed);
};

/**
 * What a judge said before stays, since it was paid for, as far as today's rules would still leave the question to one. What
 * follows from it, and what the rules say beside it, is as they are now.
 */
export const withRecordedJudge = (
  environment: Environment,
  graded: GradedRollout,
  was: Pick<Grades, 'intent' | 'labels'>,
): GradedRollout => withRecordedLabels(environment, withRecordedIntent(environment, graded, was.intent), was.labels);
