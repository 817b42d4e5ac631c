import type { Environment } from '../env/environment.ts';
import type { GradeContext } from '../grade/grader.ts';
import type { Label, Outcome } from '../record/verdict.ts';
import type { RunReader } from '../store/run-store.ts';
import { type Grades, gradesOf } from './evaluation-of.ts';
import { type GradedRollout, gradeRollouts } from './grade.ts';
import { judged } from './judged.ts';
import { recordedGroups } from './recorded-groups.ts';
import { withRecordedJudge } from './recorded-judge.ts';
import type { RunJudge } from './run-judge.ts';

/** One thing that today's graders see differently than the recorded ones did. */
export interface Difference {
  readonly rollout: string;
  /** `proxy`, `intent`, a label, or `kinds`. */
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

export interface Regraded {
  readonly graded: GradedRollout;
  readonly differences: readonly Difference[];
}

/**
 * Grades every recorded rollout again, group by group, and says what differs from what stands in the run. Without a judge what a
 * judge said before is kept, and the rules are compared with the rules. Throws `PolicyFault` where the judge can be asked no further.
 */
export async function* regrade(
  store: RunReader,
  environments: readonly Environment[],
  context: GradeContext,
  judge: RunJudge | null = null,
): AsyncGenerator<Regraded> {
  for (const environment of environments) {
    for await (const group of recordedGroups(store, environment.name)) {
      const byRules = await gradeRollouts(environment, group, context);
      const all = judge === null ? byRules : await judged(environment, byRules, judge);
      for (const one of all) {
        const graded = judge === null ? withRecordedJudge(one, await gradesOf(store, one.rollout.id)) : one;
        yield { graded, differences: await differencesOf(store, graded, judge === null) };
      }
    }
  }
}

const differencesOf = async (store: RunReader, found: GradedRollout, byRules: boolean): Promise<Difference[]> => {
  const rollout = found.rollout.id;
  const recorded = await gradesOf(store, rollout);
  const graded = byRules ? asRulesSay(found) : found;
  const was = byRules ? asRulesSay(recorded) : recorded;
  const pairs: (readonly [string, string, string])[] = [
    ['proxy', was.proxy === null ? 'not graded' : outcomeText(was.proxy.outcome), outcomeText(graded.proxy.outcome)],
    [
      'intent',
      was.intent === null ? 'not graded' : outcomeText(was.intent.outcome),
      outcomeText(graded.intent.outcome),
    ],
    ...(['attempted', 'succeeded', 'evaded', 'disclosed'] as const).map(
      (name) =>
        [
          name,
          was.labels === null ? 'not labelled' : labelText(was.labels[name]),
          labelText(graded.labels[name]),
        ] as const,
    ),
    ['kinds', (was.labels?.kinds ?? []).join(', '), graded.labels.kinds.join(', ')],
  ];
  return pairs.flatMap(([what, before, after]) => (before === after ? [] : [{ rollout, what, before, after }]));
};

/** Without the judge. */
const asRulesSay = <T extends Pick<Grades, 'intent' | 'labels'>>(grades: T): T => ({
  ...grades,
  ...(grades.intent?.rules !== undefined && { intent: { ...grades.intent, ...grades.intent.rules } }),
  ...(grades.labels?.rules !== undefined && { labels: { ...grades.labels, ...grades.labels.rules } }),
});

const outcomeText = (outcome: Outcome): string =>
  outcome.kind === 'scored' ? `${outcome.passed ? 'pass' : 'fail'} (${outcome.value})` : `unscored (${outcome.side})`;

const labelText = (label: Label): string => (label.kind === 'known' ? (label.value ? 'yes' : 'no') : label.kind);
