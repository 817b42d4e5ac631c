import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openDrafts } from './drafts.ts';

const ids = Int32Array.of(5, 6, 7, 8, 5, 6, 7, 9);

test('a guess is what came last after the same ids', () => {
  const drafts = openDrafts();
  expect(drafts.next(ids, 3)).toBeNull();
  drafts.learn(ids, 3);
  expect(drafts.next(ids, 3)).toBe(8);
  expect(drafts.next(ids, 7)).toBe(8);
  drafts.learn(ids, 7);
  expect(drafts.next(ids, 3)).toBe(9);
});

test('id 0 can be a guess, and a row may be at its beginning', () => {
  const drafts = openDrafts();
  drafts.learn(Int32Array.of(4, 0), 1);
  expect(drafts.next(Int32Array.of(4, 7), 1)).toBe(0);
});

test('a guess is always something that was learned', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3_000), { minLength: 2, maxLength: 200 }), (list) => {
      const drafts = openDrafts();
      const said = Int32Array.from(list);
      for (let end = 1; end < said.length; end++) drafts.learn(said, end);
      for (let end = 1; end < said.length; end++) expect(list).toContain(drafts.next(said, end));
    }),
    { numRuns: 50 },
  );
});
