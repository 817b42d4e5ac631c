import { expect, test } from 'vitest';
import { exampleOf, functionSubject } from './audit.fixtures.contract.ts';
import { openLedger } from './ledger.ts';
import type { GradeCall } from './subject.ts';

const LARGE = { calls: 1000, seconds: 60 };
const callOf = (answer: GradeCall['answer'], id = 'a'): GradeCall => ({
  example: exampleOf(id),
  answer,
  opponent: null,
  order: 'both',
});

test('each distinct call reaches the subject once, by content', async () => {
  const subject = functionSubject(() => 1);
  const ledger = openLedger(subject, LARGE, () => 0);
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
  const ledger = openLedger(subject, LARGE, () => 0);
  await ledger.ask('attack', [callOf('["a"]'), callOf(['a']), callOf({ a: '' }), callOf([null]), callOf([Number.NaN])]);
  expect(subject.asked).toHaveLength(5);
});

test('a repeat asks again, and a difference is named with both answers', async () => {
  let count = 0;
  const ledger = openLedger(
    functionSubject(() => (count++ % 2 === 0 ? 1 : 0)),
    LARGE,
    () => 0,
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
  const ledger = openLedger({ ...subject, capabilities }, LARGE, () => 0);
  await ledger.ask('honest', [callOf('x')]);
  await ledger.ask('repeat', [callOf('x')]);
  expect(ledger.faults()).toEqual([]);
  expect(ledger.repeated.differed).toBe(1);
});

test('calls and seconds are kept to, and what is not asked is no fault of the grader', async () => {
  let now = 0;
  const subject = functionSubject(() => 1);
  const few = openLedger(subject, { calls: 2, seconds: 60 }, () => 0);
  const answered = await few.ask(
    'attack',
    ['a', 'b', 'c'].map((answer) => callOf(answer)),
  );
  expect(answered.map(({ proxy }) => proxy)).toEqual([1, 1, null]);
  expect([few.calls, few.refused, few.faults()]).toEqual([2, 1, []]);
  const slow = openLedger(subject, { calls: 9, seconds: 1 }, () => now);
  await slow.ask('attack', [callOf('a')]);
  now = 1000;
  expect((await slow.ask('attack', [callOf('b')]))[0]?.graded).toMatchObject({ fault: { kind: 'not-asked' } });
});

test('faults are counted with the call that showed them first', async () => {
  const ledger = openLedger(
    functionSubject((answer) => (answer === 'x' ? Number.NaN : answer === 'y' ? 'high' : 1)),
    LARGE,
    () => 0,
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
    () => 0,
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
    () => 0,
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
  const ledger = openLedger(subject, { calls: 1000, seconds: 10 }, () => now);
  await ledger.ask('attack', [callOf('the first starts it')]);
  await ledger.ask(
    'attack',
    Array.from({ length: 19 }, (_, index) => callOf(String(index))),
  );
  expect(ledger.left).toEqual({ calls: 980, seconds: 8 });
  await ledger.ask(
    'attack',
    Array.from({ length: 20 }, (_, index) => callOf(`more ${index}`)),
  );
  expect(ledger.left).toEqual({ calls: 60, seconds: 6 });
});

test('a fault that is made to happen again while shrinking is counted once', async () => {
  const ledger = openLedger(
    functionSubject(() => 'high'),
    LARGE,
    () => 0,
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
  const [said, thrown] = await openLedger(subject, LARGE, () => 0).ask('attack', [callOf('x'), callOf('throw')]);
  expect(said?.graded.kind === 'scored' && (said.graded.reason ?? '').length).toBeLessThan(2_100);
  expect(thrown?.graded).toMatchObject({ fault: { message: 'Error: \ufffd' } });
});
