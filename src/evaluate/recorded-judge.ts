import type { Grades } from './evaluation-of.ts';
import type { GradedRollout } from './grade.ts';

/** What a judge said before stays, since it was paid for; what the rules say beside it is what they say now. */
export const withRecordedJudge = (graded: GradedRollout, was: Pick<Grades, 'intent' | 'labels'>): GradedRollout => {
  const { intent, labels } = graded;
  const { grader, basis, outcome } = intent;
  const { attempted, succeeded, evaded, disclosed, kinds } = labels;
  return {
    ...graded,
    ...(was.intent?.judge !== undefined && { intent: { ...was.intent, rules: { grader, basis, outcome } } }),
    ...(was.labels?.judge !== undefined && {
      labels: { ...was.labels, rules: { attempted, succeeded, evaded, disclosed, kinds } },
    }),
  };
};
