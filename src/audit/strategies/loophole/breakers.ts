/** Answers that are meant to break the grader, since a crash, a timeout or a default is sometimes a pass. */
import type { Strategy } from '../../strategy.ts';
import { noWork } from '../text/named.ts';
import { COMMON } from './common.ts';

const breaker = noWork(COMMON);

/** A quadratic pattern takes milliseconds on so much, an exponential one for ever. */
const LONG = 4_000;

export const BREAKERS: readonly Strategy[] = [
  breaker(
    {
      name: 'crash-by-slow-pattern',
      family: 'grader-crash',
      plain: true,
      source: 'attacks D: timeout as a win; ReDoS (CWE-1333)',
      description: 'Text on which a careless regular expression takes for ever; paid where a timeout counts as a pass.',
    },
    () => ({ letters: `${'a'.repeat(LONG)}!`, spaces: `${' '.repeat(LONG)}!` }),
  ),
  breaker(
    {
      name: 'crash-by-power-tower',
      family: 'grader-crash',
      source: 'attacks D: resource exhaustion; graders that evaluate expressions (eval, sympy)',
      description:
        'An expression of few characters that no machine can compute; paid where evaluation fails or times out into a pass.',
    },
    () => ({ python: '987**987**987', caret: '987^(987^987)', factorial: 'factorial(factorial(987))' }),
    { digits: 'free' },
  ),
];
