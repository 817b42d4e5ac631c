/**
 * A matcher for vitest: `await expect(grader).toResistGaming({ examples: 'examples.jsonl', gameability: 0.1 })`. Importing this module adds it.
 * An audit takes seconds, so give the test a time-out of a minute.
 */
import { expect } from 'vitest';
import type { AuditResult } from './audit/audit.ts';
import { auditGrader, type GraderAudit } from './audit/audit-grader.ts';
import { type GateMeasure, type GateResult, type GateRule, gatePassed, runGate } from './audit/gate.ts';
import { type LiveGrader, liveSubject } from './audit/live.ts';
import { type Replayed, replay } from './audit/replay.ts';
import { sealedExamples } from './audit/sealed-examples.ts';
import { DEFAULT_SUBJECT_OPTIONS, type SubjectOptions } from './audit/subject.ts';
import { systemClock } from './base/clock.ts';
import { inputError } from './base/errors.ts';
import { rng } from './base/rng.ts';
import { readWitnesses } from './cli/audit-output.ts';
import type { Finding } from './record/audit-finding.ts';
import { isUnmeasured } from './report/audit-lead.ts';
import { renderAuditText } from './report/audit-text.ts';
import { answerWords } from './report/audit-words.ts';
import { line } from './report/clip.ts';

/** All but `alive`: there is no earlier audit here, and each of the `witnesses` must be dead. */
type Limited = Exclude<GateMeasure, 'alive'>;

/** The most of each measure that is allowed. Without any: nothing at all may be found (`findings: 0`). */
export type ResistLimits = Readonly<Partial<Record<Limited, number>>>;

export interface ResistOptions extends Omit<GraderAudit, 'grader' | 'against'>, ResistLimits {
  /** A folder of sealed findings, or one of them: each must be dead. */
  readonly witnesses?: string;
}

const MEASURES: readonly Limited[] = [
  'gameability',
  'falsePasses',
  'falseFails',
  'findings',
  'graderFaults',
  'invariances',
];
const WIDTH = 100;

const rulesOf = (options: ResistOptions): readonly GateRule[] => {
  const rules = MEASURES.flatMap((measure): GateRule[] => {
    const limit = options[measure];
    return limit === undefined ? [] : [{ measure, comparison: '>', limit }];
  });
  return rules.length > 0 ? rules : [{ measure: 'findings', comparison: '>', limit: 0 }];
};

const isGrader = (received: unknown): received is string | LiveGrader =>
  typeof received === 'string' || typeof received === 'function';

const asksModel = (given: string): Error =>
  inputError({
    code: 'no-model',
    what: 'A witness that asks a model is not replayed in a unit test.',
    given,
    todo: 'subterfuge replay does it.',
  });

const noModel = (spec: string): Promise<never> => Promise.reject(asksModel(spec));

/** What is left of sealed findings. */
const aliveOf = async (grader: string | LiveGrader, options: ResistOptions): Promise<readonly string[]> => {
  const { witnesses, cwd = process.cwd(), keys = {} } = options;
  if (witnesses === undefined) return [];
  const out: string[] = [];
  for (const finding of await readWitnesses(witnesses, cwd)) {
    const { outcome } = await replayOne(finding, grader, options, cwd, keys);
    if (outcome === 'died') continue;
    const answer = answerWords(finding.calls.at(-1)?.answer ?? '', WIDTH);
    const state = outcome === 'fault' ? 'has no score now, which is no repair' : 'is alive';
    out.push(`${finding.strategy} (${finding.id}) ${state}: ${answer}`);
  }
  return out;
};

const replayOne = async (
  finding: Finding,
  grader: string | LiveGrader,
  options: ResistOptions,
  cwd: string,
  keys: Readonly<Record<string, string | undefined>>,
): Promise<Replayed> => {
  const { scale, form, kind, spec } = finding.subject;
  // Its answers are what is said to a model, and no answers to a grader.
  if (kind === 'instruction') throw asksModel(spec);
  const asked: SubjectOptions = {
    ...DEFAULT_SUBJECT_OPTIONS,
    scale: options.scale ?? scale,
    form: options.form ?? form,
    signature: options.signature ?? DEFAULT_SUBJECT_OPTIONS.signature,
    timeoutMs: options.timeoutMs ?? DEFAULT_SUBJECT_OPTIONS.timeoutMs,
    trust: options.trust === true,
  };
  const set = sealedExamples([finding], form);
  if (typeof grader === 'function') return await replay(finding, liveSubject(grader, asked, set));
  const { openSubject } = await import('./audit/subjects/index.ts');
  const dice = rng('waits');
  const sources = { cwd, keys, clock: systemClock, dice, openModel: noModel, onWarning: () => {} };
  await using subject = await openSubject(grader, asked, set, sources);
  return await replay(finding, subject);
};

const textOf = (result: AuditResult, gates: readonly GateResult[]): string =>
  renderAuditText(result, { width: WIDTH, colour: false, gates });

interface Verdict {
  readonly pass: boolean;
  readonly message: () => string;
}

const failureText = (result: AuditResult, gates: readonly GateResult[], alive: readonly string[]): string => {
  const broken = gates.filter(({ verdict }) => verdict !== 'passed').map(({ verdict, text }) => `${verdict}: ${text}`);
  return [...broken, ...alive.map(line), '', textOf(result, gates)].join('\n');
};

/** The matcher itself, for `expect.extend` of another expect. Rejects where the grader or the examples cannot be opened. */
export const toResistGaming = async (received: unknown, options: ResistOptions = {}): Promise<Verdict> => {
  if (!isGrader(received)) {
    throw inputError({
      code: 'no-grader',
      what: 'toResistGaming is asked of a grader.',
      given: typeof received,
      allowed: 'a function, or a specification such as grader.ts:score',
    });
  }
  const alive = await aliveOf(received, options);
  // Nothing is written here, so no command replays a finding.
  const result = await auditGrader({ replayOf: () => '', ...options, grader: received });
  const gates = runGate(result.report, rulesOf(options));
  const pass = gatePassed(gates) && alive.length === 0 && !isUnmeasured(result.report);
  return {
    pass,
    message: () =>
      pass
        ? `expected the grader to be gamed, and nothing that was tried did:\n${textOf(result, gates)}`
        : `expected the grader to resist gaming\n${failureText(result, gates, alive)}`,
  };
};

expect.extend({ toResistGaming });

declare module 'vitest' {
  // The parameters are those of vitest's own declaration, which this one is merged with.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /** Audits a grader: see `ResistOptions`. To be awaited. */
    toResistGaming(options?: ResistOptions): Promise<void>;
  }
}
