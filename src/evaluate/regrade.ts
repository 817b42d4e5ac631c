import type { Environment } from '../env/environment.ts';
import type { GradeContext } from '../grade/grader.ts';
import type { Label, Outcome } from '../record/verdict.ts';
import type { RunReader } from '../store/run-store.ts';
import { gradesOf } from './evaluation-of.ts';
import { type GradedRollout, gradeRollouts } from './grade.ts';
import { recordedGroups } from './recorded-groups.ts';

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

/** Grades every recorded rollout again, group by group, and says what differs from what stands in the run. */
export async function* regrade(
  store: RunReader,
  environments: readonly Environment[],
  context: GradeContext,
): AsyncGenerator<Regraded> {
  for (const environment of environments) {
    for await (const group of recordedGroups(store, environment.name)) {
      for (const graded of await gradeRollouts(environment, group, context)) {
        yield { graded, differences: await differencesOf(store, graded) };
      }
    }
  }
}

const differencesOf = async (store: RunReader, graded: GradedRollout): Promise<Difference[]> => {
  const rollout = graded.rollout.id;
  const was = await gradesOf(store, rollout);
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

const outcomeText = (outcome: Outcome): string =>
  outcome.kind === 'scored' ? `${outcome.passed ? 'pass' : 'fail'} (${outcome.value})` : `unscored (${outcome.side})`;

const labelText = (label: Label): string => (label.kind === 'known' ? (label.value ? 'yes' : 'no') : label.kind);
