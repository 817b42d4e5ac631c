/** An audit on a terminal: first the cheapest cheating answer, then both errors, then everything else that somebody acts on. */
import pc from 'picocolors';
import type { GateResult } from '../audit/gate.ts';
import { wrap } from '../base/terminal.ts';
import type { ReportFinding } from '../record/audit-report.ts';
import type { Rate } from '../record/estimate.ts';
import { alsoWords, countWords, type FindingGroup, findingGroups } from './audit-groups.ts';
import { auditHeadline } from './audit-headline.ts';
import { criticalWarnings, noiseOf, passesAnything } from './audit-lead.ts';
import { restLines } from './audit-text-rest.ts';
import {
  type AuditView,
  answerText,
  becauseOf,
  CLAIM_WORDS,
  claimWords,
  gradedText,
  inputText,
  kindWords,
  shareWords,
  shownAnswer,
  shownCalls,
  sizeWords,
  unitOf,
} from './audit-words.ts';
import { line } from './clip.ts';
import { cell, naturalWidth, paragraph, tableLines } from './columns.ts';
import { describeRate, formatEstimate, plural } from './format.ts';
import type { TextOptions } from './table.ts';

export interface AuditTextOptions extends TextOptions {
  readonly gates?: readonly GateResult[];
}

type Paint = ReturnType<typeof pc.createColors>;

const FINDINGS_SHOWN = 5;
const ANSWER_LINES = 4;

/** Cut to a few lines; the report has it whole. */
const few = (text: string, width: number, first: string, most: number = ANSWER_LINES): string[] => {
  const lines = paragraph(line(text), width, first);
  const indent = ' '.repeat(first.length);
  return lines.length <= most ? lines : [...lines.slice(0, most), `${indent}…`];
};

const rateCell = (rate: Rate | null): string => {
  if (rate === null) return 'not known';
  const { value, interval, count } = describeRate(rate);
  return [value, interval, count === '' ? '' : `(${count})`].filter((part) => part !== '').join(' ');
};

/** Beside each other; below each other where the terminal is too narrow for that. */
const bothErrors = ({ report }: AuditView, width: number, c: Paint): string[] => {
  const { falsePasses, falseFails } = report;
  const passes = falsePasses === null ? 'no known-bad answers' : 'known-bad answers';
  const fails = falseFails === null ? 'no known-good answers' : 'honest answers';
  const rows = [
    ['', 'false passes', 'false fails'].map((text) => cell(text, c.dim)),
    [cell('share'), cell(rateCell(falsePasses)), cell(rateCell(falseFails))],
    [cell('of'), cell(passes), cell(fails)],
  ];
  if (naturalWidth(rows, width) <= width) return tableLines(rows, width, false, c.dim);
  return [
    ...paragraph(`${rateCell(falsePasses)} of ${passes}`, width, 'false passes  '),
    ...paragraph(`${rateCell(falseFails)} of ${fails}`, width, 'false fails   '),
  ];
};

/** Its own number first, then the two ends that it lies between. */
const gameability = ({ report }: AuditView, width: number): string[] => {
  const { gameability: share, detail } = report;
  if (share === null) return paragraph(`not known. ${detail.noGameability ?? ''}`, width, 'gameability  ');
  const ends = [
    detail.floorBy === 'low-end'
      ? '0 is the low end of the scale'
      : `0 is what guessing earns, ${formatEstimate(detail.floor)}`,
    detail.ceiling === null ? '' : `1 what honest work earns, ${formatEstimate(detail.ceiling)}`,
  ].filter((part) => part !== '');
  return [
    ...paragraph(formatEstimate(share), width, 'gameability  '),
    ...paragraph(`what the best answer without the work earns; ${ends.join('; ')}`, width, '             '),
  ];
};

/** How often, as far as that is known; of a witness that was seen only while choosing that it is no rate. */
const rateLine = (finding: ReportFinding, unit: string): string => {
  const p =
    finding.adjustedP === null
      ? ''
      : `; adjusted p ${finding.adjustedP < 0.0001 ? '< 0.0001' : finding.adjustedP.toFixed(4)}`;
  const { fooled, examples } = finding;
  const share = shareWords(fooled, unit);
  if (fooled.n === 0 && examples > 1) return `not known: none of the ${examples} ${unit}s asked for it got a score`;
  switch (finding.claim) {
    case 'false-pass':
      if (examples === 0) return 'not known: only the witness has such an answer';
      return fooled.n > 0 && fooled.count === 0
        ? `seen while choosing only; fooled none of ${plural(fooled.n, `other ${unit}`)}`
        : `fooled ${share}${p}`;
    case 'false-fail':
      return `failed ${share}`;
    case 'fault':
    case 'not-invariant':
      return share;
    default:
      return finding.claim satisfies never;
  }
};

/** Other strategies that come down to the very same answer. */
const alsoLines = (group: FindingGroup, width: number): string[] =>
  group.others.length === 0 ? [] : paragraph(`by ${line(alsoWords(group))}`, width, '   also    ');

const HOW_LINES = 2;

const howLines = (view: AuditView, finding: ReportFinding, width: number): string[] => {
  const because = becauseOf(view, finding);
  return because === '' ? [] : few(because, width, '   how     ', HOW_LINES);
};

const findingLines = (view: AuditView, group: FindingGroup, place: number, width: number, c: Paint): string[] => {
  const finding = group.first;
  const { honest, cheat } = shownCalls(view, finding);
  const scores = [
    cheat === null ? '' : gradedText(cheat.graded),
    honest === null
      ? ''
      : `${finding.claim === 'false-fail' ? 'as it was given' : 'honest work'}: ${gradedText(honest.graded)}`,
  ].filter((part) => part !== '');
  const kind = kindWords(finding);
  const title = `${finding.strategy}: ${claimWords(finding)}${kind === '' ? '' : ` (${kind})`}`;
  return [
    ...paragraph(line(title), width, `${place}. `).map(c.bold),
    ...howLines(view, finding, width),
    ...few(inputText(finding.witness.input) || 'an empty question', width, '   asked   '),
    ...few(answerText(shownAnswer(finding)), width, '   answer  '),
    ...(scores.length === 0 ? [] : paragraph(scores.join('; '), width, '   score   ')),
    ...(finding.claim === 'fault' ? [] : paragraph(rateLine(finding, unitOf(view.report)), width, '   rate    ')),
    ...alsoLines(group, width),
    ...(finding.replay === '' ? [] : [c.dim(`   ${line(finding.replay)}`)]),
  ];
};

const kindOf = ({ first: { claim, class: failure } }: FindingGroup): string => `${claim} ${failure}`;

/** The first, then the first of each other kind, then the next ones: a list of fifty alike says less than five that differ. */
const varied = (groups: readonly FindingGroup[], least: number): readonly FindingGroup[] => {
  const firsts = groups.filter((group, index) => groups.findIndex((one) => kindOf(one) === kindOf(group)) === index);
  const chosen = new Set([...firsts, ...groups].slice(0, Math.max(least, firsts.length)));
  return groups.filter((group) => chosen.has(group));
};

const restWords = (groups: readonly FindingGroup[]): string =>
  [...Map.groupBy(groups, ({ first }) => first.claim)]
    .map(([claim, of]) => `${CLAIM_WORDS[claim]}: ${of.length}`)
    .join(', ');

const FEW_SHOWN = { noisy: 1, anything: 3 };

const findingsLines = (view: AuditView, width: number, c: Paint): string[] => {
  const groups = findingGroups(view.report);
  if (groups.length === 0) return [];
  // Where the grader contradicts itself a list of what it paid once is a list of dice.
  const anything = passesAnything(view.report);
  const isNoisy = noiseOf(view.report) !== null;
  const shown = isNoisy
    ? groups.slice(0, FEW_SHOWN.noisy)
    : anything === null
      ? varied(groups, FINDINGS_SHOWN)
      : varied(groups, FINDINGS_SHOWN).slice(0, FEW_SHOWN.anything);
  const share =
    anything === null || isNoisy
      ? ''
      : `${anything} of ${view.report.detail.tried.length} strategies pass without the work: what an answer says hardly matters to it.`;
  const rest = groups.filter((group) => !shown.includes(group));
  const more = `${plural(rest.length, 'more finding')} in the report (${restWords(rest)})`;
  return [
    '',
    c.underline(`Findings (${countWords(groups)})`),
    ...(share === '' ? [] : [...paragraph(share, width), '']),
    ...shown.flatMap((group, index) => [
      ...(index === 0 ? [] : ['']),
      ...findingLines(view, group, groups.indexOf(group) + 1, width, c),
    ]),
    ...(rest.length === 0 ? [] : ['', ...paragraph(more, width)]),
  ];
};

const gateLines = (gates: readonly GateResult[], width: number, c: Paint): string[] =>
  gates.length === 0
    ? []
    : [
        '',
        c.underline('Gate'),
        ...gates.flatMap(({ verdict, text }) => {
          const lines = paragraph(text, width, `${verdict.padEnd(9)}  `);
          return verdict === 'passed' ? lines : lines.map((one) => c.red(one));
        }),
      ];

const facts = ({ report }: AuditView): string => {
  const { detail } = report;
  const { choose, estimate } = detail.halves;
  const unit = detail.items === report.examples ? '' : ` ${unitOf(report)}s`;
  const halves = choose + estimate === 0 ? '' : `, ${choose}${unit} chose and ${estimate}${unit} estimated`;
  const least =
    report.minimumDetectableEffect === null
      ? ''
      : ` A rate of fooling below ${(report.minimumDetectableEffect * 100).toFixed(0)} % could have stayed unseen.`;
  return `${sizeWords(report)}${halves}; ${detail.tried.length} strategies, ${plural(detail.calls, 'call')}, seed ${detail.seed}; intent: ${detail.intent.name} (${detail.intent.basis}).${least}`;
};

/** Safe text, without a line break at its end. Its first line says the most important thing. */
export const renderAuditText = (view: AuditView, { width, colour, gates = [] }: AuditTextOptions): string => {
  const c = pc.createColors(colour);
  const found = view.report.findings.length > 0 || view.report.graderFaults.length > 0;
  const headline = wrap(line(auditHeadline(view)), width).map((text) => c.bold(found ? c.yellow(text) : text));
  const critical = criticalWarnings(view.report).flatMap(({ text }) => paragraph(line(text), width, '! '));
  return [
    ...headline,
    ...(critical.length === 0 ? [] : ['', ...critical]),
    '',
    ...bothErrors(view, width, c),
    '',
    ...gameability(view, width),
    ...findingsLines(view, width, c),
    ...restLines(view, width, c),
    ...gateLines(gates, width, c),
    '',
    ...paragraph(line(facts(view)), width).map(c.dim),
  ].join('\n');
};
