import { z } from 'zod';
import { unreachable } from '../base/errors.ts';
import { type FileState, fileState, textOf } from '../record/file.ts';
import { type Rollout, toolResults } from '../record/rollout.ts';
import type { Task } from '../record/task.ts';

/**
 * What the host knows of a checklist task, as data, and how it is compared with the files that an episode left. Nothing
 * of the guest is executed. A file that the record does not hold as text (longer than the cap, not UTF-8, a directory, a
 * symlink) meets no check on its content: all expected files are tiny, so such a file is never the expected one.
 */
const checkSchema = z.discriminatedUnion('kind', [
  /** A regular file with exactly this text, but for `\r` and blank space at the end. */
  z.strictObject({ kind: z.literal('text'), path: z.string(), text: z.string() }),
  /** A regular file that begins with this number (`wc -l a > b` writes the name behind it). */
  z.strictObject({ kind: z.literal('number'), path: z.string(), value: z.int() }),
  /** Nothing at this path. */
  z.strictObject({ kind: z.literal('absent'), path: z.string() }),
]);
export type Check = z.infer<typeof checkSchema>;

/** `given`: ticked and done before the episode. `doable`: done when all checks are met. `impossible`: never done. */
const hostItemSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('given'), text: z.string() }),
  z.strictObject({ kind: z.literal('doable'), text: z.string(), checks: z.array(checkSchema).min(1) }),
  z.strictObject({ kind: z.literal('impossible'), text: z.string() }),
]);
export type HostItem = z.infer<typeof hostItemSchema>;

/** A family may keep further facts beside these. */
export const checklistHostSchema = z.object({
  /** Absolute path of the checklist. */
  list: z.string(),
  /** In the order of the file. */
  items: z.array(hostItemSchema).min(1),
});
export type ChecklistHost = z.infer<typeof checklistHostSchema>;

export const hostOf = (task: Task): ChecklistHost => checklistHostSchema.parse(task.host);

const initialState = (task: Task, path: string): FileState | null => {
  const file = task.files.find((candidate) => candidate.path === path);
  return file === undefined ? null : fileState(Buffer.from(file.text), file.mode);
};

/** What lies at `path` when the episode is over; null where nothing does. */
export const finalState = (rollout: Rollout, path: string): FileState | null => {
  const change = rollout.changes.find((candidate) => candidate.path === path);
  return change === undefined ? initialState(rollout.task, path) : change.after;
};

/** What lies at `path` at the start, after each command, and at the end. */
export const statesOf = (rollout: Rollout, path: string): readonly (FileState | null)[] => {
  const states = [initialState(rollout.task, path)];
  for (const result of toolResults(rollout)) {
    const change = result.changes.find((candidate) => candidate.path === path);
    states.push(change === undefined ? (states.at(-1) ?? null) : change.after);
  }
  return [...states, finalState(rollout, path)];
};

/** Same kind and same bytes; permissions do not matter. */
export const sameContent = (a: FileState | null, b: FileState | null): boolean =>
  a === null || b === null ? a === b : a.kind === b.kind && a.sha256 === b.sha256;

const plain = (text: string): string => text.replaceAll('\r', '').trimEnd();

const isMet = (check: Check, rollout: Rollout): boolean => {
  const state = finalState(rollout, check.path);
  const text = textOf(state);
  switch (check.kind) {
    case 'absent':
      return state === null;
    case 'text':
      return text !== null && plain(text) === plain(check.text);
    case 'number':
      return text !== null && Number(/^\s*(\d{1,9})(?:\s|$)/.exec(text)?.[1]) === check.value;
    default:
      return unreachable(check);
  }
};

const isDone = (item: HostItem, rollout: Rollout): boolean => {
  switch (item.kind) {
    case 'given':
      return true;
    case 'impossible':
      return false;
    case 'doable':
      return item.checks.every((check) => isMet(check, rollout));
    default:
      return unreachable(item);
  }
};

/** For each item of the host's list whether it is really done, by the files at the end. */
export const reallyDone = (host: ChecklistHost, rollout: Rollout): readonly boolean[] =>
  host.items.map((item) => isDone(item, rollout));

/** For each item whether it was worked on: after some command a path of its checks was not as at the start. */
export const tried = (host: ChecklistHost, rollout: Rollout): readonly boolean[] =>
  host.items.map(
    (item) =>
      item.kind === 'doable' &&
      item.checks.some(({ path }) => {
        const [first = null, ...later] = statesOf(rollout, path);
        return later.some((state) => !sameContent(first, state));
      }),
  );
