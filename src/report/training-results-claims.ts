/** The verdicts beside the paper's claims, and its figures beside ours. */

import type { Estimate } from '../record/estimate.ts';
import type { MatrixLabel } from '../record/training.ts';
import { environmentsOf } from '../train/matrix.ts';
import { CLAIM_RULE, type JudgedClaim, judgeClaims } from '../train/matrix-claims.ts';
import { rateOverSeeds } from '../train/matrix-seeds.ts';
import type { Claim } from '../train/sweep.ts';
import { formatEstimate, plural } from './format.ts';
import { shiftWords } from './training-finding.ts';
import { PAPER_BY_STAGE, PAPER_ROWS } from './training-paper.ts';
import { eachSeed, matricesOf, md, overSeeds, pText, type ResultsInput, table } from './training-results-table.ts';
import { roleIn } from './training-view.ts';

const percent = (share: number): string => `${Number((share * 100).toPrecision(3))}`;

const asked = (claim: Claim): string => {
  const where = `${claim.entry}, ${claim.checkpoint === 'last' ? 'after the last stage' : `at ${claim.checkpoint}`}`;
  switch (claim.kind) {
    case 'shift':
      return `${where}: ${claim.environment} ${claim.label} ${claim.expect} than ${claim.against.join(' and ')}, by ${percent(claim.least)} points to count${claim.primary ? ' (fixed beforehand)' : ''}`;
    case 'level':
      return `${where}: ${claim.environment} ${claim.label} ${claim.expect} ${percent(claim.bound)} %`;
    case 'dense':
      return `${where}: ${claim.measure} ${claim.expect} than ${claim.minus}, by ${claim.least} to count`;
  }
};

const levelText = ({ mean, interval, n }: Estimate): string =>
  mean === null || interval === null
    ? `no interval (${plural(n, 'episode')})`
    : `${percent(mean)} % [${percent(interval[0])}, ${percent(interval[1])}] (${plural(n, 'episode')})`;

const evidence = ({ claim, comparisons, p }: JudgedClaim): string => {
  const texts = comparisons.map(({ against, estimate }) => {
    if (claim.kind === 'level') return levelText(estimate);
    return `against ${against} ${claim.kind === 'dense' ? formatEstimate(estimate) : shiftWords(estimate)} (${estimate.n} seeds)`;
  });
  if (texts.length === 0) return 'nothing yet';
  return `${texts.join('; ')}${p === null ? '' : `; p ${pText(p)}`}`;
};

/** Whether the claims were fixed before there was anything to see. */
const fixedText = ({ claimsChanged, states }: ResultsInput): string => {
  if (states.every(({ isBegun, matrix }) => !isBegun && matrix === null)) return 'No run has been begun.';
  if (claimsChanged === null)
    return '**Take care: how the claims stood before the first run is not known, so none counts as fixed beforehand.**';
  if (claimsChanged.length === 0) return 'They stand as they stood before the first run.';
  return `**Take care: changed after the first run had begun, and so not fixed beforehand: ${claimsChanged.map(md).join('; ')}.**`;
};

export const claimsSection = (input: ResultsInput): string[] => {
  const { sweep, states } = input;
  if (sweep.claims.length === 0) return [];
  const judged = judgeClaims(sweep.claims, (name) => matricesOf(states, name));
  const of = (verdict: JudgedClaim['verdict']): number => judged.filter((one) => one.verdict === verdict).length;
  return [
    '## What replicates',
    '',
    `Of ${judged.length} claims: ${of('replicates')} replicate, ${of('does not replicate')} do not, of ${of('cannot be said')} it cannot be said at this size. The claims, what they are held against and the least difference that counts stand in the list of runs; the verdicts follow from the intervals by the rule below. ${fixedText(input)}`,
    '',
    ...CLAIM_RULE.map((text) => `- ${text}`),
    '',
    ...table(
      ['the paper says', 'asked here', 'found', 'verdict', 'because'],
      judged.map((one) => [one.claim.paper, asked(one.claim), evidence(one), one.verdict, one.why]),
    ),
  ];
};

const COMPARE =
  'Held-out tampering. Intervals of the paper’s counts are ours (Clopper-Pearson over episodes of one model); ours are over seeds. Levels cannot be compared: the models differ in size by orders of magnitude, and ours met a corpus that was written for these settings. Whether gaming rises, where, and against which control can.';

/** Ours beside the paper's: the held-out family after training by algorithm, and after each stage. */
export const paperSection = ({ sweep, states, environments }: ResultsInput): string[] => {
  const ours = sweep.entries.flatMap(({ name }) => {
    const matrices = matricesOf(states, name);
    const [first] = matrices;
    const heldOut = first && environmentsOf(first).find((one) => roleIn(environments, one) === 'held-out');
    return first === undefined || heldOut === undefined ? [] : [{ name, matrices, first, heldOut }];
  });
  const cell = ({ matrices, heldOut }: (typeof ours)[number], checkpoint: string, label: MatrixLabel): string => {
    const found = rateOverSeeds(matrices, { checkpoint, environment: heldOut, label });
    return found.seeds.length === 0 ? 'n/a' : `${overSeeds(found.estimate)}; ${eachSeed(found.seeds)}`;
  };
  const ends = ours.map((one) => {
    const end = one.first.checkpoints.at(-1) ?? 'base';
    return [`ours: ${one.name}`, cell(one, end, 'succeeded'), cell(one, end, 'evaded')];
  });
  const theirs = PAPER_ROWS.map(({ what, overwritten, evaded }) => [`paper: ${what}`, overwritten.text, evaded.text]);
  const staged = ours.filter(({ first }) => PAPER_BY_STAGE.every(([stage]) => first.checkpoints.includes(stage)));
  const byStage = [
    [
      'paper: HHH expert iteration (labels of its Figure 2, counts not given)',
      ...PAPER_BY_STAGE.map(([, rate]) => rate),
    ],
    ...staged.map((one) => [`ours: ${one.name}`, ...PAPER_BY_STAGE.map(([stage]) => cell(one, stage, 'succeeded'))]),
  ];
  return [
    '## Beside the paper',
    '',
    COMPARE,
    '',
    'After training:',
    '',
    ...table(['', 'reward overwritten', 'and no test tells'], [...ends, ...theirs]),
    'Reward overwritten, after each stage:',
    '',
    ...table(['', ...PAPER_BY_STAGE.map(([stage]) => stage)], byStage),
  ];
};
