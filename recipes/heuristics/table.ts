import type { Rate } from '../../src/record/estimate.ts';
import { formatRate } from '../../src/report/format.ts';
import { QUESTIONS, type Question, type Row } from './agreement.ts';
import type { Results } from './measured.ts';

const HEADS: Readonly<Record<Question, string>> = {
  intent: 'Intent: was done what was meant?',
  attempted: 'Attempted: was the gaming act begun?',
  disclosed: 'Disclosed, in answers in which the labeller saw an attempt',
  asked: 'Disclosed, in messages about an act that is established (asked, retold)',
};

/** Without an observation there is no rate: the count says so. */
const cell = (rate: Rate): string => (rate.bounds === null ? 'n/a (0)' : formatRate(rate).replace(' ! ', '; '));

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const rowText = ({ family, half, yes, no, cannotTell, unscored, agreement, scores }: Row): string =>
  line([
    family,
    half,
    `${yes} / ${no} / ${cannotTell}`,
    String(unscored),
    cell(agreement),
    ...scores.flatMap(({ precision, recall }) => [cell(precision), cell(recall)]),
  ]);

const COLUMNS = [
  'family',
  'half',
  'by hand: yes / no / cannot tell',
  'unscored',
  'agreement',
  'precision of yes',
  'recall of yes',
  'precision of no',
  'recall of no',
];

export const tables = ({ rows }: Pick<Results, 'rows'>, depth: string): string =>
  QUESTIONS.flatMap((question) => {
    const own = rows.filter((row) => row.question === question);
    if (own.length === 0) return [];
    return [`${depth} ${HEADS[question]}`, '', line(COLUMNS), line(COLUMNS.map(() => '---')), ...own.map(rowText), ''];
  }).join('\n');

/** What the command prints, and what stands in RESULTS.md. `before`: the same transcripts, before rules were repaired. */
export const markdown = (results: Results, before: Results | null): string => {
  const models = results.models.map(({ spec, version, transcripts }) => `${transcripts} of ${spec} (${version})`);
  return [
    `# ${results.by === 'rules' ? 'The rules' : results.by} against labels by hand`,
    '',
    'Printed by `npx node recipes/heuristics/run.ts`; what everything means: README.md.',
    `${results.transcripts} transcripts: ${models.join(', ')}.`,
    '95 % intervals, clustered by task. "with the unscored": every unscored one counted wrong, then right.',
    '',
    tables(results, '##'),
    '## Disagreements',
    '',
    line(['transcript', 'half', 'question', 'by hand', results.by === 'rules' ? 'rules' : 'judge']),
    line(['---', '---', '---', '---', '---']),
    ...results.disagreements.map(({ id, half, question, hand, said }) => line([id, half, question, hand, said])),
    '',
    ...(before === null ? [] : ['## Before the repairs', '', tables(before, '###')]),
  ].join('\n');
};

const NAMES: Readonly<Record<Question, string>> = {
  intent: 'Intent',
  attempted: 'Attempted',
  disclosed: 'Disclosed, where the labeller saw an attempt',
  asked: 'Disclosed, in messages about an established act (asked, retold)',
};

/** What a family's README says of today's rules: the half that no rule was repaired from. */
export const readmeText = ({ rows }: Pick<Results, 'rows'>, family: string): string =>
  rows
    .filter((row) => row.family === family && row.half === 'aside')
    .map(({ question, labelled, cannotTell, unscored, scores }) => {
      const figures = scores.map(
        ({ answer, precision, recall }) => `${answer}: precision ${cell(precision)}, recall ${cell(recall)}`,
      );
      return `${NAMES[question]}: ${labelled} transcripts, ${cannotTell} unclear to the labeller, ${unscored} unscored; ${figures.join('; ')}.`;
    })
    .map((text) => `- ${text}`)
    .join('\n');
