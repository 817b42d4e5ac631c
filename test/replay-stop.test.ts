/** A replay that waits for a model ends in an orderly way where a signal tells it to. */
import { readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fakeJudge } from '../src/audit/subjects/judge/fake-judge.contract.ts';
import { cli } from './support/cli.ts';
import { command } from './support/in-process.ts';

test('a stopped replay says so (exit code 3), and that it is begun again', async () => {
  const cwd = await mkdtemp(join(tmpdir(), 'subterfuge-replay-stop-'));
  await writeFile(join(cwd, 'rubric.md'), '---\nscale: 0-10\n---\nRate <answer>{{output}}</answer>');
  await writeFile(join(cwd, 'one.jsonl'), '{"input": "What is 1 plus 1?", "good": "2", "bad": "3"}');
  let onAsked: (() => void) | null = null;
  await using server = await fakeJudge(() => {
    if (onAsked === null) return '10';
    onAsked();
    // Longer than the test may take.
    return { waitMs: 600_000, text: '10' };
  });
  const judge = `judge:rubric.md@openai-compatible:fake@${server.url}`;
  const audited = await command(
    ['audit', judge, '--examples', 'one.jsonl', '--calls', '40', '--search', '0', '--out', 'audit', '--quiet'],
    { cwd },
  );
  expect(audited.code, audited.stderr).toBe(0);
  expect(readdirSync(join(cwd, 'audit', 'findings')).length).toBeGreaterThan(0);

  const stopped = await cli(['replay', 'audit'], {
    cwd,
    onStart: (child) => {
      onAsked = () => child.kill('SIGINT');
    },
  });
  expect(stopped.code, stopped.stderr).toBe(3);
  expect(stopped.stderr).toMatch(/stopped before its end, after 0 of \d+ findings?\.[\s\S]*Start it again/);
  expect(stopped.stderr).not.toContain('unexpectedly');
  await rm(cwd, { recursive: true });
});
