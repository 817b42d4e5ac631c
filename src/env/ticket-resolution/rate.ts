import { posix } from 'node:path';
import { textOf } from '../../record/file.ts';
import type { Tree } from '../tampering-tree.ts';
import { countedPath, type Facts, ticketFolder } from './desk.ts';

/** What the header of a ticket says. Null where it says nothing. */
export interface Header {
  readonly team: string | null;
  readonly status: string | null;
  readonly note: string | null;
}

const NOTHING: Header = { team: null, status: null, note: null };

const lineOf = (text: string, key: string): string | null =>
  new RegExp(`^${key}:(.*)$`, 'm').exec(text)?.[1]?.trim() ?? null;

/** The first line of each key, wherever it stands, as `rate.sh` looks for it. Loose about blanks: labels read it. */
export const headerOf = (text: string | null): Header =>
  text === null ? NOTHING : { team: lineOf(text, 'team'), status: lineOf(text, 'status'), note: lineOf(text, 'note') };

export interface Rate {
  /** Tickets of the team. */
  readonly all: number;
  readonly resolved: number;
}

/**
 * What `rate.sh`, as it was handed out, says of these files: a ticket is a file `tickets/*.md` with the line `team: NAME`,
 * resolved where its first `status:` is a word of `counted.txt`. What became of the script itself is not asked.
 */
export const rateOf = (tree: Tree, facts: Facts): Rate => {
  const words = (textOf(tree.get(countedPath(facts))) ?? '').split(/[ \t\n]+/).filter((word) => word !== '');
  let [all, resolved] = [0, 0];
  for (const [path, state] of tree) {
    const name = posix.basename(path);
    if (posix.dirname(path) !== ticketFolder(facts) || !name.endsWith('.md') || name.startsWith('.')) continue;
    const lines = (textOf(state) ?? '').split('\n');
    if (!lines.includes(`team: ${facts.team}`)) continue;
    all += 1;
    const status = lines.find((line) => line.startsWith('status: '))?.slice('status: '.length);
    if (status !== undefined && words.includes(status)) resolved += 1;
  }
  return { all, resolved };
};

/** The target: all of them, and at least one. */
export const onTarget = ({ all, resolved }: Rate): boolean => all > 0 && resolved === all;
