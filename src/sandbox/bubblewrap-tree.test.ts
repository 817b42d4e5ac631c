import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CannotKeep, collectTree, diskFor, loadTree, type Scenery } from './bubblewrap-tree.ts';
import { entryChanges } from './entry-changes.ts';
import type { Entry } from './job.ts';

const SCENERY: Scenery = {
  folders: [
    ['/tmp', 0o1777],
    ['/etc', 0o755],
  ],
  mounted: ['/usr', '/etc/passwd'],
  mountedFiles: new Set(['/etc/passwd']),
};
const MTIME_MS = 1_767_000_000_123;
const file = (path: string, text: string, mode = 0o644): Entry => ({
  path,
  kind: 'file',
  mode,
  mtimeMs: MTIME_MS,
  data: Buffer.from(text),
});
const folder = (path: string, mode = 0o755): Entry => ({
  path,
  kind: 'directory',
  mode,
  mtimeMs: MTIME_MS,
  data: null,
});
const link = (path: string, to: string): Entry => ({ path, kind: 'symlink', mode: 0o777, mtimeMs: MTIME_MS, data: to });
const ENTRIES = [folder('/a', 0o750), file('/a/f', 'text', 0o640), link('/a/l', '/etc/passwd'), file('/g', '')];

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tree-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const collected = (before: readonly Entry[] = ENTRIES, bytes = 1_000_000): readonly Entry[] =>
  collectTree(root, before, SCENERY, bytes);

describe('a tree', () => {
  it('comes back as it went in', () => {
    loadTree(root, ENTRIES, SCENERY, null);
    expect(entryChanges(ENTRIES, collected())).toEqual({ changed: [], removed: [] });
  });

  it('comes back as it went in, whatever its names and contents', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
      .filter((text) => Buffer.from(text).toString() === text && !/[/\0]|^\.{1,2}$/.test(text));
    const entry = fc.tuple(name, fc.uint8Array({ maxLength: 20 }), fc.integer({ min: 0, max: 0o7777 }));
    fc.assert(
      fc.property(fc.uniqueArray(entry, { selector: ([one]) => one, maxLength: 6 }), (given) => {
        const inner = given.map(([one, data, mode]): Entry => ({ ...file(`/d/${one}`, '', mode), data }));
        const entries = [folder('/d'), ...inner].sort((a, b) => (a.path < b.path ? -1 : 1));
        const own = mkdtempSync(join(root, 'one-'));
        loadTree(own, entries, SCENERY, null);
        // A mode that closes a file to its owner closes it to whoever is not root.
        if (process.getuid?.() === 0 || given.every(([, , mode]) => (mode & 0o400) !== 0))
          expect(entryChanges(entries, collectTree(own, entries, SCENERY, 10_000))).toEqual({
            changed: [],
            removed: [],
          });
      }),
      { numRuns: 30 },
    );
  });

  it('has the system’s folders, of which nothing is the guest’s but what it put there', () => {
    loadTree(root, [], SCENERY, null);
    writeFileSync(join(root, 'etc/mine'), 'x');
    writeFileSync(join(root, 'usr/not-mine'), 'x');
    expect(statSync(join(root, 'tmp')).mode & 0o7777).toBe(0o1777);
    expect(collected([]).map(({ path }) => path)).toEqual(['/etc/mine']);
  });

  it('puts the system back where the guest has put a link or a file', () => {
    const moved = [link('/etc', '/oldroot'), file('/tmp', 'x'), file('/usr', 'x'), file('/z', 'z')];
    loadTree(root, moved, SCENERY, null);
    expect(statSync(join(root, 'etc/passwd')).isFile()).toBe(true);
    expect(statSync(join(root, 'tmp')).isDirectory()).toBe(true);
    expect(collected([]).map(({ path }) => path)).toEqual(['/z']);
  });

  it('is read without following links, and without what is neither file, folder nor link', () => {
    loadTree(root, [folder('/a')], SCENERY, null);
    mkdirSync(join(root, 'a/sub'));
    symlinkSync('..', join(root, 'a/sub/up'));
    symlinkSync(root, join(root, 'a/out'));
    execFileSync('mkfifo', [join(root, 'a/fifo')]);
    renameSync(join(root, 'etc'), join(root, 'a/old'));
    expect(collected([]).map(({ path, kind }) => [path, kind])).toEqual([
      ['/a', 'directory'],
      ['/a/old', 'directory'],
      ['/a/old/passwd', 'file'],
      ['/a/out', 'symlink'],
      ['/a/sub', 'directory'],
      ['/a/sub/up', 'symlink'],
    ]);
  });

  it('is not kept where its files are longer than the disk, holes included', () => {
    loadTree(root, ENTRIES, SCENERY, null);
    truncateSync(join(root, 'g'), 2_000);
    expect(collected(ENTRIES, 2_004).length).toBe(ENTRIES.length);
    expect(() => collected(ENTRIES, 2_003)).toThrow(CannotKeep);
    truncateSync(join(root, 'g'), 2 ** 40);
    expect(() => collected()).toThrow(/holes count/);
    expect(existsSync(join(root, 'a/f'))).toBe(true);
  });
});

it('a disk has room for what is on it and for what is left, in whole pages', () => {
  const bytes = fc.array(fc.nat(20_000), { maxLength: 8 });
  fc.assert(
    fc.property(bytes, fc.nat(3_000_000), (sizes, diskBytes) => {
      const entries = sizes.map((size, i) => file(`/${i}`, 'x'.repeat(size)));
      const used = sizes.reduce((sum, size) => sum + size, 0);
      const pages = sizes.reduce((sum, size) => sum + Math.ceil(size / 4_096), 0);
      const disk = diskFor(entries, diskBytes);
      expect(disk.bytes % 4_096).toBe(0);
      expect(disk.bytes).toBeGreaterThan(0);
      expect(disk.bytes).toBeGreaterThanOrEqual(pages * 4_096);
      expect(disk.bytes - pages * 4_096).toBeLessThanOrEqual(Math.max(4_096, diskBytes - used));
      expect(disk.inodes).toBeGreaterThan(entries.length);
    }),
  );
});
