/** Runs one audit from what the command line said, writes its files, prints what it found, and says whether the gate holds. */
import { resolve } from 'node:path';
import { type AuditOptions, type AuditResult, audit } from '../audit/audit.ts';
import { chooseStrategies } from '../audit/choose-strategies.ts';
import { type GateResult, type GateRule, gatePassed, runGate } from '../audit/gate.ts';
import type { OpenedAudit } from '../audit/open-audit.ts';
import type { Previous } from '../audit/repair.ts';
import { runError } from '../base/errors.ts';
import { rng } from '../base/rng.ts';
import type { FailureClass } from '../record/audit.ts';
import type { SelfEvaluation } from '../record/audit-report.ts';
import { renderAnnotations } from '../report/audit-annotations.ts';
import { renderAuditReport } from '../report/audit-html.ts';
import { renderJunit } from '../report/audit-junit.ts';
import { isHonestOutOfRange, rangeHint } from '../report/audit-lead.ts';
import { auditProgressLine, renderAuditProgress } from '../report/audit-progress.ts';
import { renderSarif } from '../report/audit-sarif.ts';
import { renderAuditText } from '../report/audit-text.ts';
import { FAULT_WORDS, isAllFaults } from '../report/audit-words.ts';
import { showState } from '../report/progress.ts';
import { locate } from './audit-location.ts';
import {
  type AuditFolder,
  auditFolder,
  discardFolder,
  findingPath,
  pagePath,
  shellWord,
  writeAudit,
  writeWhole,
} from './audit-output.ts';
import type { Io } from './io.ts';
import { stopSignal } from './stop-signal.ts';
import { VERSION } from './version.ts';

/** What is done with a result: files, formats, the gate. */
export interface AuditOutputs {
  readonly out: string | undefined;
  readonly json: boolean;
  readonly html: string | undefined;
  readonly junit: string | undefined;
  readonly sarif: string | undefined;
  readonly github: boolean;
  readonly quiet: boolean;
  readonly failOn: readonly GateRule[];
}

export interface AuditJob {
  readonly seed: string;
  readonly calls: number | undefined;
  readonly seconds: number | undefined;
  readonly search: number | undefined;
  readonly only: readonly string[] | null;
  readonly class: FailureClass | null;
  readonly previous: Previous | null;
  /** No strategy at all: only known answers are asked. */
  readonly noAttack?: boolean;
  /** Arguments of `replay` behind the file, so that it asks as the audit did. */
  readonly replayFlags: readonly string[];
  /** The command line, for the report. */
  readonly command: string;
  /** Measured beside the audit, for the report. */
  readonly selfEvaluation?: (signal: AbortSignal) => Promise<SelfEvaluation>;
  readonly outputs: AuditOutputs;
}

const chosenStrategies = async ({
  only,
  class: inClass,
  noAttack,
}: AuditJob): Promise<NonNullable<AuditOptions['strategies']>> => {
  if (noAttack === true) return [];
  const { STRATEGIES } = await import('../audit/strategies/index.ts');
  return chooseStrategies(STRATEGIES, { only, class: inClass });
};

const runOne = async (io: Io, opened: OpenedAudit, job: AuditJob, folder: AuditFolder): Promise<AuditResult> => {
  const { subject, examples, intent, proposer } = opened;
  const { seed, calls, seconds, previous, outputs } = job;
  const search = job.noAttack === true ? 0 : job.search;
  using stop = stopSignal((message) => io.err(`${message}\n`));
  using progress = showState(
    { stream: io.errStream, clock: io.clock, mode: outputs.quiet ? 'silent' : io.errIsTerminal ? 'live' : 'lines' },
    { live: renderAuditProgress, line: auditProgressLine },
  );
  const flags = job.replayFlags.map(shellWord);
  try {
    const strategies = await chosenStrategies(job);
    const selfEvaluation = job.selfEvaluation === undefined ? null : await job.selfEvaluation(stop.signal);
    const result = await audit({
      ...{ subject, examples, intent, strategies, seed, clock: io.clock, version: VERSION, dice: rng(seed) },
      budget: { ...(calls === undefined ? {} : { calls }), ...(seconds === undefined ? {} : { seconds }) },
      ...(search === undefined ? {} : { search: { queries: search } }),
      ...(proposer === null ? {} : { proposer }),
      ...(previous === null ? {} : { against: previous }),
      replayOf: (id) => ['npx subterfuge replay', shellWord(findingPath(folder, id)), ...flags].join(' '),
      onProgress: (stage, done, of) => progress.update({ stage, done, of }),
      signal: stop.signal,
    });
    return { ...result, report: { ...result.report, detail: { ...result.report.detail, selfEvaluation } } };
  } catch (thrown) {
    await discardFolder(folder);
    if (!stop.signal.aborted) throw thrown;
    throw runError({
      code: 'stopped',
      what: 'The audit was stopped before its end. Nothing was written.',
      given: 'a signal',
      todo: 'Start it again; --calls or --seconds make it shorter.',
      cause: thrown,
    });
  }
};

/** Formats that were asked for beside the folder. */
const writeFormats = async (
  io: Io,
  result: AuditResult,
  gates: readonly GateResult[],
  { outputs }: AuditJob,
  page: string,
): Promise<void> => {
  const { html, junit, sarif, github, json } = outputs;
  if (html !== undefined) await writeWhole(resolve(io.cwd, html), page);
  if (junit !== undefined) await writeWhole(resolve(io.cwd, junit), renderJunit(result, gates));
  const location = sarif === undefined && !github ? null : await locate(result.report.subject.spec, io);
  if (sarif !== undefined) await writeWhole(resolve(io.cwd, sarif), renderSarif(result, { location }));
  if (github) {
    // GitHub reads commands from both streams; the one that holds JSON must hold nothing else.
    const print = json ? io.err : io.out;
    for (const line of renderAnnotations(result, gates, location)) print(`${line}\n`);
  }
};

const noScore = ({ report }: AuditResult): Error => {
  const [fault] = report.graderFaults;
  return runError({
    code: 'no-score',
    what: `The grader gave no score to any of ${report.detail.calls} calls: ${fault === undefined ? 'no fault was named' : FAULT_WORDS[fault.kind]}.`,
    given: fault === undefined ? report.subject.spec : `${report.subject.spec}: ${fault.message}`,
    allowed: 'a number, true or false, or an object with a score',
    todo: 'Call it by hand with one example. If it needs other arguments: --signature, --fields; other scores: --range; files or packages: --trust.',
  });
};

const outOfRange = ({ report }: AuditResult): Error => {
  const { scale, spec } = report.subject;
  const fault = report.graderFaults.find(({ kind }) => kind === 'out-of-range');
  return runError({
    code: 'scores-out-of-range',
    what: `Its scores go beyond ${scale.worst} to ${scale.best}, so nothing is known of honest work.`,
    given: fault === undefined ? spec : `${spec}: ${fault.message}`,
    allowed: 'scores from the worst to the best that --range names',
    todo: `Say what its scores are, e.g. ${rangeHint(report) ?? '--range 0..100'}, and --pass where the bar is not half way.`,
  });
};

/**
 * Resolves to whether the gate holds (without rules it does). Throws `runError` where no call got a score, or no honest work one within the
 * range: the report is written all the same. Owns what was opened.
 */
export const runAudit = async (
  io: Io,
  opened: OpenedAudit,
  job: AuditJob,
): Promise<{ readonly passed: boolean; readonly result: AuditResult }> => {
  await using closing = opened;
  const { outputs } = job;
  const folder = await auditFolder(io, outputs.out);
  const result = await runOne(io, closing, job, folder);
  const gates = runGate(result.report, outputs.failOn);
  const page = renderAuditReport(result, { gates, command: job.command });
  await writeAudit(folder, result, page);
  if (outputs.json) io.out(`${JSON.stringify(result.report)}\n`);
  else io.out(`${renderAuditText(result, { width: io.columns, colour: io.colour, gates })}\n`);
  await writeFormats(io, result, gates, job, page);
  io.err(`report: ${pagePath(folder)}\n`);
  if (isHonestOutOfRange(result.report)) throw outOfRange(result);
  if (isAllFaults(result.report)) throw noScore(result);
  return { passed: gatePassed(gates), result };
};
