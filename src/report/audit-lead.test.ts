/** The first screen of an audit is true: small real audits of graders that were set up wrongly, or that measure nothing. */
import { expect, test } from 'vitest';
import type { Answer } from '../audit/answer.ts';
import {
  exampleOf,
  functionSubject,
  optionsOf,
  SUMS,
  setOf,
  TEXT_STRATEGIES,
} from '../audit/audit.fixtures.contract.ts';
import { type AuditOptions, type AuditResult, audit } from '../audit/audit.ts';
import type { Example } from '../audit/example.ts';
import { gatePassed, parseGate, runGate } from '../audit/gate.ts';
import type { Strategy } from '../audit/strategy.ts';
import { rng } from '../base/rng.ts';
import { auditHeadline } from './audit-headline.ts';
import { renderAuditReport } from './audit-html.ts';
import { renderJunit } from './audit-junit.ts';
import { isHonestOutOfRange } from './audit-lead.ts';
import { renderSarif } from './audit-sarif.ts';
import { renderAuditText } from './audit-text.ts';
import { todoOf } from './audit-todo.ts';

type Grader = (answer: Answer, example: Example) => unknown;

const GOOD_ONLY = SUMS.map((example) => ({ ...example, knownBad: [] }));

const of = async (
  grader: Grader,
  examples: readonly Example[] = GOOD_ONLY,
  more: Partial<AuditOptions> = {},
): Promise<AuditResult> =>
  await audit(
    optionsOf(functionSubject(grader), setOf(examples), {
      strategies: TEXT_STRATEGIES,
      search: { queries: 0 },
      ...more,
    }),
  );

const textOf = (view: AuditResult, width = 100): string => renderAuditText(view, { width, colour: false });
const codes = ({ report }: AuditResult): readonly string[] => report.detail.warnings.map(({ code }) => code);

test('scores beyond the range: the headline and the first thing to do name the range', async () => {
  const view = await of((answer, { reference }) => (String(answer).includes(String(reference)) ? 100 : 0));
  expect(isHonestOutOfRange(view.report)).toBe(true);
  expect(auditHeadline(view)).toBe(
    'test.ts:grader scores beyond 0 to 1: say what its scores are with --range, e.g. --range 0..100.',
  );
  expect(todoOf(view.report)[0]).toContain('--range 0..100');
  expect(renderAuditReport(view)).toContain('Settle this first');
  // The command ends with 3, so no other output is green, whatever a gate tolerates.
  const gates = runGate(view.report, [parseGate('findings>1000')]);
  expect(gatePassed(gates)).toBe(true);
  expect(renderJunit(view, gates)).toContain('<failure');
  expect(renderSarif(view, { location: null })).toContain('"executionSuccessful": false');
});

test('a score beyond the range on a few answers only is a hint, no headline', async () => {
  const view = await of((answer, { reference }) =>
    answer === '' || String(answer).length > 400 ? 5 : answer === reference,
  );
  expect(isHonestOutOfRange(view.report)).toBe(false);
  expect(view.report.detail.warnings.find(({ code }) => code === 'out-of-range')?.text).toContain('--range 0..5');
  expect(auditHeadline(view)).not.toContain('--range');
});

test('honest answers that all fail in their form come before the attack', async () => {
  const view = await of(
    (answer, { reference }) => String(answer) === `\\boxed{${String(reference)}}` || String(answer).length > 400,
  );
  expect(auditHeadline(view)).toMatch(
    /fails each of 24 known-good answers \("\d+" scores 0\).*Besides, it can be gamed: /,
  );
  expect(codes(view)[0]).toBe('honest-fails');
  expect(view.report.detail.warnings[0]?.text).toContain('--fields good=');
  expect(todoOf(view.report)[0]).toContain('--fields good=');
  // The reason stands above every number.
  expect(textOf(view).indexOf('! Not one of 24')).toBeLessThan(textOf(view).indexOf('false passes'));
});

test('a bar above all honest work is called that', async () => {
  const view = await of((answer, { reference }) => (answer === reference ? 0.4 : 0));
  expect(auditHeadline(view)).toContain('each scores 0.4, and the bar is 0.5');
  expect(todoOf(view.report)[0]).toContain('--pass');
});

test('a grader of dice is called that, and nothing that it paid leads', async () => {
  const dice = rng('grader');
  const view = await of(() => dice.next());
  expect(auditHeadline(view)).toMatch(/gives the same call different scores \(\d+ of \d+ calls .*may be chance\.$/);
  expect(todoOf(view.report)).toEqual([expect.stringContaining('Make the same call give the same score')]);
  expect(renderAuditReport(view)).not.toContain('The cheapest cheating answer');
});

test('a jitter that changes no verdict does not hide a hole', async () => {
  const dice = rng('jitter');
  const view = await of((answer, { reference }) =>
    answer === reference || String(answer).length > 60 ? 0.9 + 0.01 * dice.next() : 0.01 * dice.next(),
  );
  expect(codes(view)).toContain('nondeterministic');
  expect(codes(view)).not.toContain('mostly-noise');
  expect(auditHeadline(view)).toContain('can be gamed');
});

test('a grader that passes wrong answers as they are is never called one that nothing games', async () => {
  const view = await of(
    (answer, { reference, knownBad }) => (answer === reference || knownBad[0] === answer ? 0.9 : 0),
    SUMS,
  );
  expect(auditHeadline(view)).toMatch(/passes wrong answers, 100\.0 % \[.*\] \(24\/24\) of known-bad answers: /);
  const bare = { ...view, report: { ...view.report, findings: [], detail: { ...view.report.detail, warnings: [] } } };
  expect(auditHeadline(bare)).toBe(
    'test.ts:grader passes wrong answers, 100.0 % [85.8, 100.0] (24/24) of known-bad answers.',
  );
});

test('one score for every answer is no bar to be moved', async () => {
  const view = await of(() => 0.4, SUMS);
  expect(auditHeadline(view)).toContain(
    'scores wrong answers as high as right ones: known-bad answers average 0.4, known-good ones 0.4.',
  );
  expect(todoOf(view.report).join(' ')).not.toContain('--pass');
});

const swap: Strategy = {
  name: 'order-of-a-good-pair',
  family: 'order',
  class: 'rater-hacking',
  source: 'test',
  description: 'The same pair in the other order.',
  subjects: ['pairwise'],
  needs: [],
  example: { from: 'x', to: 'x' },
  kind: 'procedure',
  on: 'good',
  ask: { how: 'swap' },
};

test('a judge that goes by place: that is the hole, and a tie is no win', async () => {
  const subject = functionSubject(
    (_answer, _example, { order }) => (order === 'first' ? 1 : order === 'second' ? 0 : 0.5),
    {
      form: 'pairwise',
      scale: { worst: 0, best: 1, pass: 0.75, beyond: 'fault' },
    },
  );
  const view = await audit(
    optionsOf(subject, setOf(SUMS), { strategies: [...TEXT_STRATEGIES, swap], search: { queries: 0 } }),
  );
  expect(auditHeadline(view)).toMatch(
    /judges by place: it changed its verdict in 24 of 24 pairs .* ties with honest work/,
  );
  expect(todoOf(view.report)[0]).toContain('both orders');
});

test('nothing could be tried on recorded verdicts, so it is not said that nothing games them', async () => {
  const view = await of((answer, { reference }) => answer === reference);
  const subject = { ...view.report.subject, kind: 'recorded' as const };
  const recorded = { ...view, report: { ...view.report, subject, findings: [], graderFaults: [], invariances: [] } };
  expect(auditHeadline(recorded)).toMatch(/^No recorded verdict of .* Nothing could be tried/);
});

test('what is seen once comes behind what holds, and is called that', async () => {
  const lucky = SUMS[0]?.reference ?? null;
  const view = await of((answer, { reference }) => {
    const text = String(answer);
    return text === reference || text.includes('in other words') || (reference === lucky && text.includes('certain'));
  }, SUMS);
  expect(view.report.findings.map(({ strategy }) => strategy).slice(0, 2)).toEqual(['pad', 'confident']);
  // Nobody can guess here; one example out of twelve is no certainty all the same.
  expect(view.report.findings[1]?.fooled).toMatchObject({ count: 1, n: 12 });
  expect(view.report.findings[1]?.adjustedP).toBeGreaterThan(0.05);
  expect(textOf(view)).toMatch(/fooled 8\.3 % \[.*\] \(1\/12\) of examples; adjusted p 0\.[1-9]/);
});

test('a finding says what was done; a fault has no class and no rate', async () => {
  const view = await of((answer, { reference }) => {
    if (String(answer).includes('words')) throw new Error('lost');
    return answer === reference || String(answer).length > 400;
  }, SUMS);
  expect(textOf(view)).toMatch(/how {5}Lists many candidates\./);
  expect(view.report.findings.find(({ claim }) => claim === 'fault')?.class).toBeNull();
  expect(view.findings.find(({ claim }) => claim === 'fault')?.class).toBeNull();
  expect(textOf(view)).toContain('gives no score (threw)');
});

test('a call that gave two scores is not called one without a score', async () => {
  let calls = 0;
  const view = await of((answer, { reference }) =>
    answer === reference ? 1 : String(answer).length > 400 ? 0.6 + calls++ / 1000 : 0,
  );
  expect(view.report.graderFaults[0]?.kind).toBe('nondeterministic');
  expect(textOf(view)).toContain('gives the same call another score');
  expect(textOf(view).replaceAll(/\s+/g, ' ')).toContain('though none of a sample of 20 did');
});

const many = (count: number): readonly Strategy[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `say-${index}`,
    family: `say-${index}`,
    class: 'rater-hacking',
    source: 'test',
    description: `Says ${index}.`,
    subjects: ['text'],
    needs: [],
    example: { from: null, to: 'x' },
    kind: 'no-work',
    make: () => [{ variant: 'only', answer: `say ${index}` }],
  }));

test('strategies that were left out are a number on the screen and names in the record', async () => {
  const examples = Array.from({ length: 8 }, (_, index) => exampleOf(`e${index}`, { knownGood: [`good ${index}`] }));
  const subject = functionSubject((answer) => String(answer).startsWith('good'), { capabilities: { expensive: true } });
  const withCalls = async (calls: number): Promise<AuditResult> =>
    await audit(
      optionsOf(subject, setOf(examples), { strategies: many(120), budget: { calls }, search: { queries: 0 } }),
    );
  const view = await withCalls(120);
  const { leftOut = [], warnings, tried } = view.report.detail;
  expect(leftOut.length).toBeGreaterThan(10);
  const text = warnings.find(({ code }) => code === 'strategies-left-out')?.text ?? '';
  expect(text).toMatch(new RegExp(`^${leftOut.length} of ${leftOut.length + tried.length} strategies `));
  expect(textOf(view)).not.toContain(leftOut[0]);
  const enough = Number(/--calls (\d+00) /.exec(text)?.[1]);
  expect((await withCalls(enough)).report.detail.leftOut).toBeUndefined();
});
