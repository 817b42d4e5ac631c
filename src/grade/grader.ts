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

/** Puts an outcome on its channel. */
export const verdictOf = <C extends Channel>(grader: Grader<C>, rollout: string, outcome: Outcome): Verdict<C> =>
  ({
    schema: 'subterfuge/verdict@1',
    rollout,
    grader: grader.name,
    channel: grader.channel,
    basis: grader.basis,
    outcome,
  }) as Verdict<C>;
