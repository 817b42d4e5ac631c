/** An audit on a terminal: first the cheapest cheating answer, then both errors, then everything else that somebody acts on. */
import pc from 'picocolors';
import type { GateResult } from '../audit/gate.ts';
import { wrap } from '../base/terminal.ts';
import type { ReportFinding } from '../record/audit-report.ts';
import type { Rate } from '../record/estimate.ts';
import { auditHeadline } from './audit-headline.ts';
import { restLines } from './audit-text-rest.ts';
import {
  type AuditView,
  answerText,
  CLAIM_WORDS,
  gradedText,
  inputText,
  shownAnswer,
  shownCalls,
  sizeWords,
  unitOf,
} from './audit-words.ts';
import { line } from './clip.ts';
import { cell, naturalWidth, paragraph, tableLines } from './columns.ts';
import { describeRate, formatEstimate, formatRate, plural } from './format.ts';
import type { TextOptions } from './table.ts';

export interface AuditTextOptions extends TextOptions {
  readonly gates?: readonly GateResult[];
}

type Paint = ReturnType<typeof pc.createColors>;

const FINDINGS_SHOWN = 5;
const ANSWER_LINES = 4;

/** Cut to a few lines; the report has it whole. */
const few = (text: string, width: number, first: string): string[] => {
  const lines = paragraph(line(text), width, first);
  const indent = ' '.repeat(first.length);
  return lines.length <= ANSWER_LINES ? lines : [...lines.slice(0, ANSWER_LINES), `${indent}…`];
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

/** `5/10 fooled`, or what a false fail, which fools nobody, is. */
const rateLine = (finding: ReportFinding, unit: string): string => {
  const p =
    finding.adjustedP === null
      ? ''
      : `; adjusted p ${finding.adjustedP < 0.0001 ? '< 0.0001' : finding.adjustedP.toFixed(4)}`;
  const examples = ` of ${unit}s`;
  switch (finding.claim) {
    case 'false-pass':
      return finding.examples === 0 ? 'the witness alone' : `fooled ${formatRate(finding.fooled)}${examples}${p}`;
    case 'false-fail':
      return `failed ${formatRate(finding.fooled)}${examples}`;
    case 'fault':
    case 'not-invariant':
      return `${formatRate(finding.fooled)}${examples}`;
    default:
      return finding.claim satisfies never;
  }
};

const alsoLines = (count: number, width: number): string[] =>
  count === 0
    ? []
    : paragraph(`${count} other${count === 1 ? '' : 's'} come down to the same answer`, width, '   also    ');

/** How many other strategies come down to the very same answer. */
const alike = ({ report }: AuditView, finding: ReportFinding): number => {
  const answer = JSON.stringify(finding.witness.minimal);
  return report.findings.filter(
    (one) => one !== finding && one.claim === finding.claim && JSON.stringify(one.witness.minimal) === answer,
  ).length;
};

const findingLines = (view: AuditView, finding: ReportFinding, place: number, width: number, c: Paint): string[] => {
  const { honest, cheat } = shownCalls(view, finding);
  const scores = [
    cheat === null ? '' : gradedText(cheat.graded),
    honest === null
      ? ''
      : `${finding.claim === 'false-fail' ? 'as it was given' : 'honest work'}: ${gradedText(honest.graded)}`,
  ].filter((part) => part !== '');
  const kind = `(${finding.class}${finding.variant === 'only' ? '' : `, ${line(finding.variant)}`})`;
  return [
    ...paragraph(`${line(finding.strategy)}: ${CLAIM_WORDS[finding.claim]} ${kind}`, width, `${place}. `).map(c.bold),
    ...few(inputText(finding.witness.input), width, '   asked   '),
    ...few(answerText(shownAnswer(finding)), width, '   answer  '),
    ...paragraph(scores.join('; '), width, '   score   '),
    ...(finding.claim === 'fault' ? [] : paragraph(rateLine(finding, unitOf(view.report)), width, '   rate    ')),
    ...alsoLines(alike(view, finding), width),
    c.dim(`   ${line(finding.replay)}`),
  ];
};

const kindOf = ({ claim, class: failure }: ReportFinding): string => `${claim} ${failure}`;

/** The first, then the first of each other kind, then the next ones: a list of fifty alike says less than five that differ. */
const varied = (findings: readonly ReportFinding[]): readonly ReportFinding[] => {
  const firsts = findings.filter(
    (finding, index) => findings.findIndex((one) => kindOf(one) === kindOf(finding)) === index,
  );
  const chosen = new Set([...firsts, ...findings].slice(0, Math.max(FINDINGS_SHOWN, firsts.length)));
  return findings.filter((finding) => chosen.has(finding)).slice(0, Math.max(FINDINGS_SHOWN, firsts.length));
};

const others = (findings: readonly ReportFinding[]): string => {
  const counts = [...Map.groupBy(findings, ({ claim }) => claim)].map(
    ([claim, of]) => `${CLAIM_WORDS[claim]}: ${of.length}`,
  );
  return counts.join(', ');
};

const findingsLines = (view: AuditView, width: number, c: Paint): string[] => {
  const { findings } = view.report;
  if (findings.length === 0) return [];
  const shown = varied(findings);
  const rest = findings.filter((finding) => !shown.includes(finding));
  const more = `${plural(rest.length, 'more finding')} in the report (${others(rest)})`;
  return [
    '',
    c.underline(`Findings (${findings.length})`),
    ...shown.flatMap((finding, index) => [
      ...(index === 0 ? [] : ['']),
      ...findingLines(view, finding, findings.indexOf(finding) + 1, width, c),
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
  return [
    ...headline,
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
