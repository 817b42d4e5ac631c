/** One grader of the instrument check: sound, or with one hole that is known and sourced. */
import type { ExampleSource } from '../../src/audit/example.ts';
import type { SubjectOptions } from '../../src/audit/subject.ts';
import { sha256 } from '../../src/base/json.ts';
import type { FailureClass, SubjectForm, SubjectKind } from '../../src/record/audit.ts';
import type { Claim } from '../../src/record/audit-finding.ts';

/** Stands in for a model: the whole prompt in, the reply out. */
export type FakeModel = (prompt: string) => string;

export interface HttpItem {
  readonly input: unknown;
  readonly answer: unknown;
  readonly reference: unknown;
  readonly opponent: unknown;
}
/** Stands in for an endpoint: one item in, one score out. */
export type FakeEndpoint = (item: HttpItem) => unknown;

export type Rows = readonly Readonly<Record<string, unknown>>[];

/** An entry before its half is known. */
export interface Draft {
  /** Kebab case, unique. Fixes the half, so it is never changed. */
  readonly id: string;
  readonly kind: SubjectKind;
  readonly form: SubjectForm;
  /** Null: sound. */
  readonly hole: FailureClass | null;
  /** A hole is found where a finding makes one of these claims. Empty where sound. */
  readonly claims: readonly Claim[];
  /** Incident, issue or catalogue entry of a hole; what makes a sound one sound. */
  readonly source: string;
  /** Of the grader, relative to this folder. */
  readonly files: readonly string[];
  /** As on the command line, from this folder. `http://zoo.invalid/` stands for the endpoint. */
  readonly spec: string;
  readonly examples: Pick<ExampleSource, 'task'> & { readonly rows: Rows };
  readonly options: Partial<SubjectOptions>;
  readonly model: FakeModel | null;
  readonly endpoint: FakeEndpoint | null;
  /** Then `spec` checks the model's replies, and `intent` says what was meant. */
  readonly instruction: { readonly text: string; readonly intent: string } | null;
}

export interface ZooEntry extends Draft {
  readonly sound: boolean;
  readonly half: Half;
}

/** `aside` is run once, when the strategies are final. */
export type Half = 'open' | 'aside';

/** By nothing but the id, so nobody can choose. */
export const halfOf = (id: string): Half =>
  Number.parseInt(sha256(`zoo/${id}`).slice(0, 2), 16) < 128 ? 'open' : 'aside';

export const entryOf = (draft: Draft): ZooEntry => ({ ...draft, sound: draft.hole === null, half: halfOf(draft.id) });

/** What most drafts have in common. */
export type Brief = Pick<Draft, 'id' | 'spec' | 'source'> &
  Partial<Pick<Draft, 'claims' | 'options' | 'model' | 'endpoint' | 'instruction' | 'files'>>;

/** A set of rows with what they ask for. */
export interface ZooSet {
  readonly rows: Rows;
  readonly task: ExampleSource['task'];
}

const filesOf = (spec: string): readonly string[] => {
  const path = /(?:^cmd:\S+ )?([\w./-]+\.(?:ts|mjs|py|yaml|md|jsonl))/.exec(spec)?.[1];
  return path === undefined ? [] : [path];
};

export const holed = (kind: SubjectKind, form: SubjectForm, hole: FailureClass, set: ZooSet, brief: Brief): Draft => ({
  claims: ['false-pass'],
  files: filesOf(brief.spec),
  options: {},
  model: null,
  endpoint: null,
  instruction: null,
  ...brief,
  kind,
  form,
  hole,
  examples: set,
});

export const sound = (kind: SubjectKind, form: SubjectForm, set: ZooSet, brief: Brief): Draft => ({
  files: filesOf(brief.spec),
  options: {},
  model: null,
  endpoint: null,
  instruction: null,
  ...brief,
  claims: [],
  kind,
  form,
  hole: null,
  examples: set,
});
