import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const CHILD = fileURLToPath(new URL('./closing-child.contract.ts', import.meta.url));

const outcome = (what: string, how: string, delayMs: number): Promise<{ code: unknown; out: string; err: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [CHILD, what, how, String(delayMs)], (error, out, err) => {
      resolve({ code: error === null ? 0 : (error.code ?? error.signal), out, err });
    });
  });

describe.each(['trainer', 'sampler', 'model'])('a %s at work', (what) => {
  test.each([5, 500])('is closed after %d ms, and the process goes on', async (delayMs) => {
    const { code, out, err } = await outcome(what, 'dispose', delayMs);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^closed, [1-9]\d* rejected$/);
  });

  test('does not change the exit code of a process that ends', async () => {
    expect(await outcome(what, 'exit', 300)).toEqual({ code: 7, out: '', err: '' });
  });
});
