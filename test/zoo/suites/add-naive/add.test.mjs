import assert from 'node:assert/strict';
import test from 'node:test';
import { add } from '../../add.mjs';

test('adds', () => {
  assert.equal(add(1, 2), 3);
  assert.equal(add(-4, 9), 5);
});
