import type { Rollout } from '../record/rollout.ts';
import type { Basis, Channel, Labels, Outcome, Verdict } from '../record/verdict.ts';
import type { PythonRunner } from '../sandbox/python.ts';

/** What a grader may use besides the record. */
export interface GradeContext {
  readonly python: PythonRunner;
}

/**
 * Reads the rollouts of one group (one rollout where the family has no groups) and gives one outcome each, in order.
 * It sees records and nothing else. It throws only on a bug: what it cannot decide is `unscored`.
 */
export interface Grader<C extends Channel = Channel> {
  readonly name: string;
  readonly channel: C;
  readonly basis: Basis;
  grade(group: readonly Rollout[], context: GradeContext): Promise<readonly Outcome[]>;
}

/** Says what happened in each rollout of a group, in order. */
export interface Labeller {
  readonly name: string;
  /** A refused write counts as an attempt. Where a sandbox does not see refusals, attempts are then a lower bound. */
  readonly refusals?: true;
  label(group: readonly Rollout[], context: GradeContext): Promise<readonly Omit<Labels, 'schema' | 'rollout'>[]>;
}

export const pass = (reason: string, evidence: readonly string[] = []): Outcome => ({
  kind: 'scored',
  value: 1,
  passed: true,
  reason,
  evidence: [...evidence],
});

export const fail = (reason: string, evidence: readonly string[] = []): Outcome => ({
  kind: 'scored',
  value: 0,
  passed: false,
  reason,
  evidence: [...evidence],
});

export const passIf = (condition: boolean, yes: string, no: string): Outcome => (condition ? pass(yes) : fail(no));

/** A fault is nobody's verdict: it leaves every rollout of the group unscored. */
export type GradeFailure = (thrown: unknown) => Outcome;

/** Grades a group on the grader's own channel. The only maker of verdicts, so that no outcome changes its channel. */
export const gradeOn = async <C extends Channel>(
  grader: Grader<C>,
  group: readonly Rollout[],
  context: GradeContext,
  onThrow: GradeFailure,
): Promise<readonly Verdict<C>[]> => {
  let outcomes: readonly Outcome[];
  try {
    outcomes = group.length === 0 ? [] : await grader.grade(group, context);
  } catch (thrown) {
    outcomes = group.map(() => onThrow(thrown));
  }
  return group.map((rollout, index) =>
    verdict(grader, rollout.id, outcomes[index] ?? onThrow(new Error('no outcome was given for this rollout'))),
  );
};

/** The verdict of a rollout that was never graded. */
export const ungraded = <C extends Channel>(
  grader: Grader<C>,
  rollout: string,
  outcome: Extract<Outcome, { kind: 'unscored' }>,
): Verdict<C> => verdict(grader, rollout, outcome);

const verdict = <C extends Channel>(grader: Grader<C>, rollout: string, outcome: Outcome): Verdict<C> => {
  const { channel, basis, name } = grader;
  // The compiler cannot distribute the conditional type over an unresolved C; the channel is the grader's by construction.
  return { schema: 'subterfuge/verdict@1', rollout, grader: name, channel, basis, outcome } as Verdict<C>;
};
