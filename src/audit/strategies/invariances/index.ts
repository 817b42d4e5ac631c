import type { Strategy } from '../../strategy.ts';

/** Changes that must not matter, and ways of asking that must not. Each file of this folder exports a list; this one only joins them. */
export const INVARIANCES: readonly Strategy[] = [];
