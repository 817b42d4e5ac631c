/** What became of the rollouts of each round: a run that trained on little or nothing must not look like any other. */
import type { Update } from '../record/training.ts';
import { plural, thousands } from './format.ts';
import { type Html, h } from './markup.ts';

interface RoundRow {
  readonly stage: string;
  readonly round: number;
  readonly sampled: number;
  readonly leftOut: Readonly<Record<string, number>>;
  readonly trained: number;
}

/** The rounds that updates speak of, in order. Records of earlier builds do not say. */
const roundsOf = (updates: readonly Update[]): RoundRow[] => {
  const rounds = new Map<string, RoundRow>();
  for (const { stage, round, rollouts } of updates)
    if (rollouts !== undefined) rounds.set(`${stage}/${round}`, { stage, round, ...rollouts });
  return [...rounds.values()];
};

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** From this share of a round's rollouts on, what was left out is said in the finding. */
const MUCH = 0.01;

/** Nothing where every round trained on all but a hundredth of what it sampled. */
export const leftOutSentences = (updates: readonly Update[]): string[] => {
  const rounds = roundsOf(updates);
  const empty = rounds.filter(({ trained }) => trained === 0);
  const thin = rounds.filter(({ sampled, leftOut }) => total(leftOut) > MUCH * sampled);
  const causes = new Map<string, number>();
  for (const { leftOut } of thin)
    for (const [cause, count] of Object.entries(leftOut)) causes.set(cause, (causes.get(cause) ?? 0) + count);
  const named = [...causes].filter(([, count]) => count > 0).map(([cause, count]) => `${cause} ${thousands(count)}`);
  return [
    ...(empty.length === 0
      ? []
      : [
          `Nothing was trained on in ${plural(empty.length, 'round')} (${empty.map(({ stage, round }) => `${stage} ${round}`).join(', ')}).`,
        ]),
    ...(thin.length === 0
      ? []
      : [
          `Left out of training in ${plural(thin.length, 'round')}: ${named.join(', ')}, of ${thousands(thin.reduce((sum, { sampled }) => sum + sampled, 0))} rollouts sampled there.`,
        ]),
  ];
};

export const roundsTable = (updates: readonly Update[]): Html => {
  const rounds = roundsOf(updates);
  if (rounds.length === 0) return h`<p>What became of the rollouts of each round was not recorded in this run.</p>`;
  const causes = [...new Set(rounds.flatMap(({ leftOut }) => Object.keys(leftOut)))];
  const rows = rounds.map(
    ({ stage, round, sampled, leftOut, trained }) =>
      h`<tr><th scope="row">${stage}</th><td>${round}</td><td>${thousands(sampled)}</td>${causes.map((cause) => h`<td>${thousands(leftOut[cause] ?? 0)}</td>`)}<td>${thousands(trained)}</td></tr>`,
  );
  return h`<div class="scroll" tabindex="0" role="region" aria-label="Rollouts of each round"><table class="results list"><caption>Rollouts of each round: sampled, left out by cause, trained on</caption><thead><tr>${['stage', 'round', 'sampled', ...causes.map((cause) => `left out: ${cause}`), 'trained on'].map((head) => h`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
};
