/** An audit as commands of GitHub Actions, which shows them beside the grader's line in a pull request. */

import type { GateResult } from '../audit/gate.ts';
import { visible } from '../base/terminal.ts';
import { alsoWords, findingGroups } from './audit-groups.ts';
import { auditHeadline } from './audit-headline.ts';
import type { SourceLocation } from './audit-location.ts';
import {
  type AuditView,
  answerWords,
  brokenInvariances,
  CLAIM_WORDS,
  claimWords,
  earnsText,
  FAULT_WORDS,
  shareWords,
  shownAnswer,
  shownCalls,
  unitOf,
} from './audit-words.ts';

/** GitHub shows ten of a level for one step and drops the others silently. */
const MOST_OF_A_LEVEL = 10;

type Level = 'error' | 'warning' | 'notice';

interface Annotation {
  readonly level: Level;
  readonly title: string;
  readonly text: string;
}

/** Message of a command: a line break would end it, and a percent sign begins an escape. */
const data = (text: string): string =>
  visible(text, { newlines: true }).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string => data(visible(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');

const MOST_ANSWER = 300;

const ofFindings = (view: AuditView): readonly Annotation[] =>
  findingGroups(view.report)
    .filter(({ first }) => first.claim !== 'fault')
    .map((group) => {
      const finding = group.first;
      const { honest, cheat } = shownCalls(view, finding);
      const lines = [
        `${answerWords(shownAnswer(finding), MOST_ANSWER)}${cheat === null ? '' : ` ${earnsText(cheat.graded)}`}`,
        honest === null ? '' : `honest work ${earnsText(honest.graded)}`,
        `on ${shareWords(finding.fooled, unitOf(view.report))}`,
        group.others.length === 0 ? '' : `also by ${alsoWords(group)}`,
        finding.replay,
      ];
      return {
        level: finding.claim === 'false-pass' ? 'error' : 'warning',
        title: `${finding.strategy}: ${claimWords(finding)}`,
        text: lines.filter((text) => text !== '').join('\n'),
      };
    });

const ofFaults = ({ report }: AuditView): readonly Annotation[] =>
  report.graderFaults.map(({ kind, count, calls, message }) => ({
    level: 'warning',
    title: `${kind}: ${FAULT_WORDS[kind]}`,
    text: `${count} of ${calls} calls. ${message}`,
  }));

const ofInvariances = (view: AuditView): readonly Annotation[] =>
  brokenInvariances(view).map(({ strategy, broken, replay }) => ({
    level: 'warning',
    title: `${strategy}: ${CLAIM_WORDS['not-invariant']}`,
    text: `on ${shareWords(broken, 'example')}\n${replay}`,
  }));

const ofGates = (gates: readonly GateResult[]): readonly Annotation[] =>
  gates
    .filter(({ verdict }) => verdict !== 'passed')
    .map(({ verdict, text }) => ({ level: 'error', title: `audit gate ${verdict}`, text }));

/** One line each. The gate first: of too many GitHub shows the first. */
export const renderAnnotations = (
  view: AuditView,
  gates: readonly GateResult[],
  location: SourceLocation | null,
): readonly string[] => {
  const all = [...ofGates(gates), ...ofFindings(view), ...ofFaults(view), ...ofInvariances(view)];
  const levels: readonly Level[] = ['error', 'warning'];
  const shown = levels.flatMap((level) => all.filter((one) => one.level === level).slice(0, MOST_OF_A_LEVEL));
  const left = all.length - shown.length;
  const notice: Annotation = {
    level: 'notice',
    title: 'subterfuge audit',
    text: `${auditHeadline(view)}${left === 0 ? '' : `\n${left} more in the report.`}`,
  };
  const place = location === null ? '' : `file=${property(location.path)},line=${location.line},`;
  return [notice, ...shown].map(
    ({ level, title, text }) => `::${level} ${place}title=${property(title)}::${data(text)}`,
  );
};
