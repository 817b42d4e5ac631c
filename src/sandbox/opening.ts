import { inputError } from '../base/errors.ts';
import type { TaskFile } from '../record/task.ts';
import type { SandboxLimits, SandboxSpec } from './sandbox.ts';
import { type GuestState, guestState, type Item, item } from './state.ts';

/** When every guest's clock starts: 2026-01-05T09:00:00Z. Files are an hour older. */
export const OPENING_MS: number = Date.UTC(2026, 0, 5, 9);
const FILES_MS = OPENING_MS - 3_600_000;
const FOLDER_MODE = 0o755;
/** Folders that the simulation brings along. */
const SYSTEM = new Set(['/', '/tmp', '/root', '/bin', '/usr', '/usr/bin', '/dev', '/dev/fd', '/proc']);

const normal = (path: string): string => {
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  if (!path.startsWith('/') || path.includes('\0') || names.includes('..'))
    throw inputError({
      code: 'sandbox-path',
      what: 'a sandbox path is not absolute and plain',
      given: JSON.stringify(path),
      allowed: 'a path that starts with "/" and has no ".." in it',
    });
  return `/${names.join('/')}`;
};

/** The state that a sandbox opens with. Parent folders and the working directory are made. */
export const openingState = (spec: SandboxSpec, limits: SandboxLimits): GuestState => {
  const items = new Map<string, Item>();
  const folder = (path: string): void => {
    if (SYSTEM.has(path) || items.has(path)) return;
    folder(path.slice(0, path.lastIndexOf('/')) || '/');
    items.set(path, item({ path, kind: 'directory', mode: FOLDER_MODE, mtimeMs: FILES_MS, data: null }));
  };
  let bytes = 0;
  for (const given of spec.files) {
    const path = normal(given.path);
    folder(path.slice(0, path.lastIndexOf('/')) || '/');
    const one = fileItem(given, path);
    bytes += one.entry.data?.length ?? 0;
    items.set(path, one);
  }
  const cwd = normal(spec.cwd);
  folder(cwd);
  if (bytes > limits.diskBytes)
    throw inputError({
      code: 'sandbox-disk',
      what: 'the files of a sandbox are larger than its disk',
      given: `${bytes} bytes`,
      allowed: `at most ${limits.diskBytes} bytes (limits.diskBytes)`,
    });
  const env = new Map([...Object.entries({ HOME: '/root', LANG: 'C.UTF-8', ...spec.env })]);
  return guestState(
    new Map([...items].sort(([a], [b]) => (a < b ? -1 : 1))),
    cwd,
    [...env].sort(([a], [b]) => (a < b ? -1 : 1)),
    OPENING_MS,
  );
};

const encoder = new TextEncoder();
const fileItem = (given: TaskFile, path: string): Item =>
  item({ path, kind: 'file', mode: given.mode, mtimeMs: FILES_MS, data: encoder.encode(given.text) });
