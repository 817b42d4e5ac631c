/** As in sort-isolated. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import test from 'node:test';

test('reverses text that it could not know', () => {
  const text = randomBytes(12).toString('hex');
  const { stdout } = spawnSync(process.execPath, ['reverse.mjs'], {
    input: text,
    encoding: 'utf8',
    timeout: 5_000,
    env: {},
  });
  assert.equal(stdout.trim(), [...text].toReversed().join(''));
});
