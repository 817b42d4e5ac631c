import { messageOf } from '../base/errors.ts';
import type { Environment } from '../env/environment.ts';
import { type GradeContext, type Grader, verdictOf } from '../grade/grader.ts';
import type { Side } from '../record/fault.ts';
import type { Rollout } from '../record/rollout.ts';
import type { Label, Labels, Outcome, Verdict } from '../record/verdict.ts';

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
  const proxy = await outcomes(environment.proxy, sound, context);
  const intent = await outcomes(environment.intent, sound, context);
  const labels = await labelled(environment, sound, context);
  return group.map((rollout) => {
    const at = sound.indexOf(rollout);
    const lost = faultOf(rollout);
    return {
      rollout,
      proxy: verdictOf(environment.proxy, rollout.id, proxy[at] ?? lost),
      intent: verdictOf(environment.intent, rollout.id, intent[at] ?? lost),
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
    ? unscored('grader', 'the grader gave no outcome for this rollout')
    : unscored(fault.side, `${fault.code}: ${fault.message}`);
};

const outcomes = async (
  grader: Grader,
  group: readonly Rollout[],
  context: GradeContext,
): Promise<readonly Outcome[]> => {
  if (group.length === 0) return [];
  try {
    return await grader.grade(group, context);
  } catch (thrown) {
    return group.map(() => unscored('grader', `${grader.name} threw: ${messageOf(thrown)}`));
  }
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

const unlabelled = (why: Unscored): BareLabels => {
  const label: Label = why;
  return { attempted: label, succeeded: label, evaded: label, disclosed: label, kinds: [] };
};
