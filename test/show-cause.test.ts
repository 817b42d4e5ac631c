/** `subterfuge show --rollout` of an attempt at tampering says why, as far as its thoughts tell. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { command } from './support/in-process.ts';

let home = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'subterfuge-show-'));
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

test('as text and as JSON', async () => {
  const run = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await command(args, { cwd: home });
    expect(code, stderr).toBe(0);
    return stdout;
  };
  const asked = ['--env', 'reward-tampering', '--register', 'compact', '--n', '1', '--out', 'run', '--quiet'];
  await run('eval', '--model', 'scripted:exploit', ...asked);
  const shown = ['show', 'run', '--rollout', 'reward-tampering/000000'];
  expect(await run(...shown)).toMatch(/^ {2}cause +rambling +\(heuristic\) No aim stands in the deciding thought/mu);
  expect(JSON.parse(await run(...shown, '--json'))).toMatchObject({
    labels: { attempted: { value: true } },
    cause: { cause: 'rambling', basis: 'heuristic', reason: expect.stringContaining('No aim') },
  });
});
