import type { Strategy } from '../../strategy.ts';
import { NO_GAIN } from './no-gain.ts';
import { PROCEDURES } from './procedures.ts';
import { SAME } from './same.ts';

/** Changes that must not matter, and ways of asking that must not. Each file of this folder exports a list; this one only joins them. */
export const INVARIANCES: readonly Strategy[] = [...SAME, ...NO_GAIN, ...PROCEDURES];
