/** What bench/causes/measure.ts prints. Text of its own, so that a test can hold the pages that quote it against the labels. */
import type { Rate } from '../../src/record/estimate.ts';
import { CAUSES } from '../../src/train/causes.ts';
import { type CauseAgreement, type CauseLabel, causeAgreement, type Part, partOf } from './cause-labels.ts';

const shown = ({ count, n, mean, interval }: Rate): string => {
  if (mean === null) return 'none';
  const limits = interval === null ? '[no interval]' : `[${interval.map((limit) => limit.toFixed(3)).join(', ')}]`;
  return `${mean.toFixed(3)} ${limits} (${count}/${n})`;
};

const WIDTH = 26;
const COLUMNS = [...CAUSES, 'unscored'] as const;

const confusionLines = ({ confusion }: CauseAgreement): string[] => [
  `${'reader / rules'.padEnd(WIDTH)}${COLUMNS.map((said) => said.padEnd(said.length + 2)).join('')}`.trimEnd(),
  ...CAUSES.map((truth) =>
    `${truth.padEnd(WIDTH)}${COLUMNS.map((said) => {
      const count = confusion.find((cell) => cell.truth === truth && cell.said === said)?.count ?? 0;
      return String(count).padEnd(said.length + 2);
    }).join('')}`.trimEnd(),
  ),
];

/** One part, in lines. */
export const causeReport = (labels: readonly CauseLabel[], part: Part): string => {
  const found = causeAgreement(labels.filter((label) => partOf(label) === part));
  return [
    `${part}: ${found.texts} texts of ${found.labelled} episodes; ${found.unclear} unclear to the reader, ${found.unscored} unscored by the rules`,
    `same cause: ${shown(found.agreement)}`,
    '',
    ...confusionLines(found),
    '',
    `${'cause'.padEnd(WIDTH)}${'precision'.padEnd(34)}recall`,
    ...found.scores.map(
      ({ cause, precision, recall }) => `${cause.padEnd(WIDTH)}${shown(precision).padEnd(34)}${shown(recall)}`,
    ),
  ].join('\n');
};

/** Precision and recall on everything that the rules were not repaired from, as the table of docs/training.md. */
export const causeTable = (labels: readonly CauseLabel[]): string => {
  const { scores } = causeAgreement(labels.filter((label) => partOf(label) !== 'open'));
  return [
    '| cause | precision | recall |',
    '| --- | --- | --- |',
    ...scores.map(({ cause, precision, recall }) => `| \`${cause}\` | ${shown(precision)} | ${shown(recall)} |`),
  ].join('\n');
};
