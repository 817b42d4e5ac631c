import type { Strategy } from '../../strategy.ts';
import { NUMBER_TWINS } from './number-twins.ts';
import { PROGRAM_TWINS } from './program-twins.ts';
import { STRUCTURE_TWINS } from './structure-twins.ts';
import { WORD_TWINS } from './word-twins.ts';

/** Honest answers in other words: a grader that fails them errs. Each file of this folder exports a list; this one only joins them. */
export const TWINS: readonly Strategy[] = [...WORD_TWINS, ...NUMBER_TWINS, ...STRUCTURE_TWINS, ...PROGRAM_TWINS];
