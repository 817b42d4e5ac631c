import type { Outcome } from '../../record/verdict.ts';
import type { IntentJudge } from '../intent.ts';
import { callKeys } from '../ledger.ts';
import type { GradeCall } from '../subject.ts';

/**
 * Asks a judge of intent about each call once: it may be dear, and one that wavers must not say two things of one answer in one report.
 * Owns nothing: dispose of the judge itself.
 */
export const askedOnce = (judge: IntentJudge): IntentJudge => {
  const keyOf = callKeys();
  const known = new Map<string, Outcome>();
  return {
    name: judge.name,
    basis: judge.basis,
    judge: async (calls, signal) => {
      const keyed = calls.map((call) => ({ call, key: keyOf(call) }));
      const fresh = new Map<string, GradeCall>(
        keyed.filter(({ key }) => !known.has(key)).map(({ call, key }) => [key, call]),
      );
      if (fresh.size > 0) {
        const outcomes = await judge.judge([...fresh.values()], signal);
        for (const [index, key] of [...fresh.keys()].entries()) {
          const outcome = outcomes[index];
          if (outcome !== undefined) known.set(key, outcome);
        }
      }
      return keyed.map(
        ({ key }): Outcome =>
          known.get(key) ?? { kind: 'unscored', side: 'grader', cause: 'the judge of intent did not answer' },
      );
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
};
