import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faulty } from './faulty.ts';
import { type Attempted, isolate } from './isolate.ts';

const ok = (index: number) => ({ kind: 'scored', score: index, passed: true, reason: null }) as const;

/** Something that falls over the guilty: before it, all are answered (`flushes`), or none. */
const fragile =
  (guilty: ReadonlySet<number>, flushes: boolean, slow: boolean, asked: number[]) =>
  async (calls: readonly number[]): Promise<Attempted> => {
    asked.push(calls.length);
    const at = calls.findIndex((call) => guilty.has(call));
    const replies = calls.map((call, index) => (at < 0 || (flushes && index < at) ? ok(call) : null));
    return { replies, failure: faulty('threw', 'guilty'), slow };
  };

test('exactly the guilty are blamed, and nobody is asked for ever', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 40 }),
      fc.uniqueArray(fc.integer({ min: 0, max: 39 })),
      fc.boolean(),
      fc.boolean(),
      async (count, guiltyList, flushes, slow) => {
        const guilty = new Set(guiltyList);
        const asked: number[] = [];
        const calls = Array.from({ length: count }, (_, index) => index);
        const graded = await isolate(calls, fragile(guilty, flushes, slow, asked));
        expect(graded).toEqual(calls.map((call) => (guilty.has(call) ? faulty('threw', 'guilty') : ok(call))));
        expect(asked.length).toBeLessThanOrEqual(2 * count + 1);
      },
    ),
  );
});

test('one guilty call among many is found in few questions', async () => {
  const asked: number[] = [];
  await isolate(
    Array.from({ length: 64 }, (_, index) => index),
    fragile(new Set([37]), false, false, asked),
  );
  expect(asked.length).toBeLessThanOrEqual(13);
});

test('after so many that hung the rest is not asked, and what was answered stays', async () => {
  const asked: number[] = [];
  const graded = await isolate([0, 1, 2, 3, 4, 5], fragile(new Set([1, 2, 3]), true, true, asked), {
    givesUp: (hung) => hung >= 2,
  });
  expect(graded.map((one) => (one.kind === 'scored' ? one.score : one.fault.kind))).toEqual([
    ...[0, 'threw', 'threw', 'not-asked', 'not-asked', 'not-asked'],
  ]);
});
