import type { Json } from '../../../base/json.ts';
import type { Answer } from '../../../record/audit.ts';
import type { HandOver } from './hand-over.ts';

/**
 * What a host and the process of a grader say to each other. Questions go over the process channel, a piece at a time; answers are
 * written into a journal: a file without a name that both hold open. A written line survives whatever becomes of the process, and
 * waking nobody it costs a microsecond, so the host knows after a hang or a crash which calls were answered and which one is guilty.
 */

/** Descriptor of the journal in the process of the grader. */
export const JOURNAL_FD = 3;

/** What a grader may see of an example: neither the known answers nor anything else that only the audit knows. */
export interface ExampleView {
  readonly id: string;
  readonly input: Json;
  readonly reference: Json;
  readonly options: readonly string[] | null;
  readonly items: readonly { readonly input: Json; readonly label: Json }[] | null;
  readonly workspace: Readonly<Record<string, string>> | null;
  readonly fields: Readonly<Record<string, Json>>;
}

export interface LoadRequest {
  readonly kind: 'load';
  /** Absolute. */
  readonly file: string;
  /** Dots lead into objects. Null: the default export, or the only one. */
  readonly name: string | null;
}

export interface PieceRequest {
  readonly kind: 'piece';
  readonly id: number;
  readonly handOver: HandOver;
  /** Forget all examples that were sent before. */
  readonly forget: boolean;
  /** Examples that this process has not seen, each with the number that calls name it by. */
  readonly examples: readonly (readonly [number, ExampleView])[];
  /** Of each call: its example, its answer and, for pairs, the other one. */
  readonly keys: readonly number[];
  readonly answers: readonly Answer[];
  readonly opponents: readonly Answer[] | null;
}

export type ToGrader = LoadRequest | PieceRequest;

/** A function that was found, as its host needs to know it. */
export interface Loaded {
  readonly kind: 'loaded';
  /** Which export it is, in words. */
  readonly name: string;
  /** Its text, cut. */
  readonly source: string;
  readonly arity: number;
  /** Files that were loaded with it. */
  readonly files: readonly string[];
}

export interface Unusable {
  readonly kind: 'unusable';
  readonly code: 'unreadable-grader' | 'no-such-export' | 'not-a-function';
  readonly message: string;
  readonly exports: readonly string[];
}

export interface PieceDone {
  readonly kind: 'done';
  readonly id: number;
  /** Rejections and exceptions that came when their call had long been answered. */
  readonly strays: readonly string[];
}

export type FromGrader = Loaded | Unusable | PieceDone;

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

const CODES: readonly unknown[] = ['unreadable-grader', 'no-such-export', 'not-a-function'];

/** Boundary: the process runs a stranger's code, which may send what it likes. */
export const isFromGrader = (message: unknown): message is FromGrader => {
  if (typeof message !== 'object' || message === null) return false;
  const sent: Readonly<Record<string, unknown>> = { ...message };
  const { kind, id, strays, name, source, arity, files, code, message: text, exports } = sent;
  switch (kind) {
    case 'done':
      return typeof id === 'number' && isTexts(strays);
    case 'loaded':
      return typeof name === 'string' && typeof source === 'string' && typeof arity === 'number' && isTexts(files);
    case 'unusable':
      return CODES.includes(code) && typeof text === 'string' && isTexts(exports);
    default:
      return false;
  }
};
