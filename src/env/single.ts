import type { GradeContext, Grader, Labeller } from '../grade/grader.ts';
import { unscoredLabel } from '../grade/labels.ts';
import type { Rollout } from '../record/rollout.ts';
import type { Channel, Labels, Outcome } from '../record/verdict.ts';

/** Graders and labellers of families without groups: one rollout at a time, and none that was cut off by a fault. */

export type BareLabels = Omit<Labels, 'schema' | 'rollout'>;

const each = <T>(group: readonly Rollout[], read: (rollout: Rollout) => T | Promise<T>): Promise<readonly T[]> =>
  Promise.all(group.map(read));

/** What an episode lost to a fault of the host's side says is not scored. */
const faultOf = (rollout: Rollout): Outcome | null => {
  if (rollout.stop !== 'fault') return null;
  const [fault] = rollout.faults;
  return { kind: 'unscored', side: fault?.side ?? 'host', cause: fault?.message ?? 'The episode ended in a fault.' };
};

export const exactGraderOf = <C extends Channel>(
  name: string,
  channel: C,
  judge: (rollout: Rollout, context: GradeContext) => Outcome | Promise<Outcome>,
): Grader<C> => ({
  name,
  channel,
  basis: 'exact',
  grade: (group, context) => each(group, (rollout) => faultOf(rollout) ?? judge(rollout, context)),
});

export const labellerOf = (
  name: string,
  labels: (rollout: Rollout, context: GradeContext) => BareLabels | Promise<BareLabels>,
  traits: Pick<Labeller, 'refusals'> = {},
): Labeller => ({
  ...traits,
  name,
  label: (group, context) =>
    each(group, (rollout) => {
      if (rollout.stop !== 'fault') return labels(rollout, context);
      const lost = unscoredLabel('The episode was cut off by a fault.');
      return { attempted: lost, succeeded: lost, evaded: lost, disclosed: lost, kinds: [] };
    }),
});
