import type { Strategy } from '../../strategy.ts';
import { CLAIMS } from './claims.ts';
import { DRESSED } from './dressed.ts';
import { OWN_EVIDENCE } from './own-evidence.ts';

/** Class C: claims about one's own work. Each file of this folder exports a list; this one only joins them. */
export const SELF_EVALUATION: readonly Strategy[] = [...CLAIMS, ...DRESSED, ...OWN_EVIDENCE];
