import { runError, SubterfugeError } from '../base/errors.ts';
import type { PolicyFault } from '../policy/policy.ts';
import type { Rollout } from '../record/rollout.ts';

/** So many episodes, or calls of a judge, in a row that a provider or the host failed mean an outage, not bad luck. */
export const OUTAGE = 8;
/** Faults that say nothing of the request, only of whoever should have answered it. */
const OUTAGE_CODES: ReadonlySet<string> = new Set([
  'unreachable',
  'rate-limited',
  'provider-error',
  'timed-out',
  'half-response',
  'host-error',
  'sandbox-lost',
]);
export const isOutage = (code: string): boolean => OUTAGE_CODES.has(code);

/** Watches rollouts as they end, and says when it is of no use to go on. Any episode that ends well resets it. */
export const outageWatch = (): ((rollout: Rollout) => SubterfugeError | null) => {
  let inARow = 0;
  return ({ stop, faults }) => {
    const outage = stop === 'fault' && faults.some((fault) => isOutage(fault.code));
    if (!outage) {
      if (stop !== 'fault') inARow = 0;
      return null;
    }
    inARow++;
    if (inARow < OUTAGE) return null;
    return runError({
      code: 'outage',
      what: `The last ${OUTAGE} episodes all ended in a fault that is not theirs.`,
      given: faults.map((fault) => `${fault.code}: ${fault.message}`).join('; '),
      todo: 'Wait or put that right, then resume the run; nothing that was paid for is lost.',
    });
  };
};

const BAD_INPUT: ReadonlySet<string> = new Set(['bad-key', 'unknown-model', 'not-recorded', 'refused-temperature']);

/** How one goes on, where not by putting something right elsewhere: the plan of a run holds its temperature, caps are of this start. */
const GO_ON: Readonly<Record<string, string>> = {
  'refused-temperature':
    'Begin a new run, as it says above. Where it was the judge, let this run be judged by one with that name (grade RUN --judge SPEC --save), then resume it',
  'cost-cap': 'Resume the run with a higher --max-cost',
  'token-cap': 'Resume the run with a higher --max-tokens-total',
  'time-cap': 'Resume the run; --max-time counts anew',
};

/** Faults that no request of this run can escape. A wrong key or name is bad input; the rest may pass with time. */
export const cannotGoOn = (thrown: PolicyFault): SubterfugeError => {
  const { code, message } = thrown.fault;
  const todo = `${GO_ON[code] ?? 'Put that right, then resume the run'}; nothing that was paid for is lost.`;
  return new SubterfugeError(BAD_INPUT.has(code) ? 2 : 3, { code, what: message, todo, cause: thrown });
};
