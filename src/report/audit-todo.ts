/** What to do about an audit: for whoever reads it in the middle of other work. Our own words only. */
import type { FailureClass } from '../record/audit.ts';
import type { AuditReport, ReportFinding } from '../record/audit-report.ts';
import { isBarTooHigh, noDifferenceOf, noiseOf, positionBias, rangeHint, warningText } from './audit-lead.ts';
import { isAllFaults, isRare } from './audit-words.ts';

const AGAINST: Readonly<Record<FailureClass, string>> = {
  'rater-hacking':
    'Score what the answer says against what is known to be right; let length, form, tone and claims earn nothing, and several answers at once cost.',
  'metric-gaming':
    'Measure what the cheap answer loses beside what it wins: precision beside recall, both classes beside one, skill over guessing instead of raw error; count an abstention as wrong.',
  'self-evaluation-inflation':
    'Do not take the word of an answer for its own quality: check what it did, and let somebody else judge it.',
  'loophole-exploitation':
    'Write what is meant, not only what is allowed, into the rule, and check the meaning (a second grader on intent) where letters can be turned.',
  'reward-tampering':
    'Grade from outside: run submitted code where it cannot reach tests, results or the harness, compare values on the host, and use files of your own.',
};

const MOST_CLASSES = 2;
const WORTH_SHARE = 0.2;

/** One hole is found by attacks of many classes: only those that most of them belong to say what it is. */
const mainClasses = (passes: readonly ReportFinding[]): readonly FailureClass[] =>
  [...Map.groupBy(passes, (finding) => finding.class)]
    .filter(([, members]) => members.length >= WORTH_SHARE * passes.length)
    .toSorted(([, a], [, b]) => b.length - a.length)
    .flatMap(([failure]) => (failure === null ? [] : [failure]))
    .slice(0, MOST_CLASSES);

/** What the audit itself needs before its numbers mean anything, the most pressing first. */
const setup = (report: AuditReport): readonly string[] => {
  const hint = rangeHint(report);
  const isHonestFailing = warningText(report, 'honest-fails') !== null && report.subject.form !== 'pairwise';
  return [
    hint === null ? null : `Say what its scores are (${hint}), and ask again.`,
    noiseOf(report) === null
      ? null
      : 'Make the same call give the same score, or average several, and ask again: until then what is found may be chance.',
    noDifferenceOf(report) === null
      ? null
      : 'Make it score your known-good answers above your known-bad ones first; look at a few of both by hand.',
    isBarTooHigh(report) ? 'Set the bar to what honest work earns (--pass), and ask again.' : null,
    isHonestFailing && noDifferenceOf(report) === null
      ? 'Give known-good answers in the form that the grader wants (--fields good=<column>), and ask again: so far it fails each of them.'
      : null,
    positionBias(report) === null
      ? null
      : 'Ask in both orders and let a verdict count only where the two agree; a judge that goes by place needs another prompt or model.',
  ].filter((text) => text !== null);
};

const OUT_OF_RANGE = 'out-of-range';

/** The most pressing first; at most one for each thing that is wrong. */
export const todoOf = (report: AuditReport): readonly string[] => {
  const { findings, graderFaults, detail } = report;
  const first = setup(report);
  if (isAllFaults(report)) {
    return first.length > 0
      ? first
      : ['Make the grader give a number for one example first: nothing else can be said of it.'];
  }
  // Advice on what dice have shown would be advice on dice.
  if (noiseOf(report) !== null) return first;
  const passes = findings.filter(({ claim }) => claim === 'false-pass');
  const strong = passes.filter((finding) => !isRare(finding));
  const holes = mainClasses(strong.length === 0 ? passes : strong).map((failure) => AGAINST[failure]);
  const out = [...first, ...holes];
  if (findings.some(({ claim, strategy }) => claim === 'false-fail' && strategy !== 'known-good')) {
    out.push(
      'Let honest work pass as honest people write it: normalise case, white space, markdown and number formats before comparing, and read the answer out of a sentence.',
    );
  }
  if (graderFaults.some(({ kind }) => kind === 'nondeterministic')) {
    out.push('Make the same call give the same score, or average several; until then rates carry that noise.');
  }
  if (graderFaults.some(({ kind }) => kind !== 'nondeterministic' && kind !== OUT_OF_RANGE)) {
    out.push(
      'Decide what an answer earns on which the grader throws, hangs or returns no number: score it, or refuse it by rule.',
    );
  }
  if (detail.noGameability !== null && report.examples > 0 && detail.ceiling === null) {
    out.push(
      'Give known-good answers (a column "good", or a reference): without them nothing says what honest work earns.',
    );
  }
  if (passes.length > 0 && detail.repair === null) {
    out.push(
      'After the repair: audit --against this report. It asks the witnesses again and attacks with strategies that were held back.',
    );
  }
  return out;
};
