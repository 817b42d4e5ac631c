import { expect, test } from 'vitest';
import type { Example } from '../../example.ts';
import { type GradeCall, UNIT_SCALE } from '../../subject.ts';
import { recordedRows, recordedSubject } from './recorded.ts';

const example: Example = {
  id: 'e1',
  input: 'q',
  reference: null,
  knownGood: [],
  knownBad: [],
  options: null,
  items: null,
  workspace: null,
  fields: {},
};
const call = (answer: string, opponent: string | null = null, order: GradeCall['order'] = 'both'): GradeCall => ({
  example,
  answer,
  opponent,
  order,
});

const subjectOf = (...rows: readonly object[]) =>
  recordedSubject({
    spec: 'recorded:v.jsonl',
    rows: recordedRows(rows.map((row) => JSON.stringify(row)).join('\n'), 'v.jsonl'),
    scale: UNIT_SCALE,
  });

const scores = async (subject: ReturnType<typeof subjectOf>, ...calls: readonly GradeCall[]) =>
  (await subject.grade(calls)).map((graded) => (graded.kind === 'scored' ? graded.score : graded.fault.kind));

test('verdicts are found by content; what was not recorded was not asked; what is no score is named', async () => {
  const subject = subjectOf(
    { input: 'q', answer: 'a', score: 0.9, reason: 'good' },
    { input: 'q', answer: 'b', verdict: false },
    { input: 'q', answer: 'c', score: '0.9' },
    { input: 'other', answer: 'd', score: 1 },
  );
  expect(await scores(subject, call('a'), call('b'), call('c'), call('d'))).toEqual([
    0.9,
    0,
    'not-a-number',
    'not-asked',
  ]);
  expect(subject.record).toMatchObject({ kind: 'recorded', form: 'judge' });
});

test('a judge that wavered is seen to waver', async () => {
  const subject = subjectOf({ input: 'q', answer: 'a', score: 1 }, { input: 'q', answer: 'a', score: 0 });
  expect(await scores(subject, call('a'), call('a'), call('a'))).toEqual([1, 0, 1]);
});

test('a pair has a verdict for each order, and their mean for both', async () => {
  const subject = subjectOf(
    { input: 'q', answer: 'a', opponent: 'b', order: 'first', verdict: 'A' },
    { input: 'q', answer: 'a', opponent: 'b', order: 'second', verdict: 'A' },
    { input: 'q', answer: 'x', opponent: 'b', verdict: 'tie' },
    { input: 'q', answer: 'y', opponent: 'b', verdict: 'both were nice' },
  );
  expect(
    await scores(
      subject,
      call('a', 'b', 'first'),
      call('a', 'b', 'second'),
      call('a', 'b'),
      call('x', 'b'),
      call('y', 'b'),
    ),
  ).toEqual([1, 0, 0.5, 0.5, 'malformed']);
  expect(subject.record.form).toBe('pairwise');
});

test.each(['', '{"input": "q"}', '{"input": "q", "answer": "a"}', 'x'])('%j is refused', (text) => {
  expect(() => recordedRows(text, 'v.jsonl')).toThrow(/v\.jsonl/);
});
