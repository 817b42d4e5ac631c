import { expect, test } from 'vitest';
import { type Clock, manualClock } from '../base/clock.ts';
import { exampleOf, functionSubject } from './audit.fixtures.contract.ts';
import { openLedger } from './ledger.ts';
import type { GradeCall } from './subject.ts';

/** Tells a time that the grader moves; nothing is ever late by it. */
const told = (nowMs: () => number): Clock => ({ ...manualClock(), nowMs });

const LARGE = { calls: 1000, seconds: 60 };
const callOf = (answer: GradeCall['answer'], id = 'a'): GradeCall => ({
  example: exampleOf(id),
  answer,
  opponent: null,
  order: 'both',
});

test('each distinct call reaches the subject once, by content', async () => {
  const subject = functionSubject(() => 1);
  const ledger = openLedger(subject, LARGE, manualClock());
  const calls = [callOf('x'), callOf('x'), callOf('y'), callOf('x', 'b'), { ...callOf('x'), order: 'first' as const }];
  const answered = await ledger.ask('attack', calls);
  expect(answered).toHaveLength(5);
  expect(answered[1]?.call).toBe(calls[1]);
  await ledger.ask('honest', calls);
  expect(subject.asked).toHaveLength(4);
  expect(ledger.calls).toBe(4);
});

test('answers of different kinds, and vectors that JSON writes alike, are different calls', async () => {
  const subject = functionSubject(() => 1);
  const ledger = openLedger(subject, LARGE, manualClock());
  await ledger.ask('attack', [callOf('["a"]'), callOf(['a']), callOf({ a: '' }), callOf([null]), callOf([Number.NaN])]);
  expect(subject.asked).toHaveLength(5);
});

test('a repeat asks again, and a difference is named with both answers', async () => {
  let count = 0;
  const ledger = openLedger(
    functionSubject(() => (count++ % 2 === 0 ? 1 : 0)),
    LARGE,
    manualClock(),
  );
  await ledger.ask('honest', [callOf('x')]);
  await ledger.ask('repeat', [callOf('x')]);
  expect(ledger.faults()).toMatchObject([{ kind: 'nondeterministic', count: 1, calls: 1, onHonest: true }]);
  expect(ledger.faultWitnesses()[0]?.graded).toHaveLength(2);
  expect(ledger.repeated).toEqual({ calls: 1, differed: 1 });
});

test('a judge at a temperature above 0 may differ', async () => {
  let count = 0;
  const subject = functionSubject(() => (count++ % 2 === 0 ? 1 : 0));
  const capabilities = { ...subject.capabilities, sampled: true };
  const ledger = openLedger({ ...subject, capabilities }, LARGE, manualClock());
  await ledger.ask('honest', [callOf('x')]);
  await ledger.ask('repeat', [callOf('x')]);
  expect(ledger.faults()).toEqual([]);
  expect(ledger.repeated.differed).toBe(1);
});

test('calls and seconds are kept to, and what is not asked is no fault of the grader', async () => {
  let now = 0;
  const subject = functionSubject(() => 1);
  const few = openLedger(subject, { calls: 2, seconds: 60 }, manualClock());
  const answered = await few.ask(
    'attack',
    ['a', 'b', 'c'].map((answer) => callOf(answer)),
  );
  expect(answered.map(({ proxy }) => proxy)).toEqual([1, 1, null]);
  expect([few.calls, few.refused, few.faults()]).toEqual([2, 1, []]);
  const slow = openLedger(
    subject,
    { calls: 9, seconds: 1 },
    told(() => now),
  );
  await slow.ask('attack', [callOf('a')]);
  now = 1000;
  expect((await slow.ask('attack', [callOf('b')]))[0]?.graded).toMatchObject({ fault: { kind: 'not-asked' } });
});

test('faults are counted with the call that showed them first', async () => {
  const ledger = openLedger(
    functionSubject((answer) => (answer === 'x' ? Number.NaN : answer === 'y' ? 'high' : 1)),
    LARGE,
    manualClock(),
  );
  await ledger.ask('attack', [callOf('x'), callOf('y'), callOf('x', 'b'), callOf('z')]);
  expect(ledger.faults()).toMatchObject([
    { kind: 'nan', count: 2, calls: 4, example: 'a', answer: 'x', onHonest: false },
    { kind: 'not-a-number', count: 1 },
  ]);
});

test('a call that was picked names the contradiction, and says nothing of how often it is', async () => {
  let count = 0;
  const ledger = openLedger(
    functionSubject(() => (count++ === 0 ? 1 : 0)),
    LARGE,
    manualClock(),
  );
  await ledger.ask('attack', [callOf('x'), callOf('y')]);
  await ledger.ask('repeat', [callOf('y')]);
  expect(ledger.wavers).toBe(false);
  await ledger.ask('confirm', [callOf('x')]);
  await ledger.ask('confirm', [callOf('x')]);
  expect(ledger.wavers).toBe(true);
  expect(ledger.repeated).toEqual({ calls: 1, differed: 0 });
  expect(ledger.faults()).toMatchObject([{ kind: 'nondeterministic', count: 1, calls: 2 }]);
});

test('calls repeated twice are one call that was repeated', async () => {
  const ledger = openLedger(
    functionSubject(() => 1),
    LARGE,
    manualClock(),
  );
  await ledger.ask('honest', [callOf('x')]);
  await ledger.ask('repeat', [callOf('x'), callOf('x')]);
  expect(ledger.repeated).toEqual({ calls: 1, differed: 0 });
});

test('what is left is what the seconds allow at the pace so far', async () => {
  let now = 0;
  const subject = functionSubject(() => {
    now += 100;
    return 1;
  });
  const ledger = openLedger(
    subject,
    { calls: 1000, seconds: 10 },
    told(() => now),
  );
  await ledger.ask('attack', [callOf('the first starts it')]);
  await ledger.ask(
    'attack',
    Array.from({ length: 19 }, (_, index) => callOf(String(index))),
  );
  expect(ledger.left).toEqual({ calls: 880, seconds: 7 });
  expect(ledger.leftToKeep).toEqual({ calls: 980, seconds: 8 });
  await ledger.ask(
    'attack',
    Array.from({ length: 20 }, (_, index) => callOf(`more ${index}`)),
  );
  expect(ledger.left).toEqual({ calls: 50, seconds: 5 });
  expect(ledger.leftToKeep).toEqual({ calls: 60, seconds: 6 });
});

test('a fault that is made to happen again while shrinking is counted once', async () => {
  const ledger = openLedger(
    functionSubject(() => 'high'),
    LARGE,
    manualClock(),
  );
  await ledger.ask('attack', [callOf('xx')]);
  await ledger.ask('shrink', [callOf('x'), callOf('')]);
  expect(ledger.faults()).toMatchObject([{ kind: 'not-a-number', count: 1, calls: 1 }]);
  expect(ledger).toMatchObject({ calls: 3, scored: 0 });
});

test('what a grader says is kept short, and as text that can be sealed', async () => {
  const subject = functionSubject((answer) => {
    if (answer === 'throw') throw new Error('\ud800');
    return { score: 1, reason: `${'long '.repeat(2_000)}\udc00` };
  });
  const [said, thrown] = await openLedger(subject, LARGE, manualClock()).ask('attack', [callOf('x'), callOf('throw')]);
  expect(said?.graded.kind === 'scored' && (said.graded.reason ?? '').length).toBeLessThan(2_100);
  expect(thrown?.graded).toMatchObject({ fault: { message: 'Error: \ufffd' } });
});

test('a tenth of the calls and seconds is for confirming and shrinking', async () => {
  let now = 0;
  const subject = functionSubject(() => 1);
  const ledger = openLedger(
    subject,
    { calls: 20, seconds: 10 },
    told(() => now),
  );
  const asked = await ledger.ask(
    'attack',
    Array.from({ length: 30 }, (_, index) => callOf(String(index))),
  );
  expect(asked.filter(({ proxy }) => proxy === 1)).toHaveLength(18);
  expect([ledger.left.calls, ledger.leftToKeep.calls]).toEqual([0, 2]);
  expect((await ledger.ask('confirm', [callOf('0')]))[0]?.proxy).toBe(1);
  now = 9_500;
  expect((await ledger.ask('shrink', [callOf('small')]))[0]?.proxy).toBe(1);
  now = 10_000;
  expect((await ledger.ask('shrink', [callOf('smaller')]))[0]?.proxy).toBeNull();
});

test('a crossing that is under way at the end of the budget is broken off, and was not asked', async () => {
  const clock = manualClock();
  const subject = functionSubject(() => 1);
  const hangs: typeof subject.grade = (_calls, signal) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  const ledger = openLedger({ ...subject, grade: hangs }, { calls: 100, seconds: 10 }, clock);
  const asked = ledger.ask('attack', [callOf('a'), callOf('b')]);
  await clock.advance(10_000);
  expect((await asked).map(({ graded }) => graded)).toMatchObject([
    { fault: { kind: 'not-asked' } },
    { fault: { kind: 'not-asked' } },
  ]);
  expect([ledger.refused, ledger.faults()]).toEqual([2, []]);
});

test('the signal of the caller is no end of the budget, and neither is an error of ours', async () => {
  const stop = new AbortController();
  const subject = functionSubject(() => 1);
  const stopped = openLedger(
    {
      ...subject,
      grade: () => {
        stop.abort(new Error('enough'));
        return Promise.reject(stop.signal.reason);
      },
    },
    LARGE,
    manualClock(),
  );
  await expect(stopped.ask('attack', [callOf('a')], stop.signal)).rejects.toThrow('enough');
  const broken = openLedger({ ...subject, grade: () => Promise.reject(new TypeError('a bug')) }, LARGE, manualClock());
  await expect(broken.ask('attack', [callOf('a')])).rejects.toThrow('a bug');
});

test('a ledger that was stopped asks nothing, and that is no lack of budget', async () => {
  const subject = functionSubject(() => 1);
  const ledger = openLedger(subject, LARGE, manualClock());
  await ledger.ask('honest', [callOf('a')]);
  ledger.stop();
  const [known, other] = await ledger.ask('attack', [callOf('a'), callOf('b')]);
  expect([known?.proxy, other?.proxy]).toEqual([1, null]);
  expect([subject.asked.length, ledger.refused, ledger.left.calls]).toEqual([1, 0, 0]);
});
