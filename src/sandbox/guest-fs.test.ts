import { expect, it } from 'vitest';
import { entryChanges } from './entry-changes.ts';
import { GuestFsError, mendReasons } from './guest-errors.ts';
import { GuestFs } from './guest-fs.ts';
import { collectEntries, loadEntries, systemTree } from './guest-tree.ts';
import type { Entry } from './job.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const file = (path: string, text: string, mode = 0o644): Entry => ({
  path,
  kind: 'file',
  mode,
  mtimeMs: 1,
  data: bytes(text),
});
const folder = (path: string, mode = 0o755): Entry => ({ path, kind: 'directory', mode, mtimeMs: 1, data: null });

const open = (entries: readonly Entry[], diskBytes = 1_000): GuestFs => {
  const fs = new GuestFs({ root: systemTree(entries), diskBytes, nowMs: () => 2 });
  loadEntries(fs, entries, 1);
  return fs;
};

const code = (act: () => unknown): string => {
  try {
    act();
    return 'ok';
  } catch (thrown) {
    if (thrown instanceof GuestFsError) return thrown.code;
    throw thrown;
  }
};

it('gives back what it was given', () => {
  const entries = [folder('/w'), file('/w/__proto__', 'x'), file('/w/a', 'a', 0o400)];
  expect(entryChanges(entries, collectEntries(open(entries).root))).toEqual({ changed: [], removed: [] });
});

it('follows links, inside only, and stops at loops', () => {
  const fs = open([folder('/w'), file('/w/a', 'a')]);
  fs.symlinkSync('a', '/w/l');
  fs.symlinkSync('/w/../../../../etc/passwd', '/w/out');
  fs.symlinkSync('/w/y', '/w/x');
  fs.symlinkSync('/w/x', '/w/y');
  expect(Buffer.from(fs.readSync('/w/l')).toString()).toBe('a');
  expect(code(() => fs.readSync('/w/out'))).toBe('ENOENT');
  expect(code(() => fs.readSync('/w/x'))).toBe('ELOOP');
  expect(code(() => fs.readSync('/w/a/b'))).toBe('ENOTDIR');
});

it('counts bytes across writes, links and removals', async () => {
  const fs = open([folder('/w'), file('/w/a', 'aaaa')], 10);
  expect(code(() => fs.writeSync('/w/b', bytes('bbbbbbb')))).toBe('ENOSPC');
  fs.writeSync('/w/b', bytes('bbbbbb'));
  expect(code(() => fs.writeSync('/w/b', bytes('b'), true))).toBe('ENOSPC');
  await fs.link('/w/b', '/w/c');
  fs.removeSync('/w/b', false);
  expect(fs.usedBytes).toBe(10);
  fs.removeSync('/w/c', false);
  expect(fs.usedBytes).toBe(4);
});

it('refuses by mode, and remembers', () => {
  const fs = open([folder('/w', 0o555), file('/w/a', 'a', 0o444), folder('/x', 0o600), file('/x/a', 'a')]);
  expect(code(() => fs.writeSync('/w/a', bytes('b')))).toBe('EACCES');
  expect(code(() => fs.writeSync('/w/b', bytes('b')))).toBe('EACCES');
  expect(code(() => fs.removeSync('/w/a', false))).toBe('EACCES');
  expect(code(() => fs.renameSync('/w/a', '/tmp/a'))).toBe('EACCES');
  expect(code(() => fs.readSync('/x/a'))).toBe('EACCES');
  expect(code(() => fs.chmodSync('/bin/ls', 0o777))).toBe('EACCES');
  expect(fs.refusals.writes).toEqual([
    { path: '/w/a', operation: 'write' },
    { path: '/w/b', operation: 'create' },
    { path: '/w/a', operation: 'delete' },
    { path: '/w/a', operation: 'rename' },
    { path: '/bin/ls', operation: 'chmod' },
  ]);
  const said = 'cat: a: No such file or directory\ncat: z: No such file or directory\n';
  expect(mendReasons(said, fs.refusals, (path) => fs.resolvePath('/x', path))).toBe(
    'cat: a: Permission denied\ncat: z: No such file or directory\n',
  );
});

it('does not move a folder into itself', () => {
  const fs = open([folder('/w'), folder('/w/a')]);
  expect(code(() => fs.renameSync('/w/a', '/w/a/b'))).toBe('EINVAL');
  expect(code(() => fs.renameSync('/w/a', '/w/a'))).toBe('ok');
});
