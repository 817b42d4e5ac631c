import type { Environment } from '../env/environment.ts';
import type { GradeContext } from '../grade/grader.ts';
import type { Rollout } from '../record/rollout.ts';
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
  const gradesOfGroup = async ([environment, group]: PlacedGroup): Promise<readonly GradedRollout[]> => {
    const byRules = await gradeRollouts(environment, group, context);
    if (judge !== null) return await judged(environment, byRules, judge);
    return await Promise.all(
      byRules.map(async (one) => withRecordedJudge(environment, one, await gradesOf(store, one.rollout.id))),
    );
  };
  for await (const graded of ahead(groupsIn(store, environments), judge?.atOnce ?? 1, gradesOfGroup)) {
    for (const one of graded) yield { graded: one, differences: await differencesOf(store, one, judge === null) };
  }
}

type PlacedGroup = readonly [environment: Environment, group: readonly Rollout[]];

async function* groupsIn(store: RunReader, environments: readonly Environment[]): AsyncGenerator<PlacedGroup> {
  for (const environment of environments)
    for await (const group of recordedGroups(store, environment.name)) yield [environment, group];
}

/** Results in the order of the items, of which so many are worked on at once. What fails is thrown when its turn comes. */
async function* ahead<T, R>(items: AsyncIterable<T>, most: number, work: (item: T) => Promise<R>): AsyncGenerator<R> {
  const begun: Promise<R>[] = [];
  for await (const item of items) {
    const one = work(item);
    // It is thrown below; until then nobody waits for it.
    one.catch(() => undefined);
    begun.push(one);
    if (begun.length < most) continue;
    const first = begun.shift();
    if (first !== undefined) yield await first;
  }
  for (const one of begun) yield await one;
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
