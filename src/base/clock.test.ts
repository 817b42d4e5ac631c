import { expect, test } from 'vitest';
import { manualClock } from './clock.ts';

test('sleepers wake in order of their deadlines, and may sleep again', async () => {
  const clock = manualClock(1_000);
  const woken: string[] = [];
  const sleeper = async (name: string, ms: number): Promise<void> => {
    await clock.sleep(ms);
    woken.push(`${name}@${clock.nowMs()}`);
    await clock.sleep(ms);
    woken.push(`${name}@${clock.nowMs()}`);
  };
  const all = Promise.all([sleeper('slow', 30), sleeper('fast', 20)]);
  await clock.advance(100);
  await all;
  expect(woken).toEqual(['fast@1020', 'slow@1030', 'fast@1040', 'slow@1060']);
  expect(clock.nowMs()).toBe(1_100);
});

test('an aborted sleeper rejects with the reason of the abort', async () => {
  const clock = manualClock();
  const stop = new AbortController();
  const sleeping = clock.sleep(10, stop.signal);
  stop.abort(new Error('enough'));
  await expect(sleeping).rejects.toThrow('enough');
});
