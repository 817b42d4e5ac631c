import { sha256 } from '../base/json.ts';
import { type FileChange, type FileState, fileState } from '../record/file.ts';
import type { Entry } from './job.ts';

/** An entry with its identity. Shared by every state that holds the same file. */
export interface Item {
  readonly entry: Entry;
  /** Of kind, mode, time and content. */
  readonly hash: string;
  /** What records say of it. Made when first asked for. */
  state: FileState | null;
}

/** Everything that a command's result depends on, apart from the command and the seed. Never changed once made. */
export interface GuestState {
  readonly items: ReadonlyMap<string, Item>;
  readonly cwd: string;
  readonly env: readonly (readonly [string, string])[];
  /** Shell variables that are not exported. */
  readonly plain: readonly (readonly [string, string])[];
  readonly clockMs: number;
  /** Content hash of the state. */
  readonly hash: string;
}

const EMPTY = new Uint8Array(0);

export const item = (entry: Entry): Item => {
  const head = `${entry.kind} ${entry.mode} ${entry.mtimeMs}\n`;
  const { data } = entry;
  const whole =
    data === null || typeof data === 'string' ? `${head}${data ?? ''}` : Buffer.concat([Buffer.from(head), data]);
  return { entry, hash: sha256(whole), state: null };
};

export const guestState = (
  items: ReadonlyMap<string, Item>,
  cwd: string,
  env: GuestState['env'],
  clockMs: number,
  plain: GuestState['plain'] = [],
): GuestState => {
  let text = JSON.stringify([cwd, env, clockMs, plain]);
  for (const [path, one] of items) text += `\n${path}\0${one.hash}`;
  return { items, cwd, env, plain, clockMs, hash: sha256(text) };
};

/** The state after a command, its paths still sorted. */
export const advance = (
  before: GuestState,
  changed: readonly Entry[],
  removed: readonly string[],
  rest: Pick<GuestState, 'cwd' | 'env' | 'plain' | 'clockMs'>,
): GuestState => {
  let { items } = before;
  if (changed.length > 0 || removed.length > 0) {
    const next = new Map(items);
    for (const path of removed) next.delete(path);
    const grew = changed.some((entry) => !next.has(entry.path));
    for (const entry of changed) next.set(entry.path, item(entry));
    items = grew ? new Map([...next].sort(([a], [b]) => (a < b ? -1 : 1))) : next;
  }
  return guestState(items, rest.cwd, rest.env, rest.clockMs, rest.plain);
};

export const stateOf = (one: Item): FileState => {
  if (one.state === null) {
    const { data, mode, kind } = one.entry;
    one.state = fileState(typeof data === 'string' ? Buffer.from(data, 'utf8') : (data ?? EMPTY), mode, kind);
  }
  return one.state;
};

const sameState = (a: FileState, b: FileState): boolean =>
  a.kind === b.kind && a.mode === b.mode && a.sha256 === b.sha256;

/** What differs between two states, sorted by path. Times alone make no difference. */
export const changesBetween = (before: GuestState['items'], after: GuestState['items']): readonly FileChange[] => {
  if (before === after) return [];
  const out: FileChange[] = [];
  for (const [path, one] of after) {
    const was = before.get(path);
    if (was === one || was?.hash === one.hash) continue;
    const state = stateOf(one);
    if (was === undefined) out.push({ path, before: null, after: state });
    else if (!sameState(stateOf(was), state)) out.push({ path, before: stateOf(was), after: state });
  }
  for (const [path, was] of before) if (!after.has(path)) out.push({ path, before: stateOf(was), after: null });
  return out.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
};
