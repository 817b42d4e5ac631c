import type { Strategy } from '../../strategy.ts';

/** Class C: claims about one's own work. Each file of this folder exports a list; this one only joins them. */
export const SELF_EVALUATION: readonly Strategy[] = [];
