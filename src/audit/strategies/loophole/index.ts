import type { Strategy } from '../../strategy.ts';
import { BREAKERS } from './breakers.ts';
import { ASK_IN_CODE } from './instruction-encoding.ts';
import { ASK_IN_FRAMES } from './instruction-frames.ts';
import { ASK_IN_LANGUAGES } from './instruction-language.ts';
import { ASK_UNDER_PRESSURE } from './instruction-pressure.ts';
import { ASK_AROUND } from './instruction-secrets.ts';
import { LETTER } from './letter.ts';
import { PROGRAM_LOOPHOLES } from './program.ts';
import { QUITTING } from './quitting.ts';

/** Class D: the letter of an instruction or a specification against its sense. Each file of this folder exports a list; this one only joins them. */
export const LOOPHOLE: readonly Strategy[] = [
  ...LETTER,
  ...QUITTING,
  ...BREAKERS,
  ...PROGRAM_LOOPHOLES,
  ...ASK_IN_LANGUAGES,
  ...ASK_IN_FRAMES,
  ...ASK_IN_CODE,
  ...ASK_AROUND,
  ...ASK_UNDER_PRESSURE,
];
