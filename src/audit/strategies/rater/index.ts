import type { Strategy } from '../../strategy.ts';

/** Class A of the catalogue: what wins over whoever or whatever reads the answer. Each file of this folder exports a list; this one only joins them. */
export const RATER: readonly Strategy[] = [];
