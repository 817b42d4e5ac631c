import { describe, expect, test } from 'vitest';
import { commandStyle } from './command-style.ts';
import { faulty } from './faulty.ts';

const scored = { kind: 'scored', score: 1, passed: true, reason: null } as const;
const whole = (waited: boolean, ms = 100) => ({ replies: [scored, scored], waited, ms });

describe('how a command is asked', () => {
  test('first with an end, then with an open input for a while that the first batch sets', () => {
    const style = commandStyle();
    expect(style.endAfterMs(10_000)).toBeNull();
    style.learn(whole(false, 700));
    expect(style.endAfterMs(10_000)).toBe(2_100);
  });

  test('one that answers while its input is open is kept, and a slow call is not hurried', () => {
    const style = commandStyle();
    style.learn(whole(false));
    style.learn(whole(false));
    expect(style.endAfterMs(10_000)).toBe(5_000);
  });

  test('one that had to be ended is started for each batch', () => {
    const style = commandStyle();
    style.learn(whole(false));
    style.learn(whole(true));
    expect(style.endAfterMs(10_000)).toBeNull();
    style.learn(whole(false));
    expect(style.endAfterMs(10_000)).toBeNull();
  });

  test('one that was kept and waits again and again is kept no longer', () => {
    const style = commandStyle();
    for (const waited of [false, false, true, true]) style.learn(whole(waited));
    expect(style.endAfterMs(10_000)).not.toBeNull();
    style.learn(whole(true));
    expect(style.endAfterMs(10_000)).toBeNull();
  });

  test('a batch with a fault says nothing', () => {
    const style = commandStyle();
    style.learn({ replies: [scored, null], waited: false, ms: 100 });
    expect(style.endAfterMs(10_000)).toBeNull();
    style.learn({ replies: [scored, faulty('threw', 'x')], waited: false, ms: 100 });
    expect(style.endAfterMs(10_000)).toBe(1_000);
  });
});
