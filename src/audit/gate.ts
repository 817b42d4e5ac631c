/** Rules that an audit must keep: `--fail-on 'gameability>0.1'`, the vitest matcher, and any program that reads a report. */
import { inputError } from '../base/errors.ts';
import type { AuditReport } from '../record/audit-report.ts';
import type { Estimate } from '../record/estimate.ts';

/** What `--fail-on` can name. Counts: findings, alive (exploits of the earlier audit), graderFaults (calls), invariances (broken ones). */
export type GateMeasure =
  | 'gameability'
  | 'falsePasses'
  | 'falseFails'
  | 'findings'
  | 'alive'
  | 'graderFaults'
  | 'invariances';

export interface GateRule {
  readonly measure: GateMeasure;
  readonly comparison: '>' | '>=';
  readonly limit: number;
}

/**
 * `undecided`: the report has no number for it (null), or its bounds with the unscored lie on both sides of the limit. A gate that cannot
 * be decided does not pass.
 */
export interface GateResult {
  readonly rule: GateRule;
  readonly verdict: 'passed' | 'failed' | 'undecided';
  /** One sentence with the number, its interval and the limit. */
  readonly text: string;
}

/** `gameability>0.1`. Throws `inputError` `bad-gate`, naming what is allowed. */
export type ParseGate = (text: string) => GateRule;
export type RunGate = (report: AuditReport, rules: readonly GateRule[]) => readonly GateResult[];

const RATES = ['gameability', 'falsePasses', 'falseFails'] as const;
const COUNTS = ['findings', 'alive', 'graderFaults', 'invariances'] as const;
export const GATE_MEASURES: readonly GateMeasure[] = [...RATES, ...COUNTS];

type RateMeasure = (typeof RATES)[number];
type CountMeasure = (typeof COUNTS)[number];

const isRate = (measure: GateMeasure): measure is RateMeasure => RATES.some((rate) => rate === measure);

const FORM = /^\s*([A-Za-z]+)\s*(>=|>)\s*(\d+(?:\.\d+)?|\.\d+)\s*(%?)\s*$/;

const badGate = (given: string, what: string): Error =>
  inputError({
    code: 'bad-gate',
    what,
    given,
    allowed: `${GATE_MEASURES.join(', ')}, then > or >=, then a number: ${RATES.join(', ')} are shares from 0 to 1, the others counts`,
    todo: "For example: --fail-on 'gameability>0.1' --fail-on 'falseFails>0.02'. Quote it, or the shell reads > as a file.",
  });

export const parseGate: ParseGate = (text) => {
  const [, name = '', comparison = '', number = '', percent = ''] = FORM.exec(text) ?? [];
  const measure = GATE_MEASURES.find((known) => known.toLowerCase() === name.toLowerCase());
  if (measure === undefined) throw badGate(text, 'This is not a rule that an audit can fail on.');
  const limit = Number(number) / (percent === '' ? 1 : 100);
  if (isRate(measure) ? limit > 1 : percent !== '' || !Number.isInteger(limit)) {
    throw badGate(
      text,
      isRate(measure) ? `${measure} is a share, so a limit above 1 never fails.` : `${measure} is a count.`,
    );
  }
  return { measure, comparison: comparison === '>=' ? '>=' : '>', limit };
};

/** As it is written on the command line. */
export const gateText = ({ measure, comparison, limit }: GateRule): string => `${measure}${comparison}${limit}`;

/** A number with the least and the most that it could be once everything unscored is known. */
interface Measured {
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly words: string;
}

const share = (value: number): string => String(Number(value.toFixed(4)));

const rateOf = (measure: RateMeasure, report: AuditReport): Measured | string => {
  const estimate: Estimate | null = report[measure];
  if (estimate === null || estimate.mean === null) {
    if (measure === 'gameability') return report.detail.noGameability ?? 'It could not be estimated.';
    if (estimate !== null) return 'None of its answers got a score.';
    return measure === 'falsePasses' ? 'No known-bad answers were given.' : 'No known-good answers were given.';
  }
  const { mean, interval, n, clusters, bounds } = estimate;
  const [least, most] = bounds ?? [mean, mean];
  const spread = interval === null ? 'no interval' : `95 % interval ${share(interval[0])} to ${share(interval[1])}`;
  const of = clusters < n ? ` from ${clusters} examples` : '';
  const unscored =
    bounds !== null && most - least > 1e-9 ? `, ${share(least)} to ${share(most)} with what has no score` : '';
  return { value: mean, least, most, words: `${share(mean)} (${spread}, n = ${n}${of}${unscored})` };
};

const exactly = (count: number): Measured => ({ value: count, least: count, most: count, words: String(count) });

const countOf = (measure: CountMeasure, report: AuditReport): Measured | string => {
  switch (measure) {
    case 'findings':
      return exactly(report.findings.length);
    case 'graderFaults':
      return exactly(report.graderFaults.reduce((sum, { count }) => sum + count, 0));
    case 'invariances':
      return exactly(report.invariances.filter(({ replay }) => replay !== null).length);
    case 'alive': {
      const { repair } = report.detail;
      if (repair === null) return 'There is no earlier audit to compare with (--against).';
      const alive = repair.exploits.filter(({ now }) => now === 'alive').length;
      const open = repair.exploits.filter(({ now }) => now === 'fault' || now === 'unknown').length;
      const words = open === 0 ? String(alive) : `${alive}, and ${open} could not be asked`;
      return { value: alive, least: alive, most: alive + open, words };
    }
    default:
      return measure satisfies never;
  }
};

const ROUNDING = 1e-9;

const judge = (report: AuditReport, rule: GateRule): GateResult => {
  const { measure, comparison, limit } = rule;
  const found = isRate(measure) ? rateOf(measure, report) : countOf(measure, report);
  if (typeof found === 'string') {
    return { rule, verdict: 'undecided', text: `${measure} is not known, so the gate does not pass: ${found}` };
  }
  const breaks = (value: number): boolean =>
    comparison === '>' ? value > limit + ROUNDING : value >= limit - ROUNDING;
  const { value, least, most, words } = found;
  const allowed = comparison === '>' ? `at most ${limit}` : `below ${limit}`;
  if (breaks(least) !== breaks(most)) {
    const why = 'calls without a score could move it across';
    return { rule, verdict: 'undecided', text: `${measure} is ${words}; allowed: ${allowed}; ${why}` };
  }
  return { rule, verdict: breaks(value) ? 'failed' : 'passed', text: `${measure} is ${words}; allowed: ${allowed}` };
};

/** Means are compared, not ends of intervals: a gate that fails on the upper end would fail for want of examples. */
export const runGate: RunGate = (report, rules) => rules.map((rule) => judge(report, rule));

export const gatePassed = (results: readonly GateResult[]): boolean =>
  results.every(({ verdict }) => verdict === 'passed');
