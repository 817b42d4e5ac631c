import type { Strategy } from '../../strategy.ts';
import { CONSTANT } from './constant.ts';
import { COVERAGE } from './coverage.ts';
import { FORECASTS } from './forecast.ts';
import { LEAKAGE } from './leakage.ts';
import { PROBABILITY } from './probability.ts';
import { RANKING } from './ranking.ts';
import { SHAPE } from './shape.ts';
import { TEXTS } from './texts.ts';

/** Class B: what wins a number without the work behind it. Each file of this folder exports a list; this one only joins them. */
export const METRIC: readonly Strategy[] = [
  ...CONSTANT,
  ...COVERAGE,
  ...SHAPE,
  ...PROBABILITY,
  ...LEAKAGE,
  ...FORECASTS,
  ...RANKING,
  ...TEXTS,
];
