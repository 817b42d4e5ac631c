import { type Clock, systemClock } from '../base/clock.ts';
import { inputError } from '../base/errors.ts';
import { rng } from '../base/rng.ts';
import { VERSION } from '../base/version.ts';
import { adaptiveConcurrency } from '../policy/concurrency.ts';
import type { Model } from '../policy/policy.ts';
import type { FailureClass, ScoreScale, SubjectForm } from '../record/audit.ts';
import { openModel } from '../rollout/models.ts';
import { type AuditResult, audit, type Stage } from './audit.ts';
import { chooseStrategies } from './choose-strategies.ts';
import type { ExampleSource, ExampleTask, FieldMap } from './example.ts';
import type { LiveGrader } from './live.ts';
import { openAudit } from './open-audit.ts';
import type { SubjectSources } from './open-subject.ts';
import type { Previous } from './repair.ts';
import { DEFAULT_SUBJECT_OPTIONS, type SubjectOptions } from './subject.ts';

/** What a program says of the grader that it wants audited. Everything but `grader` may be left out. */
export interface GraderAudit {
  /** As on the command line (`grader.ts:score`, `rewards.py:fn`, `judge:rubric.md@openai:gpt-x`), or a function of this process. */
  readonly grader: string | LiveGrader;
  /** Path of a .jsonl, .json, .csv or .parquet file, or rows. None: only answers without the work are tried, and no rate is known. */
  readonly examples?: string | readonly unknown[];
  readonly fields?: FieldMap;
  readonly task?: ExampleTask;
  /** A second grader, `labels`, or `judge:words@MODEL`. */
  readonly intent?: string;
  readonly scale?: ScoreScale;
  readonly form?: SubjectForm;
  readonly signature?: SubjectOptions['signature'];
  readonly timeoutMs?: number;
  readonly trust?: boolean;
  /** Names all dice. Default `1`. */
  readonly seed?: string;
  /** The most that may be asked. */
  readonly calls?: number;
  readonly seconds?: number;
  /** Calls that the search may make; 0: no search. */
  readonly search?: number;
  /** Specification of a model that suggests answers to the search. */
  readonly proposer?: string;
  readonly only?: readonly string[];
  readonly class?: FailureClass;
  readonly against?: Previous;
  /** What paths are relative to. Default: the working directory of the process. */
  readonly cwd?: string;
  /** Keys of providers by the names they document. Default: none. */
  readonly keys?: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
  /** The command that replays a finding, for the texts; empty where there is none. Default: of `findings/<id>.json`. */
  readonly replayOf?: (findingId: string) => string;
  readonly onProgress?: (stage: Stage, done: number, of: number) => void;
  readonly onWarning?: (message: string) => void;
  readonly signal?: AbortSignal;
}

/** Requests to a model at once, at most. */
const MOST_CALLS = 32;

const sourceOf = ({ examples, fields = {}, task }: GraderAudit): ExampleSource | null => {
  if (examples === undefined) return null;
  const [path, rows] = typeof examples === 'string' ? [examples, []] : [null, examples];
  if (path === null && rows.length === 0) {
    throw inputError({
      code: 'no-examples',
      what: 'The list of examples is empty.',
      given: '[]',
      allowed: 'at least one example, or no list at all',
      todo: 'Leave `examples` out to try only answers without the work.',
    });
  }
  return { path, rows, fields, task: task ?? null };
};

const sourcesOf = (request: GraderAudit): SubjectSources & { readonly close: () => void } => {
  const { clock = systemClock, keys = {}, cwd = process.cwd(), seed = '1', onWarning = () => {} } = request;
  const closing = new AbortController();
  const open = async (spec: string): Promise<Model> =>
    await openModel(spec, {
      environments: [],
      keys,
      clock,
      rng: rng(seed).fork('model'),
      price: null,
      sequences: 1,
      calls: adaptiveConcurrency({ clock, max: MOST_CALLS, closed: closing.signal }),
      onWarning,
      rolloutsOf: async () => [],
    });
  return { cwd, keys, clock, dice: rng(seed).fork('waits'), openModel: open, onWarning, close: () => closing.abort() };
};

/**
 * Audits one grader from what a user would write on a command line. Opens all that it needs and closes it again. Throws `inputError` for
 * what cannot be asked (no such file, no such export, examples that cannot be read); what the grader does is in the report.
 */
export const auditGrader = async (request: GraderAudit): Promise<AuditResult> => {
  const { seed = '1', clock = systemClock, replayOf = (id) => `npx subterfuge replay findings/${id}.json` } = request;
  const { STRATEGIES } = await import('./strategies/index.ts');
  const strategies = chooseStrategies(STRATEGIES, { only: request.only ?? null, class: request.class ?? null });
  const sources = sourcesOf(request);
  try {
    await using opened = await openAudit(
      {
        grader: request.grader,
        options: {
          scale: request.scale ?? DEFAULT_SUBJECT_OPTIONS.scale,
          form: request.form ?? null,
          signature: request.signature ?? DEFAULT_SUBJECT_OPTIONS.signature,
          timeoutMs: request.timeoutMs ?? DEFAULT_SUBJECT_OPTIONS.timeoutMs,
          trust: request.trust ?? false,
        },
        examples: sourceOf(request),
        intent: request.intent ?? null,
        proposer: request.proposer ?? null,
      },
      sources,
    );
    const { subject, examples, intent, proposer } = opened;
    const { calls, seconds, search, against, onProgress, signal } = request;
    return await audit({
      ...{ subject, examples, intent, strategies, seed, clock, replayOf, version: VERSION, dice: rng(seed) },
      budget: { ...(calls === undefined ? {} : { calls }), ...(seconds === undefined ? {} : { seconds }) },
      ...(search === undefined ? {} : { search: { queries: search } }),
      ...(proposer === null ? {} : { proposer }),
      ...(against === undefined ? {} : { against }),
      ...(onProgress === undefined ? {} : { onProgress }),
      ...(signal === undefined ? {} : { signal }),
    });
  } finally {
    sources.close();
  }
};
