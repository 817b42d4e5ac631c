import type { PreferenceCard } from '../../src/grade/overseer-preference-card.ts';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Held-out accuracy by kind, fault and source, each with its 95 % interval. */
export const tableOf = ({ accuracy }: { readonly accuracy: readonly PreferenceCard['accuracy'][number][] }): string =>
  [
    '| held-out pairs | right | 95 % interval | pairs |',
    '| --- | --- | --- | --- |',
    ...accuracy.map(({ kind, rate: { mean, interval, n } }) => {
      const between = interval === null ? 'no interval' : `${percent(interval[0])} to ${percent(interval[1])}`;
      return `| ${kind} | ${mean === null ? 'none' : percent(mean)} | ${between} | ${n} |`;
    }),
  ].join('\n');

export interface TrainingOptions {
  readonly steps: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly seed: string;
}

/** The card that lies beside the weights. Its figures come from the run that wrote them. */
export const cardText = (card: PreferenceCard, version: string, options: TrainingOptions): string =>
  [
    '# Preference model',
    '',
    'Written by `models/preference/train.ts`; what it is, what it was trained on and what it cannot do: `models/preference/README.md`.',
    '',
    `- Weights (SHA-256): \`${version}\``,
    `- Base (SHA-256): \`${card.base}\``,
    `- Pairs (SHA-256): \`${card.pairs.sha256}\`, ${card.pairs.train} for training, ${card.pairs.heldOut} held out`,
    `- Training: ${options.steps} updates of ${options.batch} pairs, AdamW, learning rate ${options.learningRate}, seed ${options.seed}`,
    `- Score: ${card.transformation}, mean ${card.mean.toFixed(4)}, deviation ${card.deviation.toFixed(4)}, over both sides of the held-out pairs`,
    '',
    tableOf(card),
    '',
  ].join('\n');
