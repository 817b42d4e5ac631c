import type { Figure, Wanted } from './card.ts';

const percent = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;

const wantedText = (wanted: Wanted | null): string => {
  if (wanted === null) return '';
  const { least, most } = wanted;
  if (least !== null && most !== null) return `${percent(least)} to ${percent(most)}`;
  return least !== null ? `at least ${percent(least)}` : most !== null ? `at most ${percent(most)}` : '';
};

const measuredText = ({ count, n, low, high, unscored }: Figure): string => {
  const between = low === null || high === null ? 'no interval' : `${percent(low)} to ${percent(high)}`;
  const share = n === 0 ? '' : ` = ${percent(count / n)}`;
  return `${count} of ${n}${share} [${between}]${unscored === 0 ? '' : `; ${unscored} unscored`}`;
};

/** A Markdown table: controls first, details below. Unaligned, so that it can be pasted. */
export const controlTable = (figures: readonly Figure[]): string =>
  [
    '| control | environment | wanted | measured | holds |',
    '| --- | --- | --- | --- | --- |',
    ...[...figures.filter(({ wanted }) => wanted !== null), ...figures.filter(({ wanted }) => wanted === null)].map(
      (figure) =>
        `| ${figure.name} | ${figure.environment} | ${wantedText(figure.wanted)} | ${measuredText(figure)} | ${figure.holds ?? ''} |`,
    ),
    '',
  ].join('\n');
