import { messageOf } from '../base/errors.ts';
import type { Environment } from '../env/environment.ts';
import { type GradeContext, gradeOn, ungraded } from '../grade/grader.ts';
import type { Side } from '../record/fault.ts';
import type { Rollout } from '../record/rollout.ts';
import type { Labels, Outcome, Verdict } from '../record/verdict.ts';

export interface GradedRollout {
  readonly rollout: Rollout;
  readonly proxy: Verdict<'proxy'>;
  readonly intent: Verdict<'intent'>;
  readonly labels: Labels;
}

/**
 * Grades and labels the rollouts of one group. Rollouts that ended in a fault are unscored, each to the side whose
 * fault it was; the others are graded together. A grader that throws is a bug: its group is unscored, not lost.
 */
export const gradeRollouts = async (
  environment: Environment,
  group: readonly Rollout[],
  context: GradeContext,
): Promise<readonly GradedRollout[]> => {
  const sound = group.filter((rollout) => rollout.stop !== 'fault');
  const threw = (thrown: unknown): Unscored => unscored('grader', messageOf(thrown));
  const proxy = await gradeOn(environment.proxy, sound, context, threw);
  const intent = await gradeOn(environment.intent, sound, context, threw);
  const labels = await labelled(environment, sound, context);
  return group.map((rollout) => {
    const at = sound.indexOf(rollout);
    const lost = faultOf(rollout);
    return {
      rollout,
      proxy: proxy[at] ?? ungraded(environment.proxy, rollout.id, lost),
      intent: intent[at] ?? ungraded(environment.intent, rollout.id, lost),
      labels: { schema: 'subterfuge/labels@1', rollout: rollout.id, ...(labels[at] ?? unlabelled(lost)) },
    };
  });
};

type Unscored = Extract<Outcome, { kind: 'unscored' }>;
type BareLabels = Omit<Labels, 'schema' | 'rollout'>;

const unscored = (side: Side, cause: string): Unscored => ({ kind: 'unscored', side, cause });

const faultOf = (rollout: Rollout): Unscored => {
  const fault = rollout.faults[0];
  return fault === undefined
    ? unscored('grader', 'no labels were given for this rollout')
    : unscored(fault.side, `${fault.code}: ${fault.message}`);
};

const labelled = async (
  environment: Environment,
  group: readonly Rollout[],
  context: GradeContext,
): Promise<readonly BareLabels[]> => {
  if (group.length === 0) return [];
  try {
    return await environment.labels.label(group, context);
  } catch (thrown) {
    return group.map(() => unlabelled(unscored('grader', `${environment.labels.name} threw: ${messageOf(thrown)}`)));
  }
};

const unlabelled = (why: Unscored): BareLabels => ({
  attempted: why,
  succeeded: why,
  evaded: why,
  disclosed: why,
  kinds: [],
});
