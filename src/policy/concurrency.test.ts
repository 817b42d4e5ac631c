import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { manualClock } from '../base/clock.ts';
import { adaptiveConcurrency, type Concurrency, fixedConcurrency } from './concurrency.ts';
import { type SimulatedLoad, simulateLoad } from './simulated-provider.contract.ts';

/** Keeps all slots busy for so many calls. */
const saturate = async (concurrency: Concurrency, calls: number): Promise<void> => {
  await Promise.all(Array.from({ length: calls }, () => concurrency.run(async () => await Promise.resolve())));
};

/** So many calls at once, all of which are refused. */
const refuse = async (concurrency: Concurrency, calls: number, retryAfterMs: number | null = null): Promise<void> => {
  await Promise.all(Array.from({ length: calls }, () => concurrency.run(async (refused) => refused(retryAfterMs))));
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

  test('a storm of 429s is one cut, whatever was under way; after the cool-down there may be another', async () => {
    const clock = manualClock();
    const controller = adaptiveConcurrency({ clock, max: 100, start: 40, coolDownMs: 5_000 });
    await refuse(controller, 200);
    expect(controller.limit).toBe(28);
    await saturate(controller, 3);
    await refuse(controller, 25);
    expect(controller.limit).toBe(28);
    await clock.advance(5_000);
    await refuse(controller, 28);
    expect(controller.limit).toBe(19);
    await saturate(controller, 19);
    expect(controller.limit).toBeGreaterThan(19);
    expect(controller.limit).toBeLessThan(28);
  });

  test('one refusal among few calls cuts nothing', async () => {
    const controller = adaptiveConcurrency({ clock: manualClock(), max: 100, start: 8 });
    await refuse(controller, 1);
    await saturate(controller, 8);
    expect(controller.limit).toBeGreaterThanOrEqual(8);
  });

  test('starts nothing until Retry-After has passed, but never waits longer than its most', async () => {
    const clock = manualClock();
    const controller = adaptiveConcurrency({ clock, max: 4 });
    let ran = 0;
    await refuse(controller, 1, 5_000);
    const work = controller.run(async (refused) => {
      ran += 1;
      refused(86_400_000);
    });
    await clock.advance(4_999);
    expect(ran).toBe(0);
    await clock.advance(1);
    await work;
    const later = controller.run(async () => 'ran');
    await clock.advance(59_999);
    expect(controller.waiting).toBe(1);
    await clock.advance(1);
    expect(await later).toBe('ran');
  });

  test('one that is told to wait while many others run holds back nobody', async () => {
    const controller = adaptiveConcurrency({ clock: manualClock(), max: 4 });
    const gate = Promise.withResolvers<void>();
    const running = [1, 2].map(() => controller.run(async () => await gate.promise));
    await refuse(controller, 1, 60_000);
    expect(await controller.run(async () => 'ran')).toBe('ran');
    gate.resolve();
    await Promise.all(running);
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
          const running = controller.run(async (refused) => {
            active += 1;
            most = Math.max(most, active);
            await clock.sleep(ms);
            active -= 1;
            if (ends === '429') refused(waitMs);
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
  await refuse(pool, 1, 50);
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

describe('against a provider that', () => {
  const play = async (load: Partial<SimulatedLoad>) =>
    await simulateLoad({ episodes: 64, seconds: 300, ...load }, (clock) => adaptiveConcurrency({ clock, max: 64 }));

  test.each([
    [0, 63],
    [0.1, 55],
    [0.3, 35],
  ])('refuses at random (%d of all), most slots stay', async (random, least) => {
    expect((await play({ random })).meanLimit).toBeGreaterThan(least);
  });

  test.each([{ refusalMs: 2_000 }, { retryAfterMs: 1_000 }])(
    'refuses one in ten at random, also slowly or with Retry-After (%j), answers nearly as much as it can',
    async (how) => {
      const { meanLimit, answersPerSecond } = await play({ random: 0.1, ...how });
      expect(meanLimit).toBeGreaterThan(50);
      // 64 calls of 2 s each would be 32.
      expect(answersPerSecond).toBeGreaterThan(24);
    },
  );

  test.each([
    { most: 3 },
    { most: 10 },
    { most: 40 },
    { most: 40, refusalMs: 2_000 },
    { most: 40, retryAfterMs: 2_000 },
    { most: 40, random: 0.1 },
  ])('bears so many at once (%j), about so many run, and few are refused', async (load) => {
    const { meanLimit, answersPerSecond, refusedShare } = await play(load);
    expect(meanLimit).toBeGreaterThan(0.6 * load.most);
    expect(meanLimit).toBeLessThan(1.25 * load.most);
    expect(answersPerSecond).toBeGreaterThan(0.75 * (load.most / 2));
    expect(refusedShare).toBeLessThan(0.35);
  });

  test('refuses everything for a while, slots are cut once, and come back', async () => {
    const { limits } = await play({ storm: [100, 150] });
    expect(limits[99]).toBe(64);
    expect(limits[149]).toBeGreaterThanOrEqual(44);
    expect(limits[149]).toBeLessThan(64);
    expect(limits.at(-1)).toBe(64);
  });
});
