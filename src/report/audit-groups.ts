/** Findings that say the same: one claim, shown by one answer. A report says it once, and who else came to it. */
import type { AuditReport, ReportFinding } from '../record/audit-report.ts';
import { isRare, shownAnswer } from './audit-words.ts';

export interface FindingGroup {
  /** The first in the report whose description fits the answer shown. */
  readonly first: ReportFinding;
  /** Of other strategies, which come down to the same answer. */
  readonly others: readonly ReportFinding[];
}

const keyOf = (finding: ReportFinding): string => {
  const answer = shownAnswer(finding);
  const same = typeof answer === 'string' ? answer.trim().replaceAll(/\s+/g, ' ') : answer;
  // A fault is named by its kind; two of them are never one, whatever they were shown on.
  return JSON.stringify([finding.claim, finding.claim === 'fault' ? finding.variant : null, same]);
};

/** Attacks that pool many others, to see at little cost whether any of them is paid: what they come down to says another one better. */
const POOLED: ReadonlySet<string> = new Set(['all-at-once', 'all-around-wrong']);

/** How badly the description of a strategy fits the answer shown. */
const misfit = (finding: ReportFinding): number => {
  const { answer } = finding.witness;
  // Everything may be shrunk to nothing: of those the one that gives nothing.
  const isEmptied = shownAnswer(finding) === '' && answer !== '';
  return 4 * Number(isRare(finding)) + 2 * Number(isEmptied) + Number(POOLED.has(finding.strategy));
};

const groupOf = (members: readonly ReportFinding[]): readonly FindingGroup[] => {
  const [first] = members.toSorted((a, b) => misfit(a) - misfit(b));
  return first === undefined ? [] : [{ first, others: members.filter((one) => one !== first) }];
};

/** In the order of the report. */
export const findingGroups = ({ findings }: Pick<AuditReport, 'findings'>): readonly FindingGroup[] =>
  [...Map.groupBy(findings, keyOf).values()].flatMap(groupOf);

/** What an output begins with; null where nothing was found. */
export const leadingFinding = (report: Pick<AuditReport, 'findings'>): ReportFinding | null =>
  findingGroups(report)[0]?.first ?? null;

/** `14, by 52 strategies`, or only the number where each has its own. */
export const countWords = (groups: readonly FindingGroup[]): string => {
  const all = groups.reduce((sum, { others }) => sum + 1 + others.length, 0);
  return all === groups.length ? String(all) : `${groups.length}, by ${all} strategies`;
};

const NAMES_SHOWN = 5;

/** `think-dress, repeated-tags and 3 more`, or empty. */
export const alsoWords = ({ others }: FindingGroup): string => {
  const names = [...new Set(others.map(({ strategy }) => strategy))];
  const more = names.length - NAMES_SHOWN;
  return more > 1 ? `${names.slice(0, NAMES_SHOWN).join(', ')} and ${more} more` : names.join(', ');
};
