import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { blocksOf, exampleOf, SUMS, setOf } from './audit.fixtures.contract.ts';
import { type LiveGrader, liveSubject } from './live.ts';
import { type Behaviour, describeSubject } from './subject.contract.ts';
import { DEFAULT_SUBJECT_OPTIONS, type GradeCall } from './subject.ts';

const NEVER: Readonly<Record<Exclude<Behaviour, 'length' | 'reference'>, ((asked: number) => unknown) | null>> = {
  throws: () => {
    throw new Error('on purpose');
  },
  hangs: () => new Promise(() => {}),
  nan: () => Number.NaN,
  infinite: () => 1 / 0,
  text: () => '0.9',
  nothing: () => undefined,
  'out-of-range': () => 1.5,
  nondeterministic: (asked) => (asked % 10) / 10,
  // What only a process of its own is safe from.
  exits: null,
  floods: null,
  writes: null,
};

const graderOf = (behaviour: Behaviour): LiveGrader | null => {
  if (behaviour === 'reference') return (answer: string, reference: string) => answer === reference;
  const plain = (answer: string): number => Math.min(1, answer.length / 10);
  if (behaviour === 'length') return plain;
  const misdeed = NEVER[behaviour];
  if (misdeed === null) return null;
  let asked = 0;
  return (answer: string) => {
    asked += 1;
    return answer.includes('!!') ? misdeed(asked) : plain(answer);
  };
};

describeSubject('live function', (behaviour, { timeoutMs }) => {
  const grader = graderOf(behaviour);
  return grader === null
    ? null
    : Promise.resolve(liveSubject(grader, { ...DEFAULT_SUBJECT_OPTIONS, timeoutMs }, setOf(SUMS)));
});

const call = (answer: GradeCall['answer'], example = exampleOf('a', { reference: 'yes' })): GradeCall => ({
  example,
  answer,
  opponent: null,
  order: 'both',
});

describe('how arguments are handed over', () => {
  test('by name, whatever the order', async () => {
    const subject = liveSubject(
      (expected: string, actual: string) => (actual === `${expected}!` ? 1 : 0),
      DEFAULT_SUBJECT_OPTIONS,
      setOf(SUMS),
    );
    expect(await subject.grade([call('yes!')])).toMatchObject([{ score: 1 }]);
  });

  test('as one object', async () => {
    const subject = liveSubject(
      async ({ output, expected }: { output: string; expected: string }) => {
        await wait(1);
        return { score: output === expected ? 1 : 0, reason: 'compared' };
      },
      DEFAULT_SUBJECT_OPTIONS,
      setOf(SUMS),
    );
    expect(await subject.grade([call('yes'), call('no')])).toMatchObject([
      { score: 1, reason: 'compared' },
      { score: 0 },
    ]);
  });

  test('predictions and labels of a data set', async () => {
    const examples = blocksOf(4, 3);
    const set = setOf(examples, 'classification');
    const subject = liveSubject(
      (predictions: readonly unknown[], labels: readonly unknown[]) =>
        labels.filter((label, index) => label === predictions[index]).length / labels.length,
      DEFAULT_SUBJECT_OPTIONS,
      set,
    );
    const [example] = examples;
    expect(subject.record.form).toBe('classification');
    expect(
      await subject.grade([
        call(
          Array.from({ length: 10 }, () => true),
          example,
        ),
      ]),
    ).toMatchObject([{ score: 0.3 }]);
  });

  test('pairs in both orders', async () => {
    const subject = liveSubject(
      (answer: string, opponent: string) => (answer.length > opponent.length ? 1 : 0),
      DEFAULT_SUBJECT_OPTIONS,
      setOf(SUMS, 'preference'),
    );
    expect(subject.record).toMatchObject({ form: 'pairwise', scale: { pass: 0.75 } });
    const pair = { ...call('longer'), opponent: 'short' };
    expect(await subject.grade([pair, { ...pair, order: 'second' }])).toMatchObject([
      { score: 1, passed: true },
      { score: 1 },
    ]);
  });

  test('what it does to its arguments does not reach the next call', async () => {
    const subject = liveSubject(
      ({ items }: { items: unknown[] }) => {
        const before = items.length;
        items.pop();
        return before / 10;
      },
      { ...DEFAULT_SUBJECT_OPTIONS, form: 'classification' },
      setOf(blocksOf(2, 3), 'classification'),
    );
    const [example] = blocksOf(2, 3);
    const asked = call([], example);
    expect(await subject.grade([asked, asked])).toMatchObject([{ score: 1 }, { score: 1 }]);
  });
});
