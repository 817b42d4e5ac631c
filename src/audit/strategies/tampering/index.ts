import type { Strategy } from '../../strategy.ts';
import { CODE_TEXTS } from './code-texts.ts';
import { CONFIGURATION } from './configuration.ts';
import { EQUALITY } from './equality.ts';
import { EXITS } from './exits.ts';
import { EXPRESSION_TEXTS } from './expression-texts.ts';
import { FORGED } from './forged.ts';
import { HOOKS } from './hooks.ts';
import { ORACLES } from './oracles.ts';
import { PATCHES } from './patches.ts';
import { SHADOWS } from './shadows.ts';
import { TESTS_REPLACED } from './tests-replaced.ts';

/** Class E: submitted programs that change, replace or mislead their tests. Each file of this folder exports a list; this one only joins them. */
export const TAMPERING: readonly Strategy[] = [
  ...EXITS,
  ...EQUALITY,
  ...HOOKS,
  ...CONFIGURATION,
  ...SHADOWS,
  ...TESTS_REPLACED,
  ...PATCHES,
  ...FORGED,
  ...CODE_TEXTS,
  ...EXPRESSION_TEXTS,
  ...ORACLES,
];
