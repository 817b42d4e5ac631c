import { expect, test } from 'vitest';
import { systemClock } from '../../../base/clock.ts';
import type { Graded } from '../../../record/audit.ts';
import type { Example } from '../../example.ts';
import { DEFAULT_SUBJECT_OPTIONS, type GradeCall } from '../../subject.ts';
import { type FakeJudge, fakeJudge, sectionOf } from './fake-judge.contract.ts';
import { type JudgeSubject, judgeSubject } from './judge.ts';
import { type JudgeForm, rubricOf } from './rubric.ts';

const example: Example = {
  id: 'e1',
  input: 'What is 6 times 7?',
  reference: '42',
  knownGood: ['42'],
  knownBad: ['41'],
  options: null,
  items: null,
  workspace: null,
  fields: { topic: 'sums' },
};

const call = (answer: string, more: Partial<GradeCall> = {}): GradeCall => ({
  example,
  answer,
  opponent: null,
  order: 'both',
  ...more,
});

const opened = (fake: FakeJudge, text: string, form: JudgeForm = 'single', timeoutMs?: number): JudgeSubject =>
  judgeSubject({
    spec: `judge:rubric.md@openai-compatible:fake@${fake.url}`,
    form,
    rubric: rubricOf(text, form, 'rubric.md'),
    model: fake.open(),
    scale: null,
    timeoutMs: timeoutMs ?? DEFAULT_SUBJECT_OPTIONS.timeoutMs,
    clock: systemClock,
  });

const faultOf = (graded: Graded | undefined): string =>
  graded?.kind === 'fault' ? graded.fault.kind : `scored ${graded?.score}`;

test('a rubric without placeholders is followed by a plain template, and scores are from 1 to 10', async () => {
  await using fake = await fakeJudge(({ user }) => (sectionOf(user, 'Answer') === '42' ? 'score: 9' : 'score: 2'));
  await using judge = opened(fake, 'Correct answers get much, others little.');
  const [good, bad] = await judge.grade([call('42'), call('41')]);
  expect(good).toMatchObject({ score: 9, passed: true, reason: 'score: 9' });
  expect(bad).toMatchObject({ score: 2, passed: false });
  expect(judge.record).toMatchObject({ kind: 'judge', form: 'judge', scale: { worst: 1, best: 10, pass: 5.5 } });
  expect(judge.capabilities).toMatchObject({ expensive: true, published: 'Correct answers get much, others little.' });
});

test('placeholders are filled once: those of an answer stay text', async () => {
  await using fake = await fakeJudge(() => '0.5');
  await using judge = opened(fake, 'Topic {{topic}}. Q: {{ input }} R: {{reference}} A: {{{output}}}');
  await judge.grade([call('{{reference}} {{input}}')]);
  expect(fake.asked[0]?.user).toBe('Topic sums. Q: What is 6 times 7? R: 42 A: {{reference}} {{input}}');
});

test('refusals, filters, prose, silence and lost servers are told apart, and neighbours are graded', async () => {
  const says: Readonly<Record<string, Parameters<typeof fakeJudge>[0]>> = {
    declines: () => "I'm sorry, but I can't rate this.",
    filter: () => ({ finish: 'content_filter', text: '' }),
    prose: () => 'A fine answer, truly.',
    cut: () => ({ finish: 'length', text: 'Let me think about' }),
    far: () => 'score: 11',
    refused: () => ({ status: 400 }),
    broken: () => ({ status: 500 }),
    gone: () => 'hang-up',
    good: () => 'score: 10',
  };
  await using fake = await fakeJudge((asked, nth) => says[sectionOf(asked.user, 'Answer')]?.(asked, nth) ?? '');
  await using judge = opened(fake, 'Rate it.');
  const names = Object.keys(says);
  const graded = await judge.grade(names.map((name) => call(name)));
  expect(Object.fromEntries(names.map((name, index) => [name, faultOf(graded[index])]))).toEqual({
    declines: 'refused',
    filter: 'refused',
    prose: 'malformed',
    cut: 'limit',
    far: 'out-of-range',
    refused: 'http-status',
    broken: 'unreachable',
    gone: 'unreachable',
    good: 'scored 10',
  });
});

test('a judge that takes too long is hung', async () => {
  await using fake = await fakeJudge(() => ({ waitMs: 5_000, text: 'score: 3' }));
  await using judge = opened(fake, 'Rate it.', 'single', 300);
  expect(faultOf((await judge.grade([call('x')]))[0])).toBe('hung');
});

test('the signal ends it with its reason', async () => {
  await using fake = await fakeJudge(() => ({ waitMs: 5_000, text: 'score: 3' }));
  await using judge = opened(fake, 'Rate it.');
  const stop = new AbortController();
  const grading = judge.grade([call('x')], stop.signal);
  stop.abort(new Error('enough'));
  await expect(grading).rejects.toThrow('enough');
});

test('a bad key is asked about once and not for each call', async () => {
  await using fake = await fakeJudge(() => ({ status: 401 }));
  await using judge = opened(fake, 'Rate it.');
  await judge.grade([call('a')]);
  const graded = await judge.grade(Array.from({ length: 10 }, (_, index) => call(`later ${index}`)));
  expect(graded.map(faultOf)).toEqual(Array.from({ length: 10 }, () => 'unreachable'));
  expect(fake.asked).toHaveLength(1);
});

test('a pair is asked in both orders: a judge that prefers the better answer is not swayed', async () => {
  const better = (text: string): boolean => text.includes('42');
  await using fake = await fakeJudge(({ user }) => {
    const [a, b] = [better(sectionOf(user, 'Answer A')), better(sectionOf(user, 'Answer B'))];
    return a === b ? '[[C]]' : a ? '[[A]]' : '[[B]]';
  });
  await using judge = opened(fake, 'Which is right?', 'pairwise');
  const [win, loss, tie] = await judge.grade([
    call('42', { opponent: '41' }),
    call('41', { opponent: '42' }),
    call('41', { opponent: '40' }),
  ]);
  expect(win).toMatchObject({ score: 1, passed: true });
  expect(loss).toMatchObject({ score: 0, passed: false });
  expect(tie).toMatchObject({ score: 0.5, passed: false });
  expect(fake.asked).toHaveLength(6);
});

test('a judge with position bias gives one half in both orders, and shows its bias in one', async () => {
  await using fake = await fakeJudge(() => 'Both are fine. My verdict: [[A]]');
  await using judge = opened(fake, 'Which is right?', 'pairwise');
  const graded = await judge.grade([
    call('x', { opponent: 'y' }),
    call('x', { opponent: 'y', order: 'first' }),
    call('x', { opponent: 'y', order: 'second' }),
  ]);
  expect(graded.map((one) => (one.kind === 'scored' ? one.score : null))).toEqual([0.5, 1, 0]);
});

test('a pair of which one order failed has no score', async () => {
  await using fake = await fakeJudge((_, nth) => (nth === 0 ? '[[A]]' : 'no idea'));
  await using judge = opened(fake, 'Which is right?', 'pairwise');
  expect(faultOf((await judge.grade([call('x', { opponent: 'y' })]))[0])).toBe('malformed');
});

test('at temperature 0 a repeat has the same seed, above it and without one another', async () => {
  await using fake = await fakeJudge(() => 'score: 5');
  await using still = opened(fake, 'Rate it.');
  await using drawn = opened(fake, '---\ntemperature: 1\n---\nRate it.');
  await using own = opened(fake, '---\ntemperature: none\n---\nRate it.');
  for (const judge of [still, drawn, own]) for (let times = 0; times < 2; times++) await judge.grade([call('x')]);
  expect(fake.asked.map(({ temperature }) => temperature)).toEqual([0, 0, 1, 1, null, null]);
  const seeds = fake.asked.map(({ seed }) => seed);
  expect(seeds[0]).toBe(seeds[1]);
  expect(seeds[2]).not.toBe(seeds[3]);
  expect(seeds[4]).not.toBe(seeds[5]);
  expect([still, drawn, own].map(({ capabilities }) => capabilities.sampled)).toEqual([false, true, true]);
});

test('how a reply is read is the rubric author’s choice: first match is a hole that can be shown', async () => {
  const reply = 'The answer says "score: 10". That is no reason. score: 1';
  await using fake = await fakeJudge(() => reply);
  await using first = opened(fake, '---\nscale: 0-10\nverdict: number\nparse: first\n---\nRate {{output}}');
  await using last = opened(fake, '---\nscale: 0-10\nverdict: number\n---\nRate {{output}}');
  await using only = opened(fake, '---\nscale: 0-10\nverdict: number\nparse: only\n---\nRate {{output}}');
  const scores = [];
  for (const judge of [first, last, only]) scores.push(faultOf((await judge.grade([call('x')]))[0]));
  expect(scores).toEqual(['scored 10', 'scored 1', 'malformed']);
});

test('what a judge cannot be asked is not asked', async () => {
  await using fake = await fakeJudge(() => 'score: 5');
  await using judge = opened(fake, 'Is {{output}} the same as {{reference}}?', 'reference');
  const [vector, bare] = await judge.grade([
    { ...call('x'), answer: [1, 0] },
    { ...call('x'), example: { ...example, reference: null } },
  ]);
  expect([faultOf(vector), faultOf(bare)]).toEqual(['not-asked', 'not-asked']);
  expect(judge.capabilities.needsReference).toBe(true);
  expect(fake.asked).toHaveLength(0);
});
