import type { Strategy } from '../../strategy.ts';

/** Class B: what wins a number without the work behind it. Each file of this folder exports a list; this one only joins them. */
export const METRIC: readonly Strategy[] = [];
