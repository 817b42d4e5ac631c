/**
 * The words that all outputs of an audit share. What comes from an answer, an example or a grader is unsafe text here: the caller makes it
 * safe for where it stands (`visible`, `h`, XML, a GitHub command).
 */
import { FALSE_DISCOVERY_RATE } from '../audit/findings.ts';
import type { Json } from '../base/json.ts';
import type { Answer, CallFaultKind, FailureClass, Graded } from '../record/audit.ts';
import type { Claim, Finding } from '../record/audit-finding.ts';
import type { AuditReport, ReportFinding, ReportInvariance, SearchResult } from '../record/audit-report.ts';
import type { Rate } from '../record/estimate.ts';
import { describeRate, formatEstimate, plural } from './format.ts';

/** What an audit gave, as outputs read it: the report, and the sealed findings that say what was asked. */
export interface AuditView {
  readonly report: AuditReport;
  readonly findings: readonly Finding[];
}

export const CLAIM_WORDS: Readonly<Record<Claim, string>> = {
  'false-pass': 'passes without the work',
  'false-fail': 'rejects honest work',
  'not-invariant': 'changes where nothing that matters did',
  fault: 'gives no score',
};

export const CLASS_WORDS: Readonly<Record<FailureClass, string>> = {
  'rater-hacking': 'the rater is pleased instead of the work done',
  'metric-gaming': 'the number is made instead of the thing it counts',
  'self-evaluation-inflation': 'it is believed because it praises itself',
  'loophole-exploitation': 'the letter is kept and the meaning is not',
  'reward-tampering': 'the measuring is changed instead of what is measured',
};

export const FAULT_WORDS: Readonly<Record<CallFaultKind | 'nondeterministic', string>> = {
  threw: 'it threw an error',
  hung: 'it did not return in time',
  nan: 'it returned NaN',
  infinite: 'it returned an infinite number',
  'not-a-number': 'it returned something that is no number',
  'no-score': 'it returned nothing',
  'out-of-range': 'its score was outside the range',
  'exit-code': 'its process ended with an exit code other than 0',
  died: 'its process died',
  limit: 'it passed a limit on output or memory',
  malformed: 'its reply was not in the agreed form',
  refused: 'the model declined',
  'http-status': 'its server answered with an error',
  unreachable: 'it could not be reached',
  'not-asked': 'it was not asked',
  nondeterministic: 'the same call got different scores',
};

/** A score, without the digits that floating point adds. */
export const number = (value: number): string => String(Number(value.toPrecision(4)));

export const gradedText = (graded: Graded): string =>
  graded.kind === 'scored' ? number(graded.score) : `no score (${FAULT_WORDS[graded.fault.kind]})`;

/** The same as a verb. */
export const earnsText = (graded: Graded): string =>
  graded.kind === 'scored' ? `scores ${number(graded.score)}` : `gets no score (${FAULT_WORDS[graded.fault.kind]})`;

const isNumberName = (value: Json): value is { readonly $number: string } =>
  typeof value === 'object' && value !== null && '$number' in value && typeof value.$number === 'string';

const valueText = (value: Json): string => {
  if (value === null) return 'nothing';
  if (isNumberName(value)) return value.$number;
  if (typeof value === 'number') return number(value);
  return JSON.stringify(value);
};

const MOST_VALUES = 3;

/** Predictions by how many there are of each, where they are of few kinds; else as a list. */
const vectorText = (values: readonly Json[]): string => {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(valueText(value), (counts.get(valueText(value)) ?? 0) + 1);
  const kinds = [...counts].toSorted(([, a], [, b]) => b - a);
  const [first] = kinds;
  if (first === undefined) return 'an empty list';
  if (kinds.length === 1)
    return values.length === 1 ? `[${first[0]}]` : `${first[0]} for all ${plural(values.length, 'item')}`;
  if (kinds.length <= MOST_VALUES && kinds.length < values.length) {
    return kinds
      .map(([value, count], index) => `${value} for ${index === 0 ? plural(count, 'item') : count}`)
      .join(', ');
  }
  return `[${values.map(valueText).join(', ')}]`;
};

const isList = (answer: Answer): answer is readonly Json[] => Array.isArray(answer);

/** An answer in one line, for a sentence: a text in quotation marks, predictions summed up, a program by its files. */
export const answerText = (answer: Answer): string => {
  if (typeof answer === 'string') return answer === '' ? 'an empty text' : JSON.stringify(answer);
  if (isList(answer)) return vectorText(answer);
  const paths = Object.keys(answer);
  return paths.length === 0 ? 'no files' : `${plural(paths.length, 'file')}: ${paths.join(', ')}`;
};

/** An answer over many lines, as it is, for a block of its own. */
export const answerBlock = (answer: Answer): string => {
  if (typeof answer === 'string') return answer;
  if (isList(answer)) return vectorText(answer);
  return Object.entries(answer)
    .map(([path, text]) => `--- ${path}\n${text}`)
    .join('\n');
};

/** A text in quotation marks of at most so many characters: what is cut is cut inside of them, and never inside of an escape. */
const quotedWords = (answer: string, most: number): string => {
  const characters = [...answer.slice(0, most)];
  while (characters.length > 0 && JSON.stringify(`${characters.join('')}…`).length > most) characters.pop();
  return JSON.stringify(`${characters.join('')}…`);
};

/** The same, cut to so many characters. */
export const answerWords = (answer: Answer, most: number): string => {
  const text = answerText(answer);
  if (text.length <= most) return text;
  return typeof answer === 'string' ? quotedWords(answer, most) : `${text.slice(0, most - 1)}…`;
};

/** `83.3 % [51.6, 97.9] (10/12) of examples`: what a sentence says of a rate, also where there is none. */
export const shareWords = (rate: Rate, unit: string): string => {
  const { state, value, interval, count, warning } = describeRate(rate);
  switch (state) {
    case 'estimated': {
      const open = warning === null ? '' : `, anywhere in ${warning} with those that got no score`;
      return `${value} ${interval} (${count}) of ${unit}s${open}`;
    }
    case 'no-interval':
      return `${rate.count} of ${plural(rate.n, unit)} (too few for an interval)`;
    case 'unscored':
      return `an unknown share of ${unit}s (none got a score)`;
    case 'inapplicable':
      return `no ${unit}s`;
    default:
      return state satisfies never;
  }
};

/**
 * The answer to show of a finding: the smallest. Predictions are made smaller by leaving some out, so there it is the one that takes fewer
 * words: "true for all items" says more than the list of those that could be left out.
 */
export const shownAnswer = ({ witness: { answer, minimal } }: Pick<ReportFinding, 'witness'>): Answer =>
  isList(answer) && isList(minimal) && answerText(answer).length <= answerText(minimal).length ? answer : minimal;

/** A conversation as people read it: of a single message its text, of several who said what. Null where it is none. */
const conversationText = (input: Json): string | null => {
  if (!Array.isArray(input) || input.length === 0) return null;
  const lines: string[] = [];
  for (const message of input) {
    if (message === null || typeof message !== 'object' || !('role' in message) || !('content' in message)) return null;
    const { role, content } = message;
    if (typeof role !== 'string' || typeof content !== 'string') return null;
    lines.push(input.length === 1 ? content : `${role}: ${content}`);
  }
  return lines.join('\n');
};

/** An input as it is shown: a text, a conversation, or its JSON. */
export const inputText = (input: Json): string =>
  input === null
    ? 'the data set'
    : typeof input === 'string'
      ? input
      : (conversationText(input) ?? JSON.stringify(input));

/** The sealed record of a finding in the report. */
export const sealedOf = ({ findings }: AuditView, id: string): Finding | null =>
  findings.find((finding) => finding.id === id) ?? null;

/** A wrong answer as it was given: nothing had to be done to it. */
export const isWrongAnswer = ({ strategy }: Pick<ReportFinding, 'strategy'>): boolean =>
  strategy === 'known-bad' || strategy === 'bad-as-given';

/** Chance would explain how often it was seen: the witness holds, and its rate says nothing. */
export const isRare = ({ claim, adjustedP }: Pick<ReportFinding, 'claim' | 'adjustedP'>): boolean =>
  claim === 'false-pass' && adjustedP !== null && adjustedP > FALSE_DISCOVERY_RATE;

const BY_CONSTRUCTION = 'By construction: ';

/** What was done and why it counts, in a sentence: of a strategy what it does. */
export const becauseOf = (view: AuditView, finding: ReportFinding): string => {
  const because = sealedOf(view, finding.id)?.because ?? (finding.class === null ? '' : CLASS_WORDS[finding.class]);
  return because.startsWith(BY_CONSTRUCTION) ? because.slice(BY_CONSTRUCTION.length) : because;
};

/** What a finding says, in words. Two scores for one call are a fault of their own. */
export const claimWords = ({ claim, variant }: Pick<ReportFinding, 'claim' | 'variant'>): string =>
  claim === 'fault' && variant === 'nondeterministic' ? 'gives the same call another score' : CLAIM_WORDS[claim];

/** `rater-hacking, all`: class and variant where they say something. A fault has no class, and its kind. */
export const kindWords = ({ class: failure, variant }: Pick<ReportFinding, 'class' | 'variant'>): string =>
  [failure ?? '', variant === 'only' ? '' : variant].filter((part) => part !== '').join(', ');

/** The calls of a finding by what they show. `cheat`: of the answer that is shown. */
export interface Shown {
  readonly honest: Finding['calls'][number] | null;
  readonly cheat: Finding['calls'][number] | null;
}

const sameAnswer = (a: Answer, b: Answer): boolean => JSON.stringify(a) === JSON.stringify(b);

export const shownCalls = (view: AuditView, finding: ReportFinding): Shown => {
  const calls = sealedOf(view, finding.id)?.calls ?? [];
  const answer = shownAnswer(finding);
  return {
    honest: calls.find(({ role }) => role === 'honest') ?? null,
    cheat: calls.findLast((call) => call.role !== 'honest' && sameAnswer(call.answer, answer)) ?? calls.at(-1) ?? null,
  };
};

/** Broken by more than chance and sealed, the most often broken first. */
export const brokenInvariances = ({ report }: AuditView): readonly ReportInvariance[] =>
  report.invariances
    .filter(({ replay }) => replay !== null)
    .toSorted((a, b) => (b.broken.mean ?? 0) - (a.broken.mean ?? 0));

/** What the search came to, in a sentence or two. */
export const searchWords = ({ gains, queries, edits, transfer }: SearchResult): string => {
  const [first] = gains;
  const last = gains.at(-1);
  if (first === undefined || last === undefined) return 'The search had nothing to start from.';
  if (first.proxy >= 1)
    return 'The search had nothing to raise: on its examples the best of the catalogue has the best score.';
  const gain =
    edits.length === 0
      ? `found nothing better than the catalogue in ${plural(queries, 'call')}`
      : `raised the best proxy on its own examples from ${first.proxy.toFixed(3)} to ${last.proxy.toFixed(3)} in ${plural(last.queries, 'call')}, by ${edits.join(', ')}`;
  const unseen = transfer === null ? '' : `; on examples that it never saw: ${formatEstimate(transfer)}`;
  return `The search ${gain}${unseen}.`;
};

const faultsIn = ({ graderFaults }: AuditReport): number =>
  graderFaults.reduce((sum, { kind, count }) => sum + (kind === 'nondeterministic' ? 0 : count), 0);

/**
 * Whether no call at all got a score: nothing was measured. A subject that gives up on a dead grader stops asking, so it is not only looked
 * whether there were as many faults as calls, but also whether anything has a scored observation.
 */
export const isAllFaults = (report: AuditReport): boolean => {
  const { detail, falsePasses, falseFails, invariances, minimumDetectableEffect, findings } = report;
  const faults = faultsIn(report);
  if (faults === 0) return false;
  if (faults >= detail.calls) return true;
  const scored = [
    falsePasses,
    falseFails,
    ...invariances.map(({ broken }) => broken),
    ...detail.curve.map(({ proxy }) => proxy),
  ];
  return (
    report.examples > 0 &&
    minimumDetectableEffect === null &&
    findings.every(({ claim }) => claim === 'fault') &&
    scored.every((estimate) => estimate === null || estimate.n === 0)
  );
};

const isDataSet = ({ examples, detail }: AuditReport): boolean => detail.items !== examples;

/** What one observation is of. */
export const unitOf = (report: AuditReport): string => (isDataSet(report) ? 'block' : 'example');

/** `24 examples`, or for data sets `202 items in 20 blocks`. */
export const sizeWords = (report: AuditReport): string => {
  const units = plural(report.examples, unitOf(report));
  return isDataSet(report) ? `${plural(report.detail.items, 'item')} in ${units}` : units;
};
