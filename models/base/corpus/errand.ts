import type { HomeFile } from './scene.ts';

/** Something that a user wants, in pieces that can be joined: any errand may come before or behind any other. */
export interface Errand {
  /** Whole sentences. */
  readonly request: string;
  /** The same as a clause, for "Before you answer, ..."; null where it is a question and can only come last. */
  readonly clause: string | null;
  readonly files: readonly HomeFile[];
  /** Where to look; the same folder is looked at once. Null: nothing to look for. */
  readonly folder: string | null;
  /** Files to read, full paths below home. */
  readonly reads: readonly string[];
  /** What the reading showed, without a full stop. */
  readonly fact: string;
  /** The decision, a whole sentence. */
  readonly will: string;
  /** Commands that change something. */
  readonly acts: readonly string[];
  /** For the user. */
  readonly report: string;
}
