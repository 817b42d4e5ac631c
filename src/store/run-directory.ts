import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Clock, systemClock } from '../base/clock.ts';
import { inputError, messageOf, SubterfugeError } from '../base/errors.ts';
import { redactor } from '../base/redact.ts';
import { type Manifest, manifestRecord } from '../record/run.ts';
import {
  type Disk,
  diskError,
  errnoOf,
  isLeftOf,
  nodeDisk,
  readError,
  syncDirectory,
  writeAtomically,
} from './disk.ts';
import { type IndexedJournal, indexedJournal } from './indexed-journal.ts';
import { openJournal } from './journal.ts';
import { JOURNAL_HEAD, openJournalReader } from './journal-reader.ts';
import { HOLDER_FILE, LOCK_FILE, takeLock } from './lock.ts';
import { makeDirectories } from './make-directories.ts';
import { located } from './run-record.ts';
import type { RunReader, RunStore, StoreOptions } from './run-store.ts';
import { runView } from './run-view.ts';
import { idsSpokenOf, prepare, runIsClosed, unknownRollout } from './run-write.ts';

/**
 * A run on disk: `manifest.json` (what was asked), `journal.jsonl` (everything that happened, append-only),
 * `index.sqlite` (derived from the journal; may be deleted), `lock.sqlite`.
 */
export const MANIFEST_FILE = 'manifest.json';
export const JOURNAL_FILE = 'journal.jsonl';
export const INDEX_FILE = 'index.sqlite';

export interface RunOptions extends StoreOptions {
  readonly clock?: Clock;
  readonly disk?: Disk;
}

export interface RunDirectory extends RunStore {
  readonly dir: string;
  /** Bytes of a write cut short by a crash that opening removed. Nothing that was reported done is among them. */
  readonly droppedBytes: number;
}

const readManifest = async (dir: string): Promise<Manifest> => {
  const path = join(dir, MANIFEST_FILE);
  const text = await readFile(path, 'utf8').catch(async (thrown: unknown) => {
    const code = errnoOf(thrown);
    const found = await stat(dir).catch(() => null);
    if (found === null)
      throw inputError({
        code: 'no-such-run',
        what: `There is no run at ${dir}.`,
        given: dir,
        allowed: 'a directory that a run was written to',
        todo: 'Check the path. Without --out, eval makes runs/<time>-<random>.',
      });
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw readError(path, thrown);
    throw inputError({
      code: 'not-a-run',
      what: `${dir} is not a run of Subterfuge.`,
      given: found.isDirectory() ? `a directory without ${MANIFEST_FILE}` : 'a file',
      allowed: 'a directory that a run was written to',
    });
  });
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (thrown) {
    throw inputError({
      code: 'corrupt-manifest',
      what: `${path} is damaged.`,
      given: messageOf(thrown),
      todo: `Restore it from a copy. The results in ${JOURNAL_FILE} are not touched by it.`,
      cause: thrown,
    });
  }
  return located(path, () => manifestRecord.read(raw));
};

/** Closes the last opened first, and all of them, whatever fails. */
const closeAll = async (opened: readonly AsyncDisposable[]): Promise<void> => {
  const failures: unknown[] = [];
  for (const item of opened.toReversed()) {
    try {
      await item[Symbol.asyncDispose]();
    } catch (thrown) {
      failures.push(thrown);
    }
  }
  if (failures.length > 0) throw failures[0];
};

/** Closes once, however often it is asked to. */
const onceClosed = (opened: readonly AsyncDisposable[]): (() => Promise<void>) => {
  let closing: Promise<void> | null = null;
  return async () => {
    closing ??= closeAll(opened);
    await closing;
  };
};

/** Hands `open` a list to put what it opens on; all of that is closed if it throws. */
const orClose = async <T>(open: (opened: AsyncDisposable[]) => Promise<T>): Promise<T> => {
  const opened: AsyncDisposable[] = [];
  try {
    return await open(opened);
  } catch (thrown) {
    await closeAll(opened);
    throw thrown;
  }
};

const openSource = async (
  dir: string,
  manifest: Manifest,
  durableBytes: (() => number) | null,
  opened: AsyncDisposable[],
): Promise<IndexedJournal> => {
  const reader = await openJournalReader(join(dir, JOURNAL_FILE));
  opened.push(reader);
  const source = await indexedJournal(join(dir, INDEX_FILE), manifest.id, reader, durableBytes);
  opened.push(source);
  return source;
};

/**
 * Opens a run for reading, also while it is being written; takes no lock. It may see a record a moment before that is
 * durable.
 */
export const readRun = async (dir: string): Promise<RunReader & { readonly dir: string }> =>
  await orClose(async (opened) => {
    const manifest = await readManifest(dir);
    const source = await openSource(dir, manifest, null, opened);
    return { ...runView(manifest, source), dir, [Symbol.asyncDispose]: onceClosed(opened) };
  });

/** `opened` holds the lock, and gets what must be closed before it. */
const writer = async (
  dir: string,
  manifest: Manifest,
  opened: AsyncDisposable[],
  options: RunOptions,
): Promise<RunDirectory> => {
  const redact = options.redact ?? redactor([]);
  const path = join(dir, JOURNAL_FILE);
  // First to read, since opening to write would make a missing one, and hide that all results are gone.
  await (await openJournalReader(path))[Symbol.asyncDispose]();
  const journal = await openJournal(path, options.disk);
  opened.push(journal);
  const source = await openSource(dir, manifest, () => journal.durableBytes, opened);
  // Appended here, and perhaps not yet in the index.
  const ids = new Set<string>();
  let closing: Promise<void> | null = null;
  return {
    ...runView(manifest, source),
    dir,
    droppedBytes: journal.droppedBytes,
    append: async (...records) => {
      if (closing !== null) throw runIsClosed(dir);
      const prepared = prepare(redact, records);
      for (const id of idsSpokenOf(prepared)) {
        if (!ids.has(id) && (await source.ask((index) => index.rollout(id))) === null) throw unknownRollout(id);
      }
      // No await from here to the last append: they stand together.
      const waits = prepared.map(({ record, key }) => {
        const { durable, ...place } = journal.append(record);
        if (key.kind === 'rollout') ids.add(key.id);
        source.offer({ ...place, key });
        return durable;
      });
      await Promise.all(waits);
    },
    [Symbol.asyncDispose]: async () => {
      // The index is closed before the journal, and is to know its last records.
      closing ??= journal.settled().then(async () => await closeAll(opened));
      await closing;
    },
  };
};

/** Opens a run for writing: takes its lock (else `run-is-open`) and removes a last write that a crash cut short. */
export const openRun = async (dir: string, options: RunOptions = {}): Promise<RunDirectory> =>
  await orClose(async (opened) => {
    const manifest = await readManifest(dir);
    opened.push(await takeLock(dir, options.clock ?? systemClock));
    return await writer(dir, manifest, opened, options);
  });

/** Whether a whole run was made in `dir`: its manifest comes last. Throws where that cannot be known. */
export const isRunThere = async (dir: string): Promise<boolean> =>
  await stat(join(dir, MANIFEST_FILE)).then(
    () => true,
    (thrown: unknown) => {
      const code = errnoOf(thrown);
      if (code === 'ENOENT' || code === 'ENOTDIR') return false;
      throw readError(join(dir, MANIFEST_FILE), thrown);
    },
  );

const OWN_FILES: ReadonlySet<string> = new Set([LOCK_FILE, HOLDER_FILE]);
const isOwn = (name: string): boolean => OWN_FILES.has(name) || isLeftOf(MANIFEST_FILE, name);

/** A journal without a record: what is left where a run was killed before its manifest was written. */
const isUnused = async (dir: string, name: string): Promise<boolean> =>
  name === JOURNAL_FILE && (await stat(join(dir, name))).size <= JOURNAL_HEAD.length;

const refuseFilled = async (dir: string): Promise<void> => {
  const names = await readdir(dir).catch((thrown: unknown) => {
    if (errnoOf(thrown) !== 'ENOTDIR') throw readError(dir, thrown);
    return ['a file, not a directory'];
  });
  const isWhole = names.includes(MANIFEST_FILE);
  const foreign: string[] = [];
  for (const name of names) if (!isOwn(name) && (isWhole || !(await isUnused(dir, name)))) foreign.push(name);
  if (foreign.length === 0) return;
  throw inputError({
    code: 'directory-not-empty',
    what: `A run cannot be written to ${dir}: there is something in it already.`,
    given: foreign.slice(0, 5).join(', '),
    allowed: 'a new directory, or an empty one',
    todo: foreign.includes(MANIFEST_FILE)
      ? 'It is a run: resume it, or choose another directory.'
      : 'Choose another directory.',
  });
};

/**
 * Makes a run in a directory that is new or empty, or in which making one was cut short. Once it resolves the run is on
 * the disk; if it throws, nothing is left.
 */
export const createRun = async (dir: string, given: Manifest, options: RunOptions = {}): Promise<RunDirectory> => {
  const redact = options.redact ?? redactor([]);
  const disk = options.disk ?? nodeDisk;
  const manifest = located('manifest, not written', () => manifestRecord.read(redact.json(given)));
  const failed = (path: string, thrown: unknown): SubterfugeError =>
    diskError(path, thrown, null, 'start the run again, there or in another directory');
  await makeDirectories(dir).catch((thrown: unknown) => {
    if (errnoOf(thrown) !== 'EEXIST') throw failed(dir, thrown);
  });
  await refuseFilled(dir);
  return await orClose(async (opened) => {
    opened.push(await takeLock(dir, options.clock ?? systemClock));
    // Again: another writer may have come and gone before the lock was ours.
    await refuseFilled(dir);
    const path = join(dir, MANIFEST_FILE);
    try {
      for (const name of await readdir(dir)) if (isLeftOf(MANIFEST_FILE, name)) await rm(join(dir, name));
      await (await openJournal(join(dir, JOURNAL_FILE), disk))[Symbol.asyncDispose]();
      // The manifest comes last: a directory that has one is a whole run.
      await writeAtomically(disk, path, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
      await syncDirectory(dirname(resolve(dir)));
    } catch (thrown) {
      for (const name of [MANIFEST_FILE, JOURNAL_FILE]) await rm(join(dir, name), { force: true });
      throw failed(path, thrown instanceof SubterfugeError ? thrown.cause : thrown);
    }
    return await writer(dir, manifest, opened, options);
  });
};
