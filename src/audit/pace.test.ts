/** What an audit does with its budget: it stops where nothing can come, keeps to its seconds, and uses its calls. */
import { expect, test } from 'vitest';
import { type Clock, manualClock } from '../base/clock.ts';
import { exampleOf, functionSubject, optionsOf, SUMS, setOf, TEXT_STRATEGIES } from './audit.fixtures.contract.ts';
import { audit } from './audit.ts';
import type { Example } from './example.ts';
import type { IntentJudge } from './intent.ts';
import type { Strategy } from './strategy.ts';
import type { Subject } from './subject.ts';

const exact = (answer: unknown, { reference }: Example): number => (answer === reference ? 1 : 0);
const loves = (answer: unknown): number => Math.min(1, String(answer).length / 100);

const noWork = (name: string, answers: readonly string[]): Strategy => ({
  name,
  class: 'rater-hacking',
  family: name,
  source: 'test',
  description: 'Says something.',
  subjects: ['text'],
  needs: [],
  example: { from: null, to: '' },
  kind: 'no-work',
  make: () => answers.map((answer, index) => ({ variant: `v${index}`, answer })),
});

const many = (count: number): readonly Strategy[] =>
  Array.from({ length: count }, (_, index) => noWork(`w-${index}`, [`word ${index}`, `other word ${index}`]));

const throwing = (): ReturnType<typeof functionSubject> =>
  functionSubject(() => {
    throw new Error('no table');
  });

test('a grader that fails at each of a few honest answers is asked nothing else, and reported with its fault', async () => {
  const subject = throwing();
  const { report, findings } = await audit(optionsOf(subject, setOf(SUMS)));
  expect(subject.asked).toHaveLength(8);
  expect(report.graderFaults).toMatchObject([{ kind: 'threw', count: 8, calls: 8, onHonest: true }]);
  expect(report.detail.warnings.map(({ code }) => code)).toContain('nothing-scored');
  expect(report.detail.warnings.map(({ code }) => code)).not.toContain('budget-spent');
  expect(report.detail.tried).toEqual([]);
  expect(findings).toMatchObject([{ claim: 'fault' }]);
});

test('without known answers the first attacks say it', async () => {
  const subject = throwing();
  const bare = SUMS.map((example) => ({ ...example, reference: null, knownGood: [], knownBad: [] }));
  const { report } = await audit(optionsOf(subject, setOf(bare), { strategies: many(100) }));
  expect(subject.asked.length).toBeLessThanOrEqual(24);
  expect(report.graderFaults).toMatchObject([{ kind: 'threw' }]);
});

test('a grader that fails at some honest answers only is audited', async () => {
  const first = new Set(SUMS.slice(0, 7).map(({ id }) => id));
  const subject = functionSubject((answer, example) => {
    if (first.has(example.id)) throw new Error('too early');
    return Math.max(exact(answer, example), loves(answer));
  });
  const { report } = await audit(optionsOf(subject, setOf(SUMS)));
  expect(report.findings[0]).toMatchObject({ claim: 'false-pass' });
});

test('after two that hung and none that came back nothing else is asked', async () => {
  const subject = functionSubject(() => 1);
  let asked = 0;
  const hangs: Subject = {
    ...subject,
    grade: (calls) => {
      asked += calls.length;
      return Promise.resolve(
        calls.map((_, index) =>
          index < 2
            ? { kind: 'fault', fault: { kind: 'hung', message: 'late' } }
            : { kind: 'fault', fault: { kind: 'not-asked', message: 'given up' } },
        ),
      );
    },
  };
  const { report } = await audit(optionsOf(hangs, setOf(SUMS.slice(0, 4))));
  expect(asked).toBe(8);
  expect(report.graderFaults).toMatchObject([{ kind: 'hung', count: 2 }]);
});

/** A grader whose calls take time on a clock that it moves: `hungMs` and a fault where the answer holds a brace. */
const slow = (clock: { now: number }, callMs: number, hungMs: number): Subject => {
  const subject = functionSubject((answer, example) => Math.max(exact(answer, example), loves(answer)));
  return {
    ...subject,
    capabilities: { ...subject.capabilities, batch: 16 },
    grade: async (calls, signal) => {
      const graded = await subject.grade(calls, signal);
      return graded.map((one, index) => {
        const hangs = String(calls[index]?.answer).includes('{');
        clock.now += hangs ? hungMs : callMs;
        return hangs ? { kind: 'fault', fault: { kind: 'hung', message: 'late' } } : one;
      });
    },
  };
};

const movedBy = (time: { now: number }): Clock => ({ ...manualClock(), nowMs: () => time.now });

test('a grader that hangs on some answers is attacked with the others, and estimated', async () => {
  const time = { now: 0 };
  const braces = Array.from({ length: 60 }, (_, index) => noWork(`brace-${index}`, [`{${index}`, `x {${index}`]));
  const { report } = await audit(
    optionsOf(slow(time, 1, 1_000), setOf(SUMS), {
      clock: movedBy(time),
      strategies: [...braces, ...TEXT_STRATEGIES],
      search: { queries: 0 },
    }),
  );
  // One crossing of 16 that hang may be under way at the end: this clock breaks nothing off.
  expect(time.now).toBeLessThan(60_000 + 16_000);
  expect(report.findings[0]).toMatchObject({ claim: 'false-pass' });
  expect(report.findings[0]?.fooled.n).toBeGreaterThan(0);
  expect(report.gameability?.mean).toBe(1);
  expect(report.graderFaults).toMatchObject([{ kind: 'hung' }]);
});

test('where the time for choosing is over, what had no turn is said', async () => {
  const time = { now: 0 };
  const { report } = await audit(
    optionsOf(slow(time, 100, 100), setOf(SUMS), {
      clock: movedBy(time),
      budget: { seconds: 20 },
      strategies: [...TEXT_STRATEGIES, ...many(200)],
      search: { queries: 0 },
    }),
  );
  const left = report.detail.warnings.find(({ code }) => code === 'strategies-left-out');
  expect(left?.text).toMatch(/^\d+ /);
  expect(report.detail.tried.length).toBeLessThan(200);
  expect(report.findings.some(({ claim }) => claim === 'false-pass')).toBe(true);
});

test('the first witness is made small though everything else has spent the budget', async () => {
  const subject = functionSubject((answer, example) => Math.max(exact(answer, example), loves(answer)));
  const { report } = await audit(
    optionsOf(subject, setOf(SUMS), { budget: { calls: 1_200 }, strategies: [...TEXT_STRATEGIES, ...many(60)] }),
  );
  expect(subject.asked.length).toBeLessThanOrEqual(1_200);
  expect(String(report.findings[0]?.witness.minimal)).toHaveLength(50);
});

test('where calls are dear each strategy has one before any has many, and what is left over is used', async () => {
  const judge = functionSubject(
    (answer, example) => (String(answer).startsWith('word 199') ? 1 : exact(answer, example)),
    {
      capabilities: { expensive: true },
    },
  );
  const { report } = await audit(
    optionsOf(judge, setOf(SUMS), { strategies: [...TEXT_STRATEGIES, ...many(200)], search: { queries: 0 } }),
  );
  expect(report.detail.warnings.map(({ code }) => code)).not.toContain('strategies-left-out');
  expect(report.findings[0]).toMatchObject({ claim: 'false-pass', strategy: 'w-199', fooled: { count: 12, n: 12 } });
  expect(report.detail.calls).toBeGreaterThan(430);
  expect(report.detail.calls).toBeLessThanOrEqual(500);
});

test('gameability is known though only attacks that use the answer work', async () => {
  const judge = functionSubject(
    (answer, { reference }) => String(answer).startsWith('Not ') && String(answer).endsWith(`${reference}`),
    { capabilities: { expensive: true } },
  );
  const right = SUMS.map((example) => ({ ...example, knownGood: [`Not ${example.reference}`] }));
  const spoils = (index: number): Strategy => ({
    ...noWork(`spoil-${index}`, []),
    kind: 'degrade',
    make: (good) => [{ variant: 'only', answer: String(good).replace(' ', ` ${'x'.repeat(index)} `) }],
  });
  const { report } = await audit(
    optionsOf(judge, setOf(right), {
      strategies: [...TEXT_STRATEGIES, ...Array.from({ length: 60 }, (_, index) => spoils(index + 1))],
      search: { queries: 0 },
    }),
  );
  expect(report.findings[0]).toMatchObject({ claim: 'false-pass' });
  expect(report.gameability?.mean).toBe(0);
});

const judgeThat = (passes: () => boolean | null): IntentJudge => ({
  name: 'reads the reply',
  basis: 'judged',
  judge: async (calls) =>
    calls.map(() => {
      const passed = passes();
      return passed === null
        ? { kind: 'unscored', side: 'grader', cause: 'it did not say' }
        : { kind: 'scored', value: Number(passed), passed, reason: 'x', evidence: [] };
    }),
  [Symbol.asyncDispose]: async () => {},
});

test.each([
  ['meets the intent by now is dead', true, 'dead'],
  ['fails the intent as before is alive', false, 'alive'],
  ['cannot be judged is alive', null, 'alive'],
] as const)('a false pass that the checker still lets pass and that %s', async (_, passed, now) => {
  const subject = functionSubject(loves);
  const options = optionsOf(subject, setOf(SUMS.slice(0, 8)), { search: { queries: 0 } });
  const before = await audit({ ...options, intent: judgeThat(() => false) });
  expect(before.report.findings[0]).toMatchObject({ claim: 'false-pass' });
  const { report } = await audit({ ...options, intent: judgeThat(() => passed), against: before });
  const claims = new Map(before.report.findings.map(({ id, claim }) => [id, claim]));
  const passes = report.detail.repair?.exploits.filter(({ id }) => claims.get(id) === 'false-pass') ?? [];
  expect(passes.length).toBeGreaterThan(0);
  expect(new Set(passes.map((one) => one.now))).toEqual(new Set([now]));
});

test('exploits are asked again before a small budget is spent', async () => {
  const options = optionsOf(functionSubject(loves), setOf(SUMS), { search: { queries: 0 } });
  const before = await audit(options);
  const { report } = await audit({ ...options, budget: { calls: 200 }, against: before });
  expect(report.detail.repair?.exploits.map(({ now }) => now)).not.toContain('fault');
});

test('an example without an answer from any strategy changes nothing', async () => {
  const { report } = await audit(
    optionsOf(
      functionSubject(exact, { capabilities: { expensive: true } }),
      setOf([exampleOf('a', { reference: '1', knownGood: ['1'] })]),
      { strategies: [noWork('silent', [])], search: { queries: 0 } },
    ),
  );
  expect(report.findings).toEqual([]);
});
