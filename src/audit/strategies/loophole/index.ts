import type { Strategy } from '../../strategy.ts';

/** Class D: the letter of an instruction or a specification against its sense. Each file of this folder exports a list; this one only joins them. */
export const LOOPHOLE: readonly Strategy[] = [];
