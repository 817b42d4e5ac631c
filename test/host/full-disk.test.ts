/** A disk that is really full: the command line in a namespace of its own whose run directory is a small tmpfs. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ENTRY = fileURLToPath(new URL('../support/cli-entry.ts', import.meta.url));
const SIZE_BYTES = 524_288;

test('a full disk ends the run with what is there intact, and says how to go on', async () => {
  const home = await mkdtemp(join(tmpdir(), 'subterfuge-full-'));
  const script = `
    "$0" "$1" eval --model scripted:gold --env nudged-rubric --n 400 --out ${home}/run --quiet; code=$?
    "$0" "$1" show ${home}/run --list | wc -l
    exit $code`;
  const bwrap = ['--dev-bind', '/', '/', '--size', String(SIZE_BYTES), '--tmpfs', home, '--chdir', '/'];
  const { code, stdout, stderr } = await new Promise<{ code: number | null; stdout: string; stderr: string }>(
    (resolve) => {
      const child = execFile(
        'bwrap',
        [...bwrap, 'sh', '-c', script, process.execPath, ENTRY],
        { env: { PATH: process.env.PATH, NODE_NO_WARNINGS: '1' } },
        (_error, out, err) => resolve({ code: child.exitCode, stdout: out, stderr: err }),
      );
    },
  );
  await rm(home, { recursive: true, force: true });
  expect(code, stderr).toBe(3);
  expect(stderr).toMatch(/disk|space/i);
  expect(stderr).toMatch(/resume/);
  expect(Number(stdout.trim())).toBeGreaterThan(10);
});
