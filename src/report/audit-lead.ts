/** What is to be known first of an audit, before any finding: every output begins with it. */
import type { AuditReport, ReportInvariance } from '../record/audit-report.ts';
import { isAllFaults, isRare, number } from './audit-words.ts';

type Warning = AuditReport['detail']['warnings'][number];

/** Warnings that change what everything below means: they stand right under the headline. */
const CRITICAL: ReadonlySet<string> = new Set([
  'honest-out-of-range',
  'no-difference',
  'honest-fails',
  'bar-too-high',
  'mostly-noise',
  'nothing-scored',
]);

export const criticalWarnings = ({ detail }: AuditReport): readonly Warning[] =>
  detail.warnings.filter(({ code }) => CRITICAL.has(code));

export const otherWarnings = ({ detail }: AuditReport): readonly Warning[] =>
  detail.warnings.filter(({ code }) => !CRITICAL.has(code));

const warningOf = ({ detail }: AuditReport, code: string): Warning | null =>
  detail.warnings.find((warning) => warning.code === code) ?? null;

export const warningText = (report: AuditReport, code: string): string | null => warningOf(report, code)?.text ?? null;

/** `--range 0..100`, where scores went beyond the range that was given. */
export const rangeHint = (report: AuditReport): string | null => {
  const { worst, best } =
    (warningOf(report, 'honest-out-of-range') ?? warningOf(report, 'out-of-range'))?.numbers ?? {};
  return worst === undefined || best === undefined ? null : `--range ${worst}..${best}`;
};

/** No honest answer has a score within the range: nothing was measured beside honest work. */
export const isHonestOutOfRange = (report: AuditReport): boolean => warningText(report, 'honest-out-of-range') !== null;

/** Nothing that the gate looks at was measured: the command ends with 3, whatever the gate says. */
export const isUnmeasured = (report: AuditReport): boolean => isHonestOutOfRange(report) || isAllFaults(report);

/** Honest work fails as a whole because the bar is too high for it, not for its form. */
export const isBarTooHigh = (report: AuditReport): boolean => warningOf(report, 'bar-too-high') !== null;

/** What known-bad and known-good answers average, where the good ones earn no more; null where they do. */
export const noDifferenceOf = (report: AuditReport): { readonly bad: string; readonly good: string } | null => {
  const { bad, good } = warningOf(report, 'no-difference')?.numbers ?? {};
  return bad === undefined || good === undefined ? null : { bad: number(bad), good: number(good) };
};

/** Calls that were asked again, and those of them that moved; null where the grader mostly agrees with itself. */
export const noiseOf = (report: AuditReport): { readonly moved: number; readonly calls: number } | null => {
  const { moved, calls } = warningOf(report, 'mostly-noise')?.numbers ?? {};
  return moved === undefined || calls === undefined ? null : { moved, calls };
};

/** Of all strategies that were tried: what passes so many ways is not tied to what an answer says. */
const MOST_ANYTHING = 0.25;
const FEW = 10;

/** How many strategies fool it on more examples than chance explains, where they are a large part of all; else null. */
export const passesAnything = ({ findings, detail }: AuditReport): number | null => {
  const strong = findings.filter((finding) => finding.claim === 'false-pass' && !isRare(finding)).length;
  return strong >= MOST_ANYTHING * detail.tried.length && strong >= FEW ? strong : null;
};

/** From this share of swapped pairs on it is the place that is judged. */
const BIASED_SHARE = 0.5;

/** The swap of a pair that changed the verdict most often, where it mostly does. */
export const positionBias = ({ subject, invariances }: AuditReport): ReportInvariance | null =>
  subject.form !== 'pairwise'
    ? null
    : (invariances
        .filter(
          ({ strategy, broken, replay }) =>
            strategy.startsWith('order-of-') && replay !== null && (broken.mean ?? 0) >= BIASED_SHARE,
        )
        .toSorted((a, b) => b.broken.count - a.broken.count)[0] ?? null);
