import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Graded } from '../record/audit.ts';
import type { Finding, WitnessCall } from '../record/audit-finding.ts';
import type { Outcome } from '../record/verdict.ts';
import { exampleOf, functionSubject } from './audit.fixtures.contract.ts';
import type { IntentJudge } from './intent.ts';
import { recordable, restored } from './recordable.ts';
import { outcomeOf, replay } from './replay.ts';
import { readFinding, seal } from './seal.ts';

const scored = (score: number): Graded => ({ kind: 'scored', score, passed: score >= 0.5, reason: null });
const threw: Graded = { kind: 'fault', fault: { kind: 'threw', message: 'no' } };
const call = (role: WitnessCall['role'], answer: string, graded: Graded): WitnessCall => ({
  role,
  answer,
  opponent: null,
  order: 'both',
  graded,
  intent: null,
});

const subject = functionSubject((answer) => Math.min(1, String(answer).length / 10), { version: 'v1' });
const sealed = (claim: Finding['claim'], calls: readonly WitnessCall[], input: string = 'q'): Finding =>
  seal({
    subterfuge: '0',
    seed: '1',
    subject: subject.record,
    claim,
    strategy: 'long',
    class: 'rater-hacking',
    variant: 'only',
    because: 'By construction.',
    example: exampleOf('a', { input }),
    calls: [...calls],
  });

const json = fc.json({ maxDepth: 2 }).map((text): unknown => JSON.parse(text));

test('a finding is read as it was sealed, from any text that JSON can hold', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (answer, input) => {
      const finding = sealed('false-pass', [call('found', answer, scored(1))], input);
      expect(readFinding(JSON.parse(JSON.stringify(finding)))).toEqual(finding);
      expect(finding.id).toBe(finding.seal.slice(0, 12));
    }),
    { numRuns: 50 },
  );
});

test('a finding that was changed anywhere is refused', () => {
  const finding = sealed('false-pass', [call('found', 'long answer', scored(1))]);
  fc.assert(
    fc.property(
      fc.constantFrom('seed', 'strategy', 'variant', 'because', 'id', 'seal', 'example', 'calls'),
      json,
      (key, value) => {
        const text = JSON.stringify({ ...finding, [key]: value });
        fc.pre(text !== JSON.stringify(finding));
        expect(() => readFinding(JSON.parse(text))).toThrow(/changed after it was sealed|damaged/);
      },
    ),
    { numRuns: 60 },
  );
  const forged = { ...finding, calls: [call('found', 'another', scored(1))] };
  expect(() => readFinding(forged)).toThrow('changed after it was sealed');
});

test('replay says what became of a false pass', async () => {
  const finding = sealed('false-pass', [
    call('found', 'a long answer', scored(1)),
    call('minimal', 'aaaaa', scored(0.5)),
  ]);
  expect(await replay(finding, subject)).toMatchObject({ outcome: 'reproduced', sameGrader: true });
  const fixed = functionSubject(() => 0, { version: 'v2' });
  expect(await replay(finding, fixed)).toMatchObject({ outcome: 'died', sameGrader: false });
  const broken = functionSubject(() => {
    throw new Error('no');
  });
  expect(await replay(finding, broken, { repeats: 3 })).toMatchObject({ outcome: 'fault' });
});

test('the minimal answer decides, and the majority of repeats', async () => {
  const finding = sealed('false-pass', [
    call('found', 'a long answer', scored(1)),
    call('minimal', 'aaaaa', scored(0.5)),
  ]);
  const onlyLong = functionSubject((answer) => (String(answer).length > 6 ? 1 : 0));
  expect((await replay(finding, onlyLong)).outcome).toBe('died');
  let count = 0;
  const mostly = functionSubject((answer) => (answer === 'aaaaa' && ++count % 3 !== 0 ? 1 : 0));
  expect((await replay(finding, mostly, { repeats: 3 })).outcome).toBe('reproduced');
});

test('the calls shown are of a round that came out as most did', async () => {
  const finding = sealed('false-pass', [call('found', 'aaaaa', scored(1))]);
  let count = 0;
  const lateThenAlways = functionSubject(() => (count++ === 0 ? 0 : 1));
  const { outcome, calls } = await replay(finding, lateThenAlways, { repeats: 3 });
  expect(outcome).toBe('reproduced');
  expect(calls).toMatchObject([{ now: { score: 1 } }]);
});

const judgeThat = (outcome: Outcome): IntentJudge => ({
  name: 'fixed',
  basis: 'exact',
  judge: (calls) => Promise.resolve(calls.map(() => outcome)),
  [Symbol.asyncDispose]: () => Promise.resolve(),
});

const judged = (passed: boolean): Outcome => ({
  kind: 'scored',
  value: Number(passed),
  passed,
  reason: '',
  evidence: [],
});

test('what passes and is judged to meet the intent by now fools nobody any more', async () => {
  const finding = sealed('false-pass', [call('found', 'a long answer', scored(1))]);
  const outcomeWith = async (intent: IntentJudge | null): Promise<unknown> => {
    const { outcome, meetsIntent } = await replay(finding, subject, { intent });
    return [outcome, meetsIntent];
  };
  expect(await outcomeWith(null)).toEqual(['reproduced', null]);
  expect(await outcomeWith(judgeThat(judged(false)))).toEqual(['reproduced', false]);
  expect(await outcomeWith(judgeThat(judged(true)))).toEqual(['died', true]);
  const undecided = judgeThat({ kind: 'unscored', side: 'grader', cause: 'cannot say' });
  expect(await outcomeWith(undecided)).toEqual(['reproduced', false]);
  const fails = sealed('false-fail', [call('found', 'x', scored(0))]);
  const { outcome } = await replay(fails, subject, { intent: judgeThat(judged(true)) });
  expect(outcome).toBe('reproduced');
});

test.each([
  ['a false fail that passes now', 'false-fail', [call('found', 'x', scored(0))], [scored(1)], 'died'],
  ['a false fail that still fails', 'false-fail', [call('found', 'x', scored(0))], [scored(0.2)], 'reproduced'],
  [
    'an attack as good as honest work',
    'false-pass',
    [call('honest', 'h', scored(0.3)), call('found', 'x', scored(0.3))],
    [scored(0.4), scored(0.4)],
    'reproduced',
  ],
  [
    'an attack now worse than honest work',
    'false-pass',
    [call('honest', 'h', scored(0.3)), call('found', 'x', scored(0.3))],
    [scored(0.4), scored(0.3)],
    'died',
  ],
  [
    'a gain that is gone',
    'not-invariant',
    [call('honest', 'h', scored(0)), call('found', 'x', scored(1))],
    [scored(0), scored(0)],
    'died',
  ],
  [
    'a gain that turned into a loss',
    'not-invariant',
    [call('honest', 'h', scored(0)), call('found', 'x', scored(1))],
    [scored(1), scored(0)],
    'died',
  ],
  [
    'a gain that stayed',
    'not-invariant',
    [call('honest', 'h', scored(0)), call('found', 'x', scored(1))],
    [scored(0.1), scored(0.7)],
    'reproduced',
  ],
  ['a throw that stayed', 'fault', [call('found', 'x', threw)], [threw], 'reproduced'],
  ['a throw that is a score now', 'fault', [call('found', 'x', threw)], [scored(0)], 'died'],
  [
    'a contradiction that stayed',
    'fault',
    [call('found', 'x', scored(0)), call('found', 'x', scored(1))],
    [scored(1), scored(0)],
    'reproduced',
  ],
  [
    'a contradiction that is gone',
    'fault',
    [call('found', 'x', scored(0)), call('found', 'x', scored(1))],
    [scored(1), scored(1)],
    'died',
  ],
] as const)('%s', (_name, claim, calls, now, outcome) => {
  expect(outcomeOf(sealed(claim, calls), now)).toBe(outcome);
});

test('vectors with numbers that JSON cannot hold survive a file', () => {
  const vector = [1, Number.NaN, Infinity, -Infinity, null, 'x', { $number: 'other' }];
  expect(restored(JSON.parse(JSON.stringify(recordable(vector))))).toEqual(vector);
  const plain = ['a', 1];
  expect(recordable(plain)).toBe(plain);
});
