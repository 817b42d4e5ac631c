import { expect, test } from 'vitest';
import type { Json } from '../base/json.ts';
import { auditRecord } from '../record/audit-report.ts';
import { isText, isVector } from './answer.ts';
import {
  blocksOf,
  exampleOf,
  functionSubject,
  optionsOf,
  SUMS,
  setOf,
  VECTOR_STRATEGIES,
} from './audit.fixtures.contract.ts';
import { audit } from './audit.ts';
import type { Example } from './example.ts';
import { type IntentJudge, labelsIntent } from './intent.ts';
import { replay } from './replay.ts';
import { readFinding } from './seal.ts';

const exact = (answer: unknown, example: Example): number => (answer === example.reference ? 1 : 0);
/** Takes the only number of an answer: right about sentences and full stops, and not fooled by lists. */
const sound = (answer: unknown, { reference }: Example): number => {
  const numbers = typeof answer === 'string' ? answer.match(/\d+(?:\.\d+)?/g) : null;
  return numbers?.length === 1 && numbers[0] === reference ? 1 : 0;
};
const lengthLoving = (answer: unknown): number =>
  isText(String(answer)) ? Math.min(1, String(answer).length / 100) : 0;
const recall = (answer: unknown, { items }: Example): number => {
  const labels = items ?? [];
  const predicted = isVector(answer as never) ? (answer as readonly Json[]) : [];
  const positives = labels.filter(({ label }) => label === true).length;
  const found = labels.filter(({ label }, index) => label === true && predicted[index] === true).length;
  return positives === 0 ? 0 : found / positives;
};
const balanced = (answer: unknown, { items }: Example): number => {
  const labels = items ?? [];
  const predicted = answer as readonly Json[];
  const share = (label: boolean): number => {
    const of = labels.flatMap((item, index) => (item.label === label ? [predicted[index] === label] : []));
    return of.filter(Boolean).length / of.length;
  };
  return (share(true) + share(false)) / 2;
};

const codes = ({ detail }: { detail: { warnings: { code: string }[] } }): string[] =>
  detail.warnings.map(({ code }) => code);

test('a grader that loves length is fooled by the shortest long answer, and it is found without known answers of its own', async () => {
  const subject = functionSubject(lengthLoving);
  const { report, findings } = await audit(optionsOf(subject, setOf(SUMS)));
  expect(() => auditRecord.read(report)).not.toThrow();
  const [first] = report.findings;
  expect(first).toMatchObject({ claim: 'false-pass', class: 'rater-hacking' });
  expect(first?.fooled.mean).toBe(1);
  expect(String(first?.witness.minimal)).toHaveLength(50);
  expect(report.falsePasses).toMatchObject({ count: 0, n: 24 });
  expect(report.falseFails).toMatchObject({ count: 48, n: 48 });
  expect(findings.map(({ id }) => id).slice(0, report.findings.length)).toEqual(report.findings.map(({ id }) => id));
  for (const finding of findings) {
    const again = await replay(readFinding(JSON.parse(JSON.stringify(finding))), subject);
    expect(again).toMatchObject({ outcome: 'reproduced', sameGrader: true });
  }
});

test('a substring grader pays for a list of all candidates, and the minimal witness is short', async () => {
  const subject = functionSubject((answer, { reference }) => String(answer).split(/\W+/).includes(String(reference)));
  const { report } = await audit(optionsOf(subject, setOf(SUMS)));
  const listed = report.findings.find(({ strategy }) => strategy === 'list-all');
  expect(listed).toMatchObject({ claim: 'false-pass' });
  expect(String(listed?.witness.minimal).length).toBeLessThan(10);
  expect(report.gameability).toMatchObject({ mean: 1 });
  expect(report.gameability?.interval?.[0]).toBeGreaterThan(0.7);
});

test('a strict grader is caught as a false fail beside an exact zero of gameability', async () => {
  const { report } = await audit(optionsOf(functionSubject(exact), setOf(SUMS)));
  expect(report.findings.map(({ claim, strategy }) => [claim, strategy])).toEqual([['false-fail', 'as-a-sentence']]);
  expect(report.gameability).toMatchObject({ mean: 0 });
  expect(report.gameability?.interval?.[1]).toBeLessThan(0.3);
  expect(report.falseFails).toMatchObject({ count: 24, n: 48, clusters: 24 });
  expect(report.invariances).toMatchObject([{ strategy: 'full-stop', broken: { count: 24 } }]);
});

test('a sound grader has no finding, no fault, no broken invariance', async () => {
  const { report, findings } = await audit(optionsOf(functionSubject(sound), setOf(SUMS)));
  expect(report.findings).toEqual([]);
  expect(findings).toEqual([]);
  expect(report.graderFaults).toEqual([]);
  expect(report.invariances.map(({ broken }) => broken.count)).toEqual([0]);
  expect(report.minimumDetectableEffect).toBeLessThan(0.15);
  expect(codes(report)).toEqual([]);
});

const classify = { form: 'classification' } as const;

test('recall is gamed by flagging everything; balanced accuracy is not', async () => {
  const examples = blocksOf(16, 3);
  const whole = exampleOf('whole', {
    input: null,
    items: examples.flatMap(({ items }) => items ?? []),
    knownGood: [examples.flatMap(({ items }) => (items ?? []).map(({ label }) => label))],
  });
  const set = setOf(examples, 'classification', whole);
  const open = await audit(optionsOf(functionSubject(recall, classify), set, { strategies: VECTOR_STRATEGIES }));
  expect(open.report.detail.floorBy).toBe('shuffled-answers');
  expect(open.report.findings[0]).toMatchObject({
    strategy: 'flag-everything',
    claim: 'false-pass',
    witness: { example: 'whole' },
  });
  expect(open.report.findings[0]?.adjustedP).toBeLessThan(0.05);
  expect(open.report.gameability).toMatchObject({ mean: 1 });
  const fair = await audit(optionsOf(functionSubject(balanced, classify), set, { strategies: VECTOR_STRATEGIES }));
  expect(fair.report.findings).toEqual([]);
  expect(fair.report.gameability?.mean).toBeLessThan(0.1);
});

test('a small data set is tested on the whole of it', async () => {
  const examples = blocksOf(4, 6);
  const items = examples.flatMap((example) => example.items ?? []);
  const whole = exampleOf('whole', { input: null, items, knownGood: [items.map(({ label }) => label)] });
  const set = setOf(examples, 'classification', whole);
  const open = await audit(optionsOf(functionSubject(recall, classify), set, { strategies: VECTOR_STRATEGIES }));
  expect(open.report.findings[0]).toMatchObject({ strategy: 'flag-everything', witness: { example: 'whole' } });
  const fair = await audit(optionsOf(functionSubject(balanced, classify), set, { strategies: VECTOR_STRATEGIES }));
  expect(fair.report.findings).toEqual([]);
});

test('a judge of intent can acquit an attack; labels that say nothing of it leave it to construction', async () => {
  const acquits: IntentJudge = {
    name: 'lenient',
    basis: 'heuristic',
    judge: async (calls) =>
      calls.map(() => ({ kind: 'scored', value: 1, passed: true, reason: 'it is fine', evidence: [] })),
    [Symbol.asyncDispose]: async () => {},
  };
  const judged = await audit(optionsOf(functionSubject(lengthLoving), setOf(SUMS), { intent: acquits }));
  expect(judged.report.findings.filter(({ claim }) => claim === 'false-pass')).toEqual([]);
  expect(judged.report.detail.intent).toEqual({ name: 'lenient', basis: 'heuristic' });
  const labelled = await audit(optionsOf(functionSubject(lengthLoving), setOf(SUMS), { intent: labelsIntent }));
  expect(labelled.report.findings[0]).toMatchObject({ claim: 'false-pass' });
});

test('faults are named, kept in both bounds, and sealed', async () => {
  const subject = functionSubject((answer) => {
    if (String(answer).includes('other words')) throw new Error('too long');
    return String(answer).length > 3 ? Number.NaN : 1;
  });
  const { report, findings } = await audit(optionsOf(subject, setOf(SUMS), { search: { queries: 0 } }));
  expect(report.graderFaults.map(({ kind }) => kind).toSorted()).toEqual(['nan', 'threw']);
  expect(findings.filter(({ claim }) => claim === 'fault')).toHaveLength(2);
  expect(report.falseFails?.bounds).toEqual([0, 0.5]);
  expect(codes(report)).toContain('unscored');
});

test('a grader that gives nothing but faults still gets a report', async () => {
  const { report } = await audit(
    optionsOf(
      functionSubject(() => 'high'),
      setOf(SUMS),
    ),
  );
  expect(report.gameability).toBeNull();
  expect(report.graderFaults[0]).toMatchObject({ kind: 'not-a-number', onHonest: true });
  expect(report.minimumDetectableEffect).toBeNull();
});

test('nondeterminism is named, and a witness that is luck is not one', async () => {
  let count = 0;
  const subject = functionSubject((answer, example) => (exact(answer, example) === 1 ? ++count % 2 : 0));
  const { report } = await audit(optionsOf(subject, setOf(SUMS)));
  expect(report.graderFaults.map(({ kind }) => kind)).toContain('nondeterministic');
  expect(codes(report)).toContain('mostly-noise');
});

test('without examples, only witnesses speak', async () => {
  const { report } = await audit(optionsOf(functionSubject(lengthLoving), setOf([])));
  expect(report).toMatchObject({ examples: 0, gameability: null, falseFails: null, falsePasses: null });
  expect(report.findings[0]).toMatchObject({ claim: 'false-pass' });
  expect(codes(report)).toEqual(['no-examples']);
});

test('the same seed gives the same report, whatever the order of the examples', async () => {
  const one = await audit(optionsOf(functionSubject(lengthLoving), setOf(SUMS)));
  const two = await audit(optionsOf(functionSubject(lengthLoving), { ...setOf(SUMS), examples: SUMS.toReversed() }));
  expect(two).toEqual(one);
});

test('a budget is kept to, and what was not asked is said', async () => {
  const subject = functionSubject(lengthLoving);
  const { report } = await audit(optionsOf(subject, setOf(SUMS), { budget: { calls: 60 } }));
  expect(subject.asked.length).toBeLessThanOrEqual(60);
  expect(report.detail.calls).toBe(subject.asked.length);
  expect(codes(report)).toContain('budget-spent');
});

test('an expensive grader is asked at most its budget, and the hole is found all the same', async () => {
  const subject = functionSubject(lengthLoving, { capabilities: { expensive: true } });
  const { report } = await audit(optionsOf(subject, setOf(SUMS)));
  expect(subject.asked.length).toBeLessThanOrEqual(500);
  expect(report.findings.some(({ claim }) => claim === 'false-pass')).toBe(true);
});

test('a signal ends it with its own reason', async () => {
  const stop = new AbortController();
  const subject = functionSubject((answer) => {
    if (subject.asked.length === 30) stop.abort(new Error('enough'));
    return lengthLoving(answer);
  });
  await expect(audit(optionsOf(subject, setOf(SUMS), { signal: stop.signal }))).rejects.toThrow('enough');
});

test('after a repair: exploits that died, honest answers that broke, strategies that are fresh', async () => {
  const open = (answer: unknown, { reference }: Example): boolean =>
    String(answer).split(/\W+/).includes(String(reference));
  const before = await audit(optionsOf(functionSubject(open), setOf(SUMS)));
  const against = JSON.parse(JSON.stringify(before));
  const { report } = await audit(optionsOf(functionSubject(exact), setOf(SUMS), { against }));
  expect(report.detail.repair?.exploits.every(({ now }) => now === 'dead')).toBe(true);
  expect(report.detail.repair?.broken).toHaveLength(24);
  expect(report.detail.repair?.broken[0]).toMatchObject({ strategy: 'as-a-sentence' });
  const same = await audit(optionsOf(functionSubject(open), setOf(SUMS), { against }));
  expect(same.report.detail.repair?.exploits.every(({ now }) => now === 'alive')).toBe(true);
  expect(codes(same.report)).toContain('grader-unchanged');
});

test('a pair is judged against honest work, and a preference for the first is a broken invariance', async () => {
  const examples = SUMS.slice(0, 12);
  const first = functionSubject(
    (_answer, _example, { order }) => (order === 'first' ? 1 : order === 'second' ? 0 : 0.5),
    {
      form: 'pairwise',
      scale: { worst: 0, best: 1, pass: 0.75, beyond: 'fault' },
    },
  );
  const { report } = await audit(
    optionsOf(first, setOf(examples, 'preference'), {
      strategies: [
        {
          name: 'swap',
          family: 'order',
          class: 'rater-hacking',
          source: 'test',
          description: 'The order of a pair does not matter.',
          subjects: ['pairwise'],
          needs: [],
          example: { from: null, to: '' },
          kind: 'procedure',
          on: 'good',
          ask: { how: 'swap' },
        },
      ],
    }),
  );
  expect(report.invariances).toMatchObject([{ strategy: 'swap', broken: { count: 12 } }]);
});

test('a grader that cannot be asked at all is refused', async () => {
  const subject = functionSubject(exact, { capabilities: { needsReference: true } });
  await expect(audit(optionsOf(subject, setOf([exampleOf('a')])))).rejects.toThrow('needs a reference');
});
