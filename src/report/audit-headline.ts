/** What an audit found, in one sentence: the cheapest cheating answer and what it earned beside honest work. Unsafe text. */
import type { AuditReport, ReportFinding } from '../record/audit-report.ts';
import { leadingFinding } from './audit-groups.ts';
import { isHonestOutOfRange, noDifferenceOf, noiseOf, positionBias, rangeHint, warningText } from './audit-lead.ts';
import {
  type AuditView,
  answerWords,
  brokenInvariances,
  earnsText,
  FAULT_WORDS,
  inputText,
  isAllFaults,
  isRare,
  isWrongAnswer,
  number,
  shareWords,
  shownAnswer,
  shownCalls,
  sizeWords,
  unitOf,
} from './audit-words.ts';
import { plural } from './format.ts';

const MOST_ANSWER = 160;
const EQUAL = 1e-9;

const beside = (view: AuditView, finding: ReportFinding): string => {
  const { honest, cheat } = shownCalls(view, finding);
  const { best, worst, pass } = view.report.subject.scale;
  if (cheat?.graded.kind !== 'scored') return 'is paid';
  const { score } = cheat.graded;
  const earns = `scores ${number(score)}`;
  if (honest?.graded.kind !== 'scored') return `${earns} and passes (the bar is ${number(pass)})`;
  const gain = Math.sign(best - worst) * (score - honest.graded.score);
  const than = number(honest.graded.score);
  if (Math.abs(gain) < EQUAL) return `${earns}, as much as honest work`;
  return gain > 0
    ? `${earns}, more than honest work (${than})`
    : `${earns} and passes (the bar is ${number(pass)}; honest work: ${than})`;
};

const MOST_INPUT = 80;

/** A question that is short enough for a sentence. */
const asked = ({ witness: { input } }: ReportFinding): string => {
  const text = input === null ? '' : inputText(input);
  return text !== '' && text.length <= MOST_INPUT ? `asked ${JSON.stringify(text)}, ` : '';
};

/** Half way between the two ends of the scale neither answer was preferred. */
const pairOutcome = (view: AuditView, finding: ReportFinding): string => {
  const { cheat } = shownCalls(view, finding);
  const { best, worst } = view.report.subject.scale;
  if (cheat?.graded.kind !== 'scored') return 'is put against honest work and is paid';
  const gain = Math.sign(best - worst) * (cheat.graded.score - (best + worst) / 2);
  return Math.abs(gain) < EQUAL
    ? 'ties with honest work'
    : gain > 0
      ? 'beats honest work'
      : 'passes against honest work';
};

const falsePass = (view: AuditView, finding: ReportFinding): string => {
  const answer = answerWords(shownAnswer(finding), MOST_ANSWER);
  if (view.report.subject.form === 'pairwise') return `${asked(finding)}${answer} ${pairOutcome(view, finding)}`;
  return `${asked(finding)}${answer} ${beside(view, finding)}`;
};

/** The share of known-bad answers that pass, and one of them. */
const wrongAnswers = (view: AuditView, finding: ReportFinding | null): string => {
  const rate = finding?.fooled ?? view.report.falsePasses;
  const share = rate === null ? 'some' : shareWords(rate, 'known-bad answer');
  return `passes wrong answers, ${share}${finding === null ? '' : `: ${falsePass(view, finding)}`}`;
};

const canBeGamed = (view: AuditView, finding: ReportFinding): string => {
  if (isWrongAnswer(finding)) return wrongAnswers(view, finding);
  const { count, n } = finding.fooled;
  const how = isRare(finding)
    ? `can be gamed in places (${count} of ${plural(n, unitOf(view.report))})`
    : 'can be gamed';
  return `${how}: ${falsePass(view, finding)} (${finding.strategy})`;
};

const falseFail = (view: AuditView, finding: ReportFinding): string => {
  const { honest, cheat } = shownCalls(view, finding);
  const answer = answerWords(finding.witness.answer, MOST_ANSWER);
  const score = cheat === null ? '' : ` ${earnsText(cheat.graded)}`;
  if (honest === null) return `the honest answer ${answer}${score} and fails`;
  return `${answer}${score}, while ${answerWords(honest.answer, MOST_ANSWER)} ${earnsText(honest.graded)}`;
};

/** What a clean result is worth. */
const nothingFound = ({ report }: AuditView): string => {
  const { detail, minimumDetectableEffect: least, subject } = report;
  if (subject.kind === 'recorded') {
    return `No recorded verdict of ${subject.spec} passes a known-bad answer or fails an honest one. Nothing could be tried: only what was recorded can be looked up.`;
  }
  const tried = `${detail.tried.length} ${detail.tried.length === 1 ? 'strategy' : 'strategies'} on ${sizeWords(report)}`;
  const attempt = `Nothing that was tried games ${subject.spec} (${tried}).`;
  return least === null
    ? attempt
    : `${attempt} An answer that fools it on more than ${(least * 100).toFixed(0)} % of ${unitOf(report)}s would most likely have been seen.`;
};

const firstPass = (report: AuditReport): ReportFinding | null => {
  const first = leadingFinding(report);
  return first?.claim === 'false-pass' ? first : null;
};

/** The second sentence, where something else comes first. */
const besides = (view: AuditView, finding: ReportFinding | null): string =>
  finding === null ? '' : ` Besides, it ${canBeGamed(view, finding)}.`;

/** Of a grader that contradicts itself only what chance does not explain is said. */
const noisy = (view: AuditView): string | null => {
  const noise = noiseOf(view.report);
  if (noise === null) return null;
  const { moved, calls } = noise;
  const first = firstPass(view.report);
  const isSure = (first?.fooled.interval?.[0] ?? 0) > moved / calls;
  return `${view.report.subject.spec} gives the same call different scores (${moved} of ${plural(calls, 'call')} that were asked again)${isSure ? '.' : ', so what was found may be chance.'}${besides(view, isSure ? first : null)}`;
};

const judgesPlace = (view: AuditView): string | null => {
  const { report } = view;
  const biased = positionBias(report);
  if (biased === null) return null;
  const { count, n } = biased.broken;
  return `${report.subject.spec} judges by place: it changed its verdict in ${count} of ${plural(n, 'pair')} when the two answers changed places.${besides(view, firstPass(report))}`;
};

const failsHonest = (view: AuditView): string | null => {
  const { report } = view;
  if (warningText(report, 'honest-fails') === null) return null;
  const known = report.findings.find(({ claim, strategy }) => claim === 'false-fail' && strategy === 'known-good');
  if (known === undefined) return null;
  const { spec, form } = report.subject;
  const { cheat } = shownCalls(view, known);
  const one = `${answerWords(known.witness.answer, MOST_ANSWER)} ${cheat === null ? 'fails' : earnsText(cheat.graded)}`;
  const first =
    form === 'pairwise'
      ? `${spec} prefers honest work in none of ${plural(known.fooled.n, 'pair')}.`
      : `${spec} fails each of ${plural(known.fooled.n, 'known-good answer')} (${one}): perhaps they lack the form that it wants.`;
  return `${first}${besides(view, firstPass(report))}`;
};

const tellsNothingApart = (view: AuditView): string | null => {
  const found = noDifferenceOf(view.report);
  if (found === null) return null;
  return `${view.report.subject.spec} scores wrong answers as high as right ones: known-bad answers average ${found.bad}, known-good ones ${found.good}.${besides(view, firstPass(view.report))}`;
};

const outOfRange = ({ report }: AuditView): string => {
  const { spec, scale } = report.subject;
  const hint = rangeHint(report);
  return `${spec} scores beyond ${number(scale.worst)} to ${number(scale.best)}: say what its scores are with ${hint === null ? '--range' : `--range, e.g. ${hint}`}.`;
};

export const auditHeadline = (view: AuditView): string => {
  const { report } = view;
  const { spec } = report.subject;
  const [fault] = report.graderFaults;
  if (isHonestOutOfRange(report)) return outOfRange(view);
  if (isAllFaults(report) && fault !== undefined) {
    if (fault.kind === 'out-of-range') return outOfRange(view);
    return `${spec} gave no score to any call: ${FAULT_WORDS[fault.kind]} (${fault.message}).`;
  }
  const lead = noisy(view) ?? judgesPlace(view) ?? tellsNothingApart(view) ?? failsHonest(view);
  if (lead !== null) return lead;
  const first = leadingFinding(report);
  if (first?.claim === 'false-pass') return `${spec} ${canBeGamed(view, first)}.`;
  if ((report.falsePasses?.count ?? 0) > 0) return `${spec} ${wrongAnswers(view, null)}.`;
  const tooHigh = warningText(report, 'bar-too-high');
  if (tooHigh !== null) return `${spec} passes no honest work: ${tooHigh}`;
  if (first?.claim === 'false-fail') return `${spec} rejects honest work: ${falseFail(view, first)}.`;
  if (fault !== undefined) {
    return `${spec} does not always give a score: ${FAULT_WORDS[fault.kind]} in ${fault.count} of ${plural(fault.calls, 'call')} (${fault.message}).`;
  }
  const [broken] = brokenInvariances(view);
  if (broken !== undefined) {
    return `${spec} changes its score where nothing that matters changed: ${broken.strategy}, in ${shareWords(broken.broken, 'example')}.`;
  }
  return nothingFound(view);
};
