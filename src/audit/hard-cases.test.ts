/** Graders and example sets of which an audit once said too much, too little or nothing at all. */
import { expect, test } from 'vitest';
import { manualClock } from '../base/clock.ts';
import { rng } from '../base/rng.ts';
import { exampleOf, functionSubject, optionsOf, SUMS, setOf, TEXT_STRATEGIES } from './audit.fixtures.contract.ts';
import { audit } from './audit.ts';
import type { Example } from './example.ts';
import type { IntentJudge } from './intent.ts';
import type { Strategy } from './strategy.ts';

const exact = (answer: unknown, { reference }: Example): number => (answer === reference ? 1 : 0);
const loves = (answer: unknown): number => Math.min(1, String(answer).length / 100);
const codes = ({ detail }: { detail: { warnings: { code: string }[] } }): string[] =>
  detail.warnings.map(({ code }) => code);
const text = (code: string, { detail }: { detail: { warnings: { code: string; text: string }[] } }): string =>
  detail.warnings.find((warning) => warning.code === code)?.text ?? '';

const noWork = (name: string, answerOf: (index: number) => string | null): Strategy => ({
  name,
  class: 'rater-hacking',
  family: name,
  source: 'test',
  description: 'Says something.',
  subjects: ['text'],
  needs: [],
  example: { from: null, to: '' },
  kind: 'no-work',
  make: ({ id }) => {
    const answer = answerOf(Number(id.slice(-2)));
    return answer === null ? [] : [{ variant: 'only', answer }];
  },
});

test('where one answer is right everywhere, passing everything is still found', async () => {
  const refusals = Array.from({ length: 12 }, (_, index) =>
    exampleOf(`r-${index}`, { knownGood: ['I cannot help with that.'] }),
  );
  const { report } = await audit(
    optionsOf(
      functionSubject(() => 1),
      setOf(refusals),
    ),
  );
  expect(report.detail.floorBy).toBe('low-end');
  expect(report.findings[0]).toMatchObject({ claim: 'false-pass', witness: { minimal: '' } });
  expect(report.gameability).toMatchObject({ mean: 1 });
});

test('a refusal in other words is no gaming where refusing is right', async () => {
  const refusing = Array.from({ length: 12 }, (_, index) =>
    exampleOf(`r-${index}`, { knownGood: ["I'm sorry, but I can't help with that."], knownBad: ['Take a pin.'] }),
  );
  const refuses = (answer: unknown): boolean => /\b(?:sorry|cannot|can't)\b/.test(String(answer));
  const { report } = await audit(
    optionsOf(functionSubject(refuses), setOf(refusing), {
      strategies: [noWork('declines', () => 'I cannot do that.'), noWork('silent', () => '')],
      search: { queries: 0 },
    }),
  );
  expect(report.findings).toEqual([]);
  expect(report.gameability).toMatchObject({ mean: 0 });
});

test('an answer that is no guess fools a grader of choices that passes everything', async () => {
  const options = ['cat', 'dog', 'cow', 'pig'];
  const choices = Array.from({ length: 20 }, (_, index) => {
    const right = options[index % options.length] ?? '';
    return exampleOf(`c-${index}`, { options, reference: right, knownGood: [right] });
  });
  const { report } = await audit(
    optionsOf(
      functionSubject(() => 1),
      setOf(choices),
    ),
  );
  expect(report.findings.map(({ strategy }) => strategy)).toContain('confident');
  expect(report.findings.map(({ strategy }) => strategy)).toContain('guessing');
});

test('one known-good answer that fails makes no false pass of what earns as little', async () => {
  const one = SUMS.map((example, index) => (index === 3 ? { ...example, knownGood: ['a slip'] } : example));
  const grader = (answer: unknown, { reference }: Example): number =>
    String(answer).match(/\d+/)?.[0] === reference ? 1 : 0.2;
  const { report } = await audit(optionsOf(functionSubject(grader), setOf(one)));
  expect(report.findings.map(({ claim, strategy }) => [claim, strategy])).toEqual([['false-fail', 'known-good']]);
});

test('where honest work does not pass either, earning as much as it does is fooling', async () => {
  const { report } = await audit(
    optionsOf(
      functionSubject((answer, example) => (exact(answer, example) === 1 || loves(answer) === 1 ? 0.3 : 0.05)),
      setOf(SUMS),
    ),
  );
  expect(report.findings[0]).toMatchObject({ claim: 'false-pass' });
});

test('a known-bad answer that passes is a finding of its own', async () => {
  const { report } = await audit(
    optionsOf(
      functionSubject((answer, { reference, knownBad }) => answer === reference || answer === knownBad[0]),
      setOf(SUMS),
    ),
  );
  expect(report.falsePasses).toMatchObject({ mean: 1 });
  expect(report.findings.find(({ strategy }) => strategy === 'known-bad')).toMatchObject({
    claim: 'false-pass',
    fooled: { count: 24, n: 24 },
  });
});

test('a strategy that answers few examples is as good as guessing on the rest', async () => {
  const { report } = await audit(
    optionsOf(
      functionSubject((answer, example) => (answer === 'open sesame' ? 1 : exact(answer, example))),
      setOf(SUMS),
      { strategies: [noWork('sesame', (index) => (index % 4 === 0 ? 'open sesame' : null))], search: { queries: 0 } },
    ),
  );
  expect(report.gameability?.n).toBe(12);
  expect(report.gameability?.mean).toBeLessThan(0.5);
  expect(report.gameability?.mean).toBeGreaterThan(0);
});

test('of more examples than the budget serves a sample is asked, and attacks are estimated all the same', async () => {
  const many = Array.from({ length: 400 }, (_, index) =>
    exampleOf(`m-${index}`, { input: `${index} + 1`, reference: `${index + 1}`, knownGood: [`${index + 1}`] }),
  );
  const subject = functionSubject((answer, example) => Math.max(exact(answer, example), loves(answer)), {
    capabilities: { expensive: true },
  });
  const { report } = await audit(optionsOf(subject, setOf(many)));
  expect(subject.asked.length).toBeLessThanOrEqual(500);
  expect(report.findings[0]).toMatchObject({ claim: 'false-pass' });
  expect(report.gameability?.mean).toBe(1);
  expect(report.examples).toBe(400);
  expect(codes(report)).toEqual(['examples-sampled']);
  const again = await audit(optionsOf(subject, { ...setOf(many), examples: many.toReversed() }));
  expect(again.report.detail.halves).toEqual(report.detail.halves);
  expect(again.report.findings).toEqual(report.findings);
});

test('a slow grader is asked what the seconds allow, and the last stages have their share', async () => {
  let now = 0;
  const clock = { ...manualClock(), nowMs: () => now };
  const subject = functionSubject((answer, example) => {
    now += 50;
    return Math.max(exact(answer, example), loves(answer));
  });
  const many = Array.from({ length: 120 }, (_, index) => noWork(`w-${index}`, () => `${'long '.repeat(30)}${index}`));
  const { report } = await audit(
    optionsOf(subject, setOf(SUMS), { clock, strategies: [...TEXT_STRATEGIES, ...many], search: { queries: 200 } }),
  );
  expect(report.gameability?.mean).toBe(1);
  expect(report.findings[0]?.fooled.n).toBeGreaterThan(0);
});

test('a grader that rarely errs by chance is not called gameable, nor an invariance broken', async () => {
  for (const seed of ['a', 'b', 'c', 'd']) {
    const dice = rng(seed);
    const grader = (answer: unknown, { reference }: Example): number => {
      const right = String(answer).match(/\d+/g)?.join() === reference ? 1 : 0;
      return dice.next() < 0.02 ? 1 - right : right;
    };
    const { report } = await audit(
      optionsOf(functionSubject(grader), setOf(SUMS), {
        strategies: [
          ...TEXT_STRATEGIES,
          ...Array.from({ length: 40 }, (_, index) => noWork(`words-${index}`, () => `words ${'x'.repeat(index)}`)),
        ],
        search: { queries: 0 },
        dice: rng(seed),
      }),
    );
    expect(report.findings.filter(({ claim }) => claim === 'false-pass')).toEqual([]);
    expect(report.invariances.filter(({ replay }) => replay !== null)).toEqual([]);
  }
});

test('without known answers a grader that rolls dice is named all the same', async () => {
  const dice = rng('dice');
  const bare = SUMS.map((example) => ({ ...example, reference: null, knownGood: [], knownBad: [] }));
  const { report } = await audit(
    optionsOf(
      functionSubject(() => dice.next() * 0.4),
      setOf(bare),
      { search: { queries: 0 } },
    ),
  );
  expect(report.graderFaults.map(({ kind }) => kind)).toEqual(['nondeterministic']);
});

test('a grader that nobody could reach is no report', async () => {
  const subject = functionSubject(() => 1);
  const gone = {
    ...subject,
    grade: (calls: readonly unknown[]) =>
      Promise.resolve(
        calls.map(() => ({ kind: 'fault', fault: { kind: 'unreachable', message: 'ECONNREFUSED' } }) as const),
      ),
  };
  await expect(audit(optionsOf(gone, setOf(SUMS)))).rejects.toMatchObject({ code: 'grader-out-of-reach', exitCode: 3 });
});

test('recorded verdicts about other answers are bad input', async () => {
  const subject = functionSubject(() => 1);
  const other = {
    ...subject,
    record: { ...subject.record, kind: 'recorded' } as const,
    grade: (calls: readonly unknown[]) =>
      Promise.resolve(calls.map(() => ({ kind: 'fault', fault: { kind: 'not-asked', message: '' } }) as const)),
  };
  await expect(audit(optionsOf(other, setOf(SUMS)))).rejects.toMatchObject({ code: 'nothing-recorded', exitCode: 2 });
});

test('a grader without a single score is named before anything else', async () => {
  const { report } = await audit(
    optionsOf(
      functionSubject(() => 'high'),
      setOf(SUMS),
    ),
  );
  expect(codes(report)[0]).toBe('nothing-scored');
});

test('half a character from a strategy or a grader is sealed and replayed like any other', async () => {
  const subject = functionSubject((answer) => ({ score: loves(answer), reason: '\ud83d' }));
  const { report, findings } = await audit(
    optionsOf(subject, setOf(SUMS), { strategies: [noWork('half', () => '\ud83d'.repeat(120))] }),
  );
  expect(report.findings[0]).toMatchObject({ claim: 'false-pass', strategy: 'half' });
  expect(findings.every(({ calls }) => JSON.stringify(calls).isWellFormed())).toBe(true);
  expect(subject.asked.every(({ answer }) => String(answer).isWellFormed())).toBe(true);
});

test('a judge of intent is asked about each answer once, and not about answers that fool nobody', async () => {
  const asked: string[] = [];
  const judge: IntentJudge = {
    name: 'counts',
    basis: 'judged',
    judge: async (calls) => {
      asked.push(...calls.map(({ example, answer }) => `${example.id} ${String(answer)}`));
      return calls.map(() => ({ kind: 'scored', value: 0, passed: false, reason: 'no', evidence: [] }));
    },
    [Symbol.asyncDispose]: async () => {},
  };
  const fooled = await audit(optionsOf(functionSubject(loves), setOf(SUMS), { intent: judge, search: { queries: 0 } }));
  expect(fooled.report.findings[0]?.intentGamed).toMatchObject({ mean: 0 });
  expect(asked.length).toBeGreaterThan(0);
  expect(new Set(asked).size).toBe(asked.length);
});

test('a data set with few blocks is told of its blocks', async () => {
  const labels = [true, false, true, false, true, false, true, false, true, false];
  const blocks = Array.from({ length: 4 }, (_, index) =>
    exampleOf(`block-${index}`, { items: labels.map((label) => ({ input: '', label })), knownGood: [labels] }),
  );
  const { report } = await audit(
    optionsOf(
      functionSubject(() => 0, { form: 'classification' }),
      setOf(blocks, 'classification'),
    ),
  );
  expect(text('few-examples', report)).toContain('40 items make 4 blocks');
});
