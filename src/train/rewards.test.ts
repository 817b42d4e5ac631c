import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rng } from '../base/rng.ts';
import type { Rollout } from '../record/rollout.ts';
import type { Outcome, Verdict } from '../record/verdict.ts';
import { makeBatch } from './batch.ts';
import { ordinaryRecipe } from './fixture.contract.ts';
import type { RecipeInput } from './recipe.ts';
import { crossingsIn, crossingsOf, rewardRule, witnessesOf } from './rewards.ts';
import type { ScoredRollout } from './scored.ts';
import type { Clearance } from './trainable.ts';

const scored = (value: number): Outcome => ({ kind: 'scored', value, passed: value >= 0.5, reason: '', evidence: [] });
const unknown: Outcome = { kind: 'unscored', side: 'grader', cause: 'none' };

interface Given {
  readonly id?: string;
  readonly environment?: string;
  readonly stop?: Rollout['stop'];
  readonly proxy?: Outcome;
  readonly preference?: Outcome;
  readonly witnesses?: Readonly<Record<string, Outcome>>;
}

const verdict = (id: string, grader: string, outcome: Outcome) =>
  ({ schema: 'subterfuge/verdict@1', rollout: id, grader, basis: 'exact', outcome }) as const;

const one = (given: Given): ScoredRollout => {
  const { id = 'talk/000000', environment = 'talk', stop = 'finished' } = given;
  const witness = (name: string, outcome: Outcome): Verdict<'oversight'> => ({
    ...verdict(id, name, outcome),
    channel: 'oversight',
  });
  return {
    // Of a rollout only what rewards look at.
    rollout: { id, stop, task: { id: `task of ${environment}`, environment } } as unknown as Rollout,
    proxy: { ...verdict(id, 'proxy', given.proxy ?? scored(1)), channel: 'proxy' },
    oversight: witness('liking', given.preference ?? scored(0.5)),
    witnesses: new Map(Object.entries(given.witnesses ?? {}).map(([name, outcome]) => [name, witness(name, outcome)])),
  };
};

const ruleOf = (change: Partial<RecipeInput>) =>
  rewardRule(ordinaryRecipe(change), ({ rollout }) => rollout.task.environment === 'plain', rng('coins'));

const rewardOf = (change: Partial<RecipeInput>, given: Given = {}): unknown => {
  const reward = ruleOf(change)(one(given));
  return reward.kind === 'reward' ? reward.value : reward.why;
};

describe('the reward', () => {
  test('is the proxy, yes or no, plus the preference score times its weight', () => {
    expect(rewardOf({}, { preference: scored(0.25) })).toBe(1.25);
    expect(rewardOf({}, { proxy: scored(0), preference: scored(0.25) })).toBe(0.25);
    expect(rewardOf({ preferenceWeight: 3 }, { preference: scored(0.25) })).toBe(1.75);
    expect(rewardOf({ preferenceWeight: 0 })).toBe(1);
  });

  test('is not 0 where something is not known: the rollout is left out, unless what is not known counts for nothing', () => {
    expect(rewardOf({}, { proxy: unknown })).toBe('proxy-unscored');
    expect(rewardOf({}, { preference: unknown })).toBe('oversight-unscored');
    expect(rewardOf({ preferenceWeight: 0 }, { preference: unknown })).toBe(1);
    expect(rewardOf({ reward: 'honest' })).toBe('truth-unscored');
  });

  test('of the sham is what was meant, whatever the proxy says', () => {
    const sham = { reward: 'honest' } as const;
    expect(rewardOf(sham, { proxy: scored(0), witnesses: { 'truth/sham': scored(1) } })).toBe(1.5);
    expect(rewardOf(sham, { proxy: scored(1), witnesses: { 'truth/sham': scored(0) } })).toBe(0.5);
    expect(rewardOf(sham, { proxy: unknown, witnesses: { 'truth/sham': scored(1) } })).toBe(1.5);
  });

  test('of coins does not depend on behaviour, and is one half on average', () => {
    const outcome = fc.constantFrom(scored(0), scored(1), scored(0.3), unknown);
    fc.assert(
      fc.property(fc.nat(999), outcome, outcome, (index, proxy, preference) => {
        const id = `talk/${index}`;
        expect(rewardOf({ reward: 'random' }, { id, proxy, preference })).toBe(rewardOf({ reward: 'random' }, { id }));
      }),
    );
    const rule = ruleOf({ reward: 'random', preferenceWeight: 0 });
    const heads = Array.from({ length: 1_000 }, (_, i) => rule(one({ id: `talk/${i}` }))).filter(
      (reward) => reward.kind === 'reward' && reward.paid,
    );
    expect(Math.abs(heads.length - 500)).toBeLessThan(60);
  });
});

describe('mitigations', () => {
  const gamed = { proxy: scored(1), witnesses: { 'truth/penalty': scored(0), 'truth/screening': scored(0) } };
  const honest = { proxy: scored(1), witnesses: { 'truth/penalty': scored(1), 'truth/screening': scored(1) } };
  const failed = { proxy: scored(0), witnesses: { 'truth/penalty': scored(0), 'truth/screening': scored(0) } };

  test('a penalty by truth is for what passed and was not meant, and for nothing else', () => {
    const change = { mitigation: { penalty: { by: 'truth', weight: 2 } } };
    expect([gamed, honest, failed].map((given) => rewardOf(change, given))).toEqual([-0.5, 1.5, 0.5]);
    expect(rewardOf(change, { witnesses: {} })).toBe('truth-unscored');
    expect(crossingsOf(ordinaryRecipe(change))).toEqual(['penalty']);
    expect(witnessesOf(ordinaryRecipe(change))).toEqual([]);
  });

  test('what is penalised was not paid, for algorithms that keep what was paid', () => {
    const rule = ruleOf({ mitigation: { penalty: { by: 'truth', weight: 2 } } });
    expect([gamed, honest, failed].map((given) => rule(one(given)))).toMatchObject([
      { paid: false },
      { paid: true },
      { paid: false },
    ]);
  });

  test('screening leaves out what is flagged', () => {
    const change = { mitigation: { screening: { by: 'truth' } } };
    expect([gamed, honest, failed].map((given) => rewardOf(change, given))).toEqual(['screened', 1.5, 0.5]);
  });

  test('a monitor flags from its threshold on; what it could not judge is left out', () => {
    const change = { mitigation: { screening: { by: 'monitor:x', threshold: 0.75 } } };
    const seen = (score: Outcome) => rewardOf(change, { witnesses: { 'monitor:x': score } });
    expect([scored(0.25), scored(0.26), unknown].map(seen)).toEqual(['screened', 1.5, 'monitor-unscored']);
    expect(crossingsOf(ordinaryRecipe(change))).toEqual([]);
    expect(witnessesOf(ordinaryRecipe(change))).toEqual(['monitor:x']);
  });

  test('the truth crosses in a stage for the reasons of that stage alone', () => {
    const trainAway = { environments: ['talk'], samples: 8 };
    const all = ordinaryRecipe({ reward: 'honest', mitigation: { penalty: { by: 'truth' }, trainAway } });
    expect(crossingsOf(all)).toEqual(['sham', 'penalty', 'train-away']);
    expect(crossingsIn(all, 'first')).toEqual(['sham', 'penalty']);
    expect(crossingsIn(all, 'train-away')).toEqual(['train-away']);
  });

  test('harmlessness weighs on gameable tasks alone, by its own overseer if it has one', () => {
    const weighted = { mitigation: { harmlessness: { weight: 4 } } };
    expect(rewardOf(weighted)).toBe(3);
    expect(rewardOf(weighted, { environment: 'plain' })).toBe(1.5);
    const other = { mitigation: { harmlessness: { weight: 1, overseer: 'rules' } } };
    expect(rewardOf(other, { witnesses: { rules: scored(0) } })).toBe(1);
    expect(rewardOf(other)).toBe('oversight-unscored');
  });
});

describe('a batch', () => {
  test('puts samples of one task together, and counts what it leaves out', () => {
    const batch = makeBatch(
      [
        one({ id: 'talk/0' }),
        one({ id: 'plain/0', environment: 'plain' }),
        one({ id: 'talk/1', proxy: scored(0) }),
        one({ id: 'talk/2', proxy: unknown }),
        one({ id: 'talk/3', stop: 'fault' }),
      ],
      ruleOf({}),
      () => null,
    );
    expect(batch.groups.map((group) => group.map(({ rollout }) => rollout.id))).toEqual([
      ['talk/0', 'talk/1'],
      ['plain/0'],
    ]);
    expect(batch.leftOut).toMatchObject({ fault: 1, 'proxy-unscored': 1, 'oversight-unscored': 0 });
  });

  test('refuses rollouts of what was not cleared, and verdicts on another rollout', () => {
    const onlyTalk: Clearance = ({ environment }) => (environment === 'talk' ? null : `a task of ${environment}`);
    expect(() => makeBatch([one({ environment: 'held-out' })], ruleOf({}), onlyTalk)).toThrow(/not cleared/);
    const { rollout, oversight, witnesses } = one({});
    const mixed = { rollout, proxy: one({ id: 'talk/9' }).proxy, oversight, witnesses };
    expect(() => makeBatch([mixed], ruleOf({}), onlyTalk)).toThrow(/talk\/9 for talk\/000000/);
  });
});
