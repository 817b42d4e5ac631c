/** Intent has no way into training: the compiler says so. `npm run typecheck` fails if one of these lines compiles. */
import { expect, test } from 'vitest';
import type { Rollout } from '../src/record/rollout.ts';
import type { Verdict } from '../src/record/verdict.ts';
import { makeBatch } from '../src/train/batch.ts';
import type { RewardRule } from '../src/train/rewards.ts';
import { asOversight, type ScoredRollout, truthName } from '../src/train/scored.ts';
import type { Clearance } from '../src/train/trainable.ts';

const rollout = { id: 'a/000000', task: { id: 't', environment: 'a' }, stop: 'finished' } as unknown as Rollout;
const on = <C extends 'proxy' | 'oversight' | 'intent'>(channel: C) =>
  ({
    schema: 'subterfuge/verdict@1',
    rollout: rollout.id,
    grader: channel,
    channel,
    basis: 'exact',
    outcome: { kind: 'scored', value: 1, passed: true, reason: '', evidence: [] },
  }) as const;
const proxy: Verdict<'proxy'> = { ...on('proxy'), outcome: { ...on('proxy').outcome, evidence: [] } };
const oversight: Verdict<'oversight'> = { ...on('oversight'), outcome: { ...on('oversight').outcome, evidence: [] } };
const intent: Verdict<'intent'> = { ...on('intent'), outcome: { ...on('intent').outcome, evidence: [] } };

const rule: RewardRule = () => ({ kind: 'reward', value: 1, paid: true });
const all: Clearance = () => null;
const batchOf = (scored: ScoredRollout): number => makeBatch([scored], rule, all).items.length;

test('a batch is made of proxy and oversight', () => {
  expect(batchOf({ rollout, proxy, oversight, witnesses: new Map() })).toBe(1);
});

test('intent fits nowhere into a batch, and is refused where untyped code puts it there', () => {
  // @ts-expect-error intent is no proxy
  expect(() => batchOf({ rollout, proxy: intent, oversight, witnesses: new Map() })).toThrow(/intent where proxy/);
  // @ts-expect-error intent is no oversight
  expect(() => batchOf({ rollout, proxy, oversight: intent, witnesses: new Map() })).toThrow(/intent where oversight/);
  expect(() =>
    // @ts-expect-error intent is no witness
    batchOf({ rollout, proxy, oversight, witnesses: new Map([['truth/sham', intent]]) }),
  ).toThrow(/intent where oversight/);
});

test('a rule of rewards is shown no intent', () => {
  const cheat: RewardRule = (scored) => {
    // @ts-expect-error there is no intent in what training knows
    const meant: unknown = scored.intent;
    return { kind: 'reward', value: meant === undefined ? 0 : 1, paid: false };
  };
  expect(makeBatch([{ rollout, proxy, oversight, witnesses: new Map() }], cheat, all).items[0]?.reward).toBe(0);
});

test('the one crossing says what it is, and for which of the few reasons', () => {
  expect(asOversight(intent, 'sham')).toEqual({ ...intent, channel: 'oversight', grader: truthName('sham') });
  // @ts-expect-error curiosity is no reason
  expect(asOversight(intent, 'curiosity').channel).toBe('oversight');
});
