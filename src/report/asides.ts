/** What a table has no column for: contrasts, and rollouts that a limit ended. As plain sentences, unsafe text included. */
import type { EnvironmentSummary } from '../record/evaluation.ts';
import { formatEstimate, thousands } from './format.ts';

/** `sycophancy 0.21 [0.10, 0.32] (n = 64). What it says.`, or null in a family without one. */
export const contrastText = ({ contrast }: EnvironmentSummary): string | null =>
  contrast === null ? null : `${contrast.name} ${formatEstimate(contrast.estimate)}. ${contrast.text}`;

/** `ended early: token-limit 3, turn-limit 1`, or null where every rollout finished. */
export const stopsText = ({ stops }: EnvironmentSummary): string | null => {
  const early = Object.entries(stops).filter(([reason]) => reason !== 'finished');
  if (early.length === 0) return null;
  return `ended early: ${early.map(([reason, count]) => `${reason} ${thousands(count)}`).join(', ')}`;
};
