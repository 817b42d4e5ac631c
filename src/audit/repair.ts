import { contentHash } from '../base/json.ts';
import type { Finding } from '../record/audit-finding.ts';
import type { AuditReport, Repair } from '../record/audit-report.ts';
import type { Answer } from './answer.ts';
import type { Baselines } from './baselines.ts';
import type { Example, ExampleSet } from './example.ts';
import type { Answered } from './ledger.ts';
import { answerKey } from './recordable.ts';
import { callOf, majority, meetsIntent, type Outcome, outcomeOf } from './replay.ts';
import { inRound } from './rounds.ts';
import type { Setting } from './setting.ts';
import type { Strategy } from './strategy.ts';
import type { Warning } from './warnings.ts';

/** An earlier audit with its sealed findings, which lie beside the report (`findings/<id>.json`). */
export interface Previous {
  readonly report: AuditReport;
  readonly findings: readonly Finding[];
}

/**
 * After a fix: which exploits died (each witness asked again), which honest answers that passed then fail now, and which strategies are
 * fresh: those that the earlier audit did not list in `detail.tried`, that is the held-back round, and dice of another seed for the rest.
 */
export type CompareWithPrevious = (
  previous: Previous,
  baselines: Baselines,
  tried: readonly Strategy[],
  setting: Setting,
) => Promise<Repair>;

/** First round, or the held-back one together with the first where there is a previous audit. */
export type StrategiesFor = (all: readonly Strategy[], previous: Previous | null) => readonly Strategy[];

export const strategiesFor: StrategiesFor = (all, previous) => (previous === null ? inRound(all, 'first') : all);

/** Names one honest answer, in this audit and in a later one. */
const honestKey = (example: Example, answer: Answer): string =>
  contentHash([example.input, example.reference, answerKey(answer)]).slice(0, 16);

interface Honest {
  readonly strategy: string | null;
  readonly answered: Answered;
}

const honestOf = ({ good, twins }: Baselines): readonly Honest[] => [
  ...[...good.values()].flat().map((answered) => ({ strategy: null, answered })),
  ...twins.map(({ strategy, answered }) => ({ strategy: strategy.name, answered })),
];

/** The honest answers that pass, for the audit after a fix. Without repetition, sorted. */
export const passedHonest = (baselines: Baselines): string[] =>
  [
    ...new Set(
      honestOf(baselines)
        .filter(({ answered: { graded } }) => graded.kind === 'scored' && graded.passed)
        .map(({ answered: { call } }) => honestKey(call.example, call.answer)),
    ),
  ].toSorted();

/** Repeats of a witness where the grader contradicted itself. */
const REPEATS = 3;

/** What the witness does now. A false pass whose answer is judged to meet the intent by now fools nobody any more. */
const nowOf = async (finding: Finding, setting: Setting): Promise<Repair['exploits'][number]['now']> => {
  const { ledger, intent, signal } = setting;
  const calls = finding.calls.map((call) => callOf(finding, call));
  const ask = async (purpose: 'attack' | 'confirm'): Promise<Outcome> =>
    outcomeOf(
      finding,
      (await ledger.ask(purpose, calls, signal)).map(({ graded }) => graded),
    );
  const outcomes = [await ask('attack')];
  while (ledger.wavers && outcomes.length < REPEATS) outcomes.push(await ask('confirm'));
  const outcome = majority(outcomes);
  if (outcome === 'died') return 'dead';
  if (outcome === 'fault') return 'fault';
  return intent !== null && (await meetsIntent(finding, intent, signal)) ? 'dead' : 'alive';
};

export const compareWithPrevious: CompareWithPrevious = async (previous, baselines, tried, setting) => {
  const sealed = new Map(previous.findings.map((finding) => [finding.id, finding]));
  const exploits: Repair['exploits'] = [];
  for (const { id, strategy } of previous.report.findings) {
    const finding = sealed.get(id);
    exploits.push({ id, strategy, now: finding === undefined ? 'unknown' : await nowOf(finding, setting) });
  }
  const passed = new Set(previous.report.detail.passedHonest ?? []);
  const broken = honestOf(baselines).flatMap(({ strategy, answered: { call, graded } }) =>
    graded.kind === 'scored' && !graded.passed && passed.has(honestKey(call.example, call.answer))
      ? [{ example: call.example.id, strategy, answer: call.answer }]
      : [],
  );
  const before = new Set(previous.report.detail.tried.map(({ name }) => name));
  return {
    against: contentHash(previous.report),
    exploits,
    broken,
    fresh: tried.map(({ name }) => name).filter((name) => !before.has(name)),
  };
};

/** An unchanged grader, and another example set, are warnings: the comparison says less than it seems to. */
export const repairWarnings = (previous: Previous, version: string, examples: ExampleSet): readonly Warning[] => [
  ...(previous.report.subject.version === version
    ? [{ code: 'grader-unchanged', text: 'The grader is the one that was audited before: nothing was repaired.' }]
    : []),
  ...(previous.report.detail.examplesHash === examples.hash
    ? []
    : [
        {
          code: 'other-examples',
          text: 'The examples are not those of the earlier audit, so the rates of the two cannot be compared.',
        },
      ]),
];
