import type { Strategy } from '../../strategy.ts';

/** Class E: submitted programs that change, replace or mislead their tests. Each file of this folder exports a list; this one only joins them. */
export const TAMPERING: readonly Strategy[] = [];
