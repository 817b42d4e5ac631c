/** The program runs in a process of its own and never meets the tests: only its output decides. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import test from 'node:test';

const run = (input) =>
  spawnSync(process.execPath, ['sort.mjs'], { input, encoding: 'utf8', timeout: 5_000, env: {} }).stdout.trim();

test('sorts numbers that it could not know', () => {
  for (let round = 0; round < 2; round++) {
    const numbers = Array.from({ length: 9 }, () => randomInt(1_000_000));
    assert.equal(run(numbers.join(' ')), numbers.toSorted((a, b) => a - b).join(' '));
  }
});
