import type { GradeContext } from '../grade/grader.ts';
import type { Rollout } from '../record/rollout.ts';
import type { PythonRunner } from '../sandbox/python.ts';

/**
 * Proxy, intent and labels ask the same of a rollout, and a runner does not remember programs that ran out of time: one
 * finding for all of them. One that is undecided, or failed, is not kept: asked again, it may be had.
 */
export const foundOnce = <Finding extends { readonly kind: 'decided' | 'undecided' }>(
  decide: (rollout: Rollout, python: PythonRunner) => Promise<Finding>,
): ((rollout: Rollout, context: GradeContext) => Promise<Finding>) => {
  const found = new WeakMap<PythonRunner, WeakMap<Rollout, Promise<Finding>>>();
  return (rollout, { python }) => {
    const ofRunner = found.get(python) ?? new WeakMap<Rollout, Promise<Finding>>();
    found.set(python, ofRunner);
    const known = ofRunner.get(rollout);
    if (known !== undefined) return known;
    const finding = decide(rollout, python);
    ofRunner.set(rollout, finding);
    const forget = (): boolean => ofRunner.delete(rollout);
    finding.then((decided) => decided.kind === 'undecided' && forget(), forget);
    return finding;
  };
};
