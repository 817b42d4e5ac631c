import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { manualClock } from '../base/clock.ts';
import { adaptiveConcurrency, type Concurrency, fixedConcurrency } from './concurrency.ts';

/** Keeps all slots busy for so many calls. */
const saturate = async (concurrency: Concurrency, calls: number): Promise<void> => {
  await Promise.all(Array.from({ length: calls }, () => concurrency.run(async () => await Promise.resolve())));
};

describe('fixedConcurrency', () => {
  test('runs so many at once, in order of arrival', async () => {
    const two = fixedConcurrency(2);
    const order: number[] = [];
    const gates = [0, 1, 2, 3].map(() => Promise.withResolvers<void>());
    const work = gates.map((gate, i) =>
      two.run(async () => {
        order.push(i);
        await gate.promise;
      }),
    );
    await Promise.resolve();
    expect([order, two.active, two.waiting]).toEqual([[0, 1], 2, 2]);
    gates[1]?.resolve();
    await work[1];
    expect(order).toEqual([0, 1, 2]);
    for (const gate of gates) gate.resolve();
    await Promise.all(work);
    expect(two.active).toBe(0);
  });

  test('a waiter that is called off leaves its place', async () => {
    const one = fixedConcurrency(1);
    const gate = Promise.withResolvers<void>();
    const held = one.run(() => gate.promise);
    const controller = new AbortController();
    const waiting = one.run(async () => 'ran', controller.signal);
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    expect(one.waiting).toBe(0);
    gate.resolve();
    await held;
    expect(await one.run(async () => 'ran')).toBe('ran');
  });

  test('refuses a count that is none', () => {
    expect(() => fixedConcurrency(0)).toThrow(RangeError);
    expect(() => fixedConcurrency(1.5)).toThrow(RangeError);
  });
});

describe('adaptiveConcurrency', () => {
  test('grows while all slots are used, up to the most', async () => {
    const controller = adaptiveConcurrency({ clock: manualClock(), max: 20, start: 4 });
    await saturate(controller, 4);
    expect(controller.limit).toBeGreaterThanOrEqual(5);
    await saturate(controller, 200);
    expect(controller.limit).toBe(20);
  });

  test('does not grow on calls that come one at a time', async () => {
    const controller = adaptiveConcurrency({ clock: manualClock(), max: 20, start: 4 });
    for (let i = 0; i < 50; i++) await controller.run(async () => i);
    expect(controller.limit).toBe(4);
  });

  test('a storm of 429s is one cut; after the cool-down it grows slowly', async () => {
    const clock = manualClock();
    const controller = adaptiveConcurrency({ clock, max: 100, start: 40 });
    for (let i = 0; i < 10; i++) controller.rateLimited(null);
    expect(controller.limit).toBe(28);
    await saturate(controller, 100);
    expect(controller.limit).toBe(28);
    await clock.advance(15_000);
    await saturate(controller, 60);
    expect(controller.limit).toBeGreaterThan(28);
    expect(controller.limit).toBeLessThanOrEqual(30);
    controller.rateLimited(null);
    expect(controller.limit).toBeLessThanOrEqual(21);
  });

  test('starts nothing until Retry-After has passed, but never waits longer than its most', async () => {
    const clock = manualClock();
    const controller = adaptiveConcurrency({ clock, max: 4 });
    let ran = 0;
    controller.rateLimited(5000);
    const work = controller.run(async () => {
      ran += 1;
    });
    await clock.advance(4999);
    expect(ran).toBe(0);
    await clock.advance(1);
    await work;
    controller.rateLimited(86_400_000);
    const later = controller.run(async () => 'ran');
    await clock.advance(60_000);
    expect(await later).toBe('ran');
  });

  test('never runs more than the most, never fewer than one, and all calls end', async () => {
    const call = fc.record({
      ms: fc.integer({ min: 0, max: 5000 }),
      ends: fc.constantFrom<'ok' | 'fails' | '429' | 'aborted'>('ok', 'ok', 'fails', '429', 'aborted'),
      waitMs: fc.option(fc.integer({ min: 0, max: 200_000 })),
    });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 12 }), fc.array(call, { maxLength: 60 }), async (max, calls) => {
        const clock = manualClock();
        const controller = adaptiveConcurrency({ clock, max, start: Math.min(3, max) });
        let active = 0;
        let most = 0;
        let ended = 0;
        const work = calls.map(async ({ ms, ends, waitMs }) => {
          const called = new AbortController();
          const running = controller.run(async () => {
            active += 1;
            most = Math.max(most, active);
            await clock.sleep(ms);
            active -= 1;
            if (ends === '429') controller.rateLimited(waitMs);
            if (ends !== 'ok') throw new Error(ends);
          }, called.signal);
          if (ends === 'aborted') called.abort();
          await running.catch(() => undefined);
          ended += 1;
          expect(controller.limit).toBeGreaterThanOrEqual(1);
          expect(controller.limit).toBeLessThanOrEqual(max);
        });
        for (let i = 0; i < 200 && ended < calls.length; i++) await clock.advance(60_000);
        expect(ended).toBe(calls.length);
        await Promise.all(work);
        expect(most).toBeLessThanOrEqual(max);
        expect([active, controller.active, controller.waiting]).toEqual([0, 0, 0]);
      }),
      { numRuns: 200 },
    );
  });
});

test('what was held back starts a few at a time, so that the process has time for other things', async () => {
  const clock = manualClock();
  const pool = adaptiveConcurrency({ clock, max: 1_000, start: 1_000, cut: 0.9 });
  pool.rateLimited(50);
  let begun = 0;
  const all = Array.from({ length: 500 }, () =>
    pool.run(async () => {
      begun++;
    }),
  );
  await clock.advance(50);
  expect(begun).toBeGreaterThan(0);
  expect(begun).toBeLessThan(100);
  await Promise.all(all);
  expect(begun).toBe(500);
});
