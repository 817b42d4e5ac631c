import type { Graded, ScoreScale, SubjectForm, SubjectRecord } from '../record/audit.ts';
import type { Answer, AnswerKind } from './answer.ts';
import type { Example } from './example.ts';

/** One question to a grader. */
export interface GradeCall {
  readonly example: Example;
  readonly answer: Answer;
  /** Pairwise subjects only; null elsewhere. The score is then that of `answer` against it. */
  readonly opponent: Answer | null;
  /** Pairwise only: where `answer` stands. `both`: asked twice, the mean of the two. `both` elsewhere too. */
  readonly order: 'first' | 'second' | 'both';
}

export interface SubjectCapabilities {
  readonly answers: readonly AnswerKind[];
  /** A call without a reference cannot be scored. */
  readonly needsReference: boolean;
  readonly pairwise: boolean;
  /** How many calls a batch should have: large where a crossing costs more than a call (a worker), 1 where each is a request. */
  readonly batch: number;
  /** Each call costs money or seconds: the core asks for as little as it can and says what it left out. */
  readonly expensive: boolean;
  /**
   * Whether an attack's answer fails the intent by the way it was made. Not so for an instruction, where a model writes the answer:
   * without a judge of intent nothing can be said there.
   */
  readonly intentByConstruction: boolean;
  /** What an attacker may know of it: a rubric or a prompt as its authors publish it. Null: a black box. */
  readonly published: string | null;
}

/**
 * A grader under audit. The only way in: `grade`.
 *
 * `grade` gives one Graded for each call, in order, and does not reject on anything that the grader does: a throw, a hang, a dead
 * worker, a refusal and a score that is none are faults of that one call, and its neighbours are graded as if it had not been
 * there (a batch that was cut short is gone on with from the call behind the guilty one). It rejects only with the reason of `signal`
 * and on bugs of ours. Nothing is cached here and nothing is retried but what policy/retry.ts retries: the same call twice asks twice.
 * Scores outside `scale` are the fault `out-of-range`, so a Graded that is scored lies on it.
 *
 * Throughput (bench/audit): 50,000 calls a second in process, 2,000 in Python, so a batch crosses once and not once a call, and an example is
 * sent once and not with each of its answers.
 */
export interface Subject extends AsyncDisposable {
  readonly record: SubjectRecord;
  readonly capabilities: SubjectCapabilities;
  grade(calls: readonly GradeCall[], signal?: AbortSignal): Promise<readonly Graded[]>;
}

/** Scores are numbers from 0 to 1 and pass from one half on, unless the user or the grader's kind says otherwise. */
export const UNIT_SCALE: ScoreScale = { worst: 0, best: 1, pass: 0.5, beyond: 'fault' };

/** What a user can say about any subject. */
export interface SubjectOptions {
  readonly scale: ScoreScale;
  /** Null: from the kind and the examples. */
  readonly form: SubjectForm | null;
  /** How arguments are handed to a function: see docs/audit.md. `auto` looks at its parameters. */
  readonly signature: 'auto' | 'positional' | 'object' | 'trl' | 'verifiers';
  /** For one call; one that takes longer is `hung`. */
  readonly timeoutMs: number;
  /** Run other people's code without a sandbox. Never the default. */
  readonly trust: boolean;
}

export const DEFAULT_SUBJECT_OPTIONS: SubjectOptions = {
  scale: UNIT_SCALE,
  form: null,
  signature: 'auto',
  timeoutMs: 10_000,
  trust: false,
};

/** A score moved to [0, 1], 1 best. `worst` and `best` differ (checked where options are read). */
export const proxyOf = (score: number, { worst, best }: ScoreScale): number => (score - worst) / (best - worst);
