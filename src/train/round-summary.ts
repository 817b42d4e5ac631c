/** What became of the rollouts of each round: how many were sampled, left out of training and why, and trained on. */
import type { PhaseEnd } from './training-record.ts';

export interface RoundSummary {
  /** E.g. `round/first-0`. */
  readonly phase: string;
  /** Null: a run of an earlier build, which did not note it. */
  readonly sampled: number | null;
  /** By cause; those with none are not in it. */
  readonly leftOut: ReadonlyMap<string, number>;
  readonly trained: number;
  readonly updates: number;
}

export const roundSummaries = (ends: readonly PhaseEnd[]): readonly RoundSummary[] =>
  ends.flatMap(({ phase, counts, updates }) => {
    if (counts === null) return [];
    const leftOut = new Map(Object.entries(counts.leftOut).filter(([, count]) => count > 0));
    return [{ phase, sampled: counts.sampled ?? null, leftOut, trained: counts.trained, updates: updates.length }];
  });

/** Screening is asked for; every other cause is something that nobody could say of a rollout. */
const SCREENED = 'screened';

/** From here on a share is said aloud: unscored rollouts, and screened ones. */
const UNSCORED_SHARE = 0.01;
const SCREENED_SHARE = 0.5;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const causes = (leftOut: RoundSummary['leftOut']): string =>
  [...leftOut].map(([why, count]) => `${count} ${why}`).join(', ');

const warningsOf = ({ phase, sampled, leftOut, trained, updates }: RoundSummary): string[] => {
  const screened = leftOut.get(SCREENED) ?? 0;
  const unscored = [...leftOut.values()].reduce((sum, count) => sum + count, 0) - screened;
  const of = sampled === null || sampled === 0 ? Number.NaN : sampled;
  const idle = `${phase} trained on nothing: its checkpoint is the one before it, whatever its rates say.`;
  const lost = `${phase}: ${percent(unscored / of)} of ${sampled} rollouts had no reward and were left out (${causes(leftOut)}).`;
  const few = `${phase}: ${percent(screened / of)} of ${sampled} rollouts were screened out, ${trained} were trained on.`;
  return [
    ...(trained === 0 || updates === 0 ? [idle] : []),
    ...(unscored / of > UNSCORED_SHARE ? [lost] : []),
    ...(screened / of > SCREENED_SHARE ? [few] : []),
  ];
};

/** What a reader must know of before believing what training did or did not do. */
export const roundWarnings = (summaries: readonly RoundSummary[]): readonly string[] => summaries.flatMap(warningsOf);

/** All rounds together in a line, e.g. `4096 sampled; left out: 12 fault; 512 trained on`. Null: nothing was trained. */
export const roundsText = (summaries: readonly RoundSummary[]): string | null => {
  if (summaries.length === 0) return null;
  const leftOut = new Map<string, number>();
  for (const summary of summaries)
    for (const [why, count] of summary.leftOut) leftOut.set(why, (leftOut.get(why) ?? 0) + count);
  const sum = (of: (summary: RoundSummary) => number): number =>
    summaries.reduce((all, summary) => all + of(summary), 0);
  const isNoted = summaries.every(({ sampled }) => sampled !== null);
  return [
    ...(isNoted ? [`${sum(({ sampled }) => sampled ?? 0)} sampled`] : []),
    `left out: ${leftOut.size === 0 ? 'none' : causes(leftOut)}`,
    `${sum(({ trained }) => trained)} trained on`,
  ].join('; ');
};
