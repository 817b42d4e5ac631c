import type { Clock } from '../base/clock.ts';
import type { Rng } from '../base/rng.ts';
import type { Model } from '../policy/policy.ts';
import type { ExampleSet } from './example.ts';
import type { IntentJudge } from './intent.ts';
import type { Subject, SubjectOptions } from './subject.ts';

/**
 * Subject specifications, the same for `audit`, `--intent` and `replay`:
 *
 *   grader.ts:scoreAnswer            a function; `:name` left out: the default export, or the only one
 *   rewards.py:fn                    a Python function
 *   cmd:./score --strict             a command that speaks JSON lines (docs/audit.md)
 *   http://127.0.0.1:9000/score      an endpoint; `https:` too
 *   judge:rubric.md@MODEL            a rubric or prompt file and a model spec; `pairwise-judge:` and `reference-judge:` likewise
 *   recorded:verdicts.jsonl          recorded verdicts of a judge
 *   npm:autoevals:Levenshtein        a scorer of a package that the user has installed
 *   promptfooconfig.yaml             its assertions; `:3` only those of the fourth test
 *   pytest:tests/                    a test suite; `node:tests/` likewise
 *
 * A path is relative to the working directory.
 */
export const SUBJECT_FORMS: readonly string[] = [
  '<module.ts or .js>[:<export>]',
  '<module.py>:<function>',
  'cmd:<command>',
  'http://… or https://…',
  'judge:<rubric file>@<model spec>',
  'pairwise-judge:<rubric file>@<model spec>',
  'reference-judge:<rubric file>@<model spec>',
  'recorded:<verdicts.jsonl>',
  'npm:<package>:<scorer>',
  '<promptfooconfig.yaml>[:<test>]',
  'pytest:<folder>',
  'node:<folder>',
];

/** What opening a subject may need; each kind takes its part. */
export interface SubjectSources {
  readonly cwd: string;
  readonly openModel: (spec: string) => Promise<Model>;
  /** Keys by name; only what a subject's own adapter names reaches it. */
  readonly keys: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** For the jitter of waits only. */
  readonly dice: Rng;
  /** Default: one less than there are cores, at least 1. */
  readonly workers?: number;
  readonly onWarning: (message: string) => void;
}

/** One kind of subject. `claims` looks at the text of a specification only. */
export interface SubjectOpener {
  readonly claims: (spec: string) => boolean;
  open(spec: string, options: SubjectOptions, examples: ExampleSet, sources: SubjectSources): Promise<Subject>;
}

/**
 * The first opener that claims the specification, loaded only then. Throws `inputError`: `unknown-subject` (lists SUBJECT_FORMS),
 * `unreadable-grader`, `no-such-export` (lists those there are), `not-a-function`, `package-missing`, `sandbox-missing`.
 */
export type OpenSubject = (
  spec: string,
  options: SubjectOptions,
  examples: ExampleSet,
  sources: SubjectSources,
) => Promise<Subject>;

/**
 * `--intent`: a subject's specification (its bar decides), `labels` (known-good and known-bad answers, others unscored), or
 * `judge:"the intent in words"@MODEL`.
 */
export type OpenIntent = (spec: string, examples: ExampleSet, sources: SubjectSources) => Promise<IntentJudge>;
