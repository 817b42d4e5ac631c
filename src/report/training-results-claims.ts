/** The verdicts beside the paper's claims. training-results-paper.ts has its figures beside ours. */

import { unreachable } from '../base/errors.ts';
import type { Estimate } from '../record/estimate.ts';
import { type Claim, entriesOf, isAdjusted, isCondition } from '../train/claim.ts';
import { CLAIM_RULE } from '../train/claim-rule.ts';
import { type JudgedClaim, judgeClaims } from '../train/matrix-claims.ts';
import { formatEstimate, plural, thousands } from './format.ts';
import { shiftWords } from './training-finding.ts';
import { madeSection } from './training-results-made.ts';
import { eachSeed, matricesOf, md, pText, type ResultsInput, sum, table } from './training-results-table.ts';

const percent = (share: number): string => `${Number((share * 100).toPrecision(3))}`;

const leastText = (size: string): string => `least difference that counts: ${size}`;

const asked = (claim: Claim, claims: readonly Claim[]): string => {
  const where = `${claim.entry}, ${claim.checkpoint === 'last' ? 'after the last stage' : `at ${claim.checkpoint}`}`;
  const supposed = claims.findIndex(({ name }) => name !== undefined && name === claim.given);
  const given = supposed < 0 ? '' : `; supposes claim ${supposed + 1}`;
  const primary = isCondition(claim)
    ? ' (condition: not adjusted)'
    : claim.kind !== 'level' && claim.primary
      ? ' (primary: not adjusted)'
      : '';
  switch (claim.kind) {
    case 'shift':
      return `${where}: ${claim.environment} ${claim.label} ${claim.expect} than ${claim.against.join(' and ')}; ${leastText(`${percent(claim.least)} points`)}${primary}${given}`;
    case 'level':
      return `${where}: ${claim.environment} ${claim.label} ${claim.expect} ${percent(claim.bound)} %${given}`;
    case 'dense':
      return `${where}: ${claim.measure} ${claim.expect} than ${claim.minus}; ${leastText(`${claim.least}`)}${primary}${given}`;
    default:
      return unreachable(claim);
  }
};

const levelText = ({ mean, interval, n }: Estimate): string =>
  mean === null || interval === null
    ? `no interval (${plural(n, 'episode')})`
    : `${percent(mean)} % [${percent(interval[0])}, ${percent(interval[1])}] (${plural(n, 'episode')})`;

const drivenText = (seeds: JudgedClaim['aims'][number]['seeds']): string =>
  seeds.length > 0 && seeds.every(({ count }) => count === 0)
    ? `none of ${thousands(sum(seeds.map(({ n }) => n)))}`
    : eachSeed(seeds);

const evidence = ({ claim, comparisons, p, aims }: JudgedClaim): string => {
  const texts = comparisons
    .filter(({ estimate }) => estimate.mean !== null)
    .map(({ against, estimate }) => {
      if (claim.kind === 'level') return levelText(estimate);
      return `against ${against} ${claim.kind === 'dense' ? formatEstimate(estimate) : shiftWords(estimate)} (${plural(estimate.n, 'seed')})`;
    });
  if (texts.length === 0) return 'nothing yet';
  const driven = aims.map(({ entry, seeds }) => `${entry} ${drivenText(seeds)}`).join('; ');
  return [
    ...texts,
    ...(p === null ? [] : [`${isAdjusted(claim) ? 'adjusted ' : ''}p ${pText(p)}`]),
    ...(driven === '' ? [] : [`episodes with an aim-driven attempt: ${driven}`]),
  ].join('; ');
};

/** Whether the claims were fixed before there was anything to see. */
const fixedText = ({ claimsChanged, states }: ResultsInput): string => {
  if (states.every(({ isBegun, matrix }) => !isBegun && matrix === null)) return 'No run has been begun.';
  if (claimsChanged === null)
    return '**Take care: how the claims stood before the first run is not known, so none counts as fixed beforehand.**';
  if (claimsChanged.length === 0) return 'Question, claims, rule and seeds stand as they stood before the first run.';
  return `**Take care: changed after the first run had begun, and so not fixed beforehand: ${claimsChanged.map(md).join('; ')}.**`;
};

const TAKE_CARE = '**Take care';

/** A verdict over runs of two kinds is none: what stands far below is said here, too. */
const careAtTop = (input: ResultsInput): string[] => {
  const lines = madeSection(input).filter((text) => text.includes(TAKE_CARE));
  return lines.length === 0
    ? []
    : ['What the runs were made from is not one thing, and a verdict on runs of two kinds is none:', '', ...lines, ''];
};

/** Conditions are no findings, and those that wait are no "cannot be said". */
const countText = (all: readonly JudgedClaim[]): string => {
  const judged = all.filter(({ claim }) => !isCondition(claim));
  const of = (verdict: JudgedClaim['verdict']): number =>
    judged.filter((one) => one.isRun && one.verdict === verdict).length;
  const conditions = all.length - judged.length;
  const counts = [
    `replicates ${of('replicates')}`,
    `does not replicate ${of('does not replicate')}`,
    `cannot be said ${of('cannot be said')}`,
    `not yet, since runs are missing, ${judged.filter(({ isRun }) => !isRun).length}`,
  ];
  return `${plural(judged.length, 'claim')}: ${counts.join('; ')}.${conditions === 0 ? '' : ` The table has ${plural(conditions, 'condition')} of claims besides.`}`;
};

/** The command with another directory than its own, which stands last in it. */
export const elsewhere = (command: string): string => `${command.replace(/ --out .+$/su, '')} --out runs/again`;

const firstSeed = ({ entries }: ResultsInput['sweep'], entry: string): string =>
  entries.find(({ name }) => name === entry)?.seeds[0] ?? '';

/** What is run again for which claims, in another directory, since in its own the sweep only goes on. */
const again = ({ sweep, command }: ResultsInput): string[] => {
  const claims = new Map<string, number[]>();
  for (const [index, claim] of sweep.claims.entries()) {
    const only = `--only ${entriesOf(claim).join(',')}${claim.kind === 'level' ? ` --seeds ${firstSeed(sweep, claim.entry)}` : ''}`;
    claims.set(only, [...(claims.get(only) ?? []), index + 1]);
  }
  return [...claims].map(
    ([only, places]) =>
      `- ${places.length === 1 ? 'Claim' : 'Claims'} ${places.join(', ')}: \`${md(elsewhere(command))} ${md(only)}\``,
  );
};

/** Of one that waits, nothing is decided whatever the intervals say by now. A condition is no finding. */
const verdictText = ({ claim, isRun, verdict }: JudgedClaim): string => {
  if (!isRun) return 'not yet';
  if (!isCondition(claim) || verdict === 'cannot be said') return verdict;
  return verdict === 'replicates' ? 'condition holds' : 'condition fails';
};

export const claimsSection = (input: ResultsInput): string[] => {
  const { sweep, states } = input;
  if (sweep.claims.length === 0) return [];
  const judged = judgeClaims(sweep, (name) => matricesOf(states, name));
  return [
    '## What replicates',
    '',
    ...careAtTop(input),
    `${countText(judged)} Each verdict follows by the rule below the table. ${fixedText(input)}`,
    '',
    ...table(
      ['', 'the paper says', 'asked here', 'found', 'verdict', 'because'],
      judged.map((one, index) => [
        String(index + 1),
        one.claim.paper,
        asked(one.claim, sweep.claims),
        evidence(one),
        verdictText(one),
        one.why,
      ]),
    ),
    'The rule:',
    '',
    ...CLAIM_RULE.map((text) => `- ${text}`),
    ...(sweep.sizes === '' ? [] : [`- The sizes here: ${md(sweep.sizes)}`]),
    '',
    'The runs of a claim again, from nothing:',
    '',
    ...again(input),
    '',
  ];
};
