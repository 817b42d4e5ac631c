/** What an audit found, in one sentence: the cheapest cheating answer and what it earned beside honest work. Unsafe text. */
import type { ReportFinding } from '../record/audit-report.ts';
import {
  type AuditView,
  answerWords,
  brokenInvariances,
  earnsText,
  FAULT_WORDS,
  isAllFaults,
  number,
  shownAnswer,
  shownCalls,
  sizeWords,
} from './audit-words.ts';
import { describeRate, plural } from './format.ts';

const MOST_ANSWER = 160;

const beside = (view: AuditView, finding: ReportFinding): string => {
  const { honest, cheat } = shownCalls(view, finding);
  const { best, worst, pass } = view.report.subject.scale;
  if (cheat?.graded.kind !== 'scored') return 'is paid';
  const { score } = cheat.graded;
  const earns = `scores ${number(score)}`;
  if (honest?.graded.kind !== 'scored') return `${earns} and passes (the bar is ${number(pass)})`;
  const gain = Math.sign(best - worst) * (score - honest.graded.score);
  const than = number(honest.graded.score);
  if (Math.abs(gain) < 1e-9) return `${earns}, as much as honest work`;
  return gain > 0
    ? `${earns}, more than honest work (${than})`
    : `${earns} and passes (the bar is ${number(pass)}; honest work: ${than})`;
};

const MOST_INPUT = 80;

/** A question that is short enough for a sentence. */
const asked = ({ witness: { input } }: ReportFinding): string =>
  typeof input === 'string' && input !== '' && input.length <= MOST_INPUT ? `asked ${JSON.stringify(input)}, ` : '';

const falsePass = (view: AuditView, finding: ReportFinding): string => {
  const answer = answerWords(shownAnswer(finding), MOST_ANSWER);
  if (view.report.subject.form === 'pairwise') return `an answer without the work beats honest work: ${answer}`;
  return `${asked(finding)}${answer} ${beside(view, finding)}`;
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
  const { detail, minimumDetectableEffect: least } = report;
  const tried = `${plural(detail.tried.length, 'strategy').replace('strategys', 'strategies')} on ${sizeWords(report)}`;
  const attempt = `Nothing that was tried games ${report.subject.spec} (${tried}).`;
  return least === null
    ? attempt
    : `${attempt} An answer that fools it on more than ${(least * 100).toFixed(0)} % of examples would most likely have been seen.`;
};

export const auditHeadline = (view: AuditView): string => {
  const { report } = view;
  const { spec } = report.subject;
  const [fault] = report.graderFaults;
  if (isAllFaults(report) && fault !== undefined) {
    return `${spec} gave no score to any call: ${FAULT_WORDS[fault.kind]} (${fault.message}).`;
  }
  const [first] = report.findings;
  if (first?.claim === 'false-pass') return `${spec} can be gamed: ${falsePass(view, first)} (${first.strategy}).`;
  if (first?.claim === 'false-fail') return `${spec} rejects honest work: ${falseFail(view, first)}.`;
  if (fault !== undefined) {
    return `${spec} does not always give a score: ${FAULT_WORDS[fault.kind]} in ${fault.count} of ${plural(fault.calls, 'call')} (${fault.message}).`;
  }
  const [broken] = brokenInvariances(view);
  if (broken !== undefined) {
    const rate = describeRate(broken.broken);
    return `${spec} changes its score where nothing that matters changed: ${broken.strategy}, in ${rate.value} of examples ${rate.interval}.`;
  }
  return nothingFound(view);
};
