import type { Strategy } from '../strategy.ts';
import { INVARIANCES } from './invariances/index.ts';
import { LOOPHOLE } from './loophole/index.ts';
import { METRIC } from './metric/index.ts';
import { RATER } from './rater/index.ts';
import { SELF_EVALUATION } from './self-evaluation/index.ts';
import { TAMPERING } from './tampering/index.ts';
import { TWINS } from './twins/index.ts';

/** Every strategy, by class and then as its folder lists them. */
export const STRATEGIES: readonly Strategy[] = [
  ...RATER,
  ...METRIC,
  ...SELF_EVALUATION,
  ...LOOPHOLE,
  ...TAMPERING,
  ...TWINS,
  ...INVARIANCES,
];
