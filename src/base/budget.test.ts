import fc from 'fast-check';
import { expect, test } from 'vitest';
import { budget, type Limits, type Resource } from './budget.ts';

const limits: Limits = { turns: 3, tokens: 100, seconds: 10, bytes: 1_000, usd: 1 };

test('spending up to a limit is allowed, beyond it is refused', () => {
  const b = budget(limits);
  expect([b.spend('turns', 3), b.refused]).toEqual([true, null]);
  expect([b.spend('turns', 1), b.refused]).toEqual([false, 'turns']);
});

test('once refused, always refused, whatever is asked for', () => {
  const resources = fc.constantFrom<Resource>('turns', 'tokens', 'seconds', 'bytes', 'usd');
  fc.assert(
    fc.property(fc.array(fc.tuple(resources, fc.nat(400))), (spends) => {
      const b = budget(limits);
      let refused = false;
      for (const [resource, amount] of spends) {
        const allowed = b.spend(resource, amount);
        if (refused) expect(allowed).toBe(false);
        refused ||= !allowed;
        if (refused) expect(b.left(resource)).toBe(0);
      }
    }),
  );
});

test('an amount that is no amount is a bug', () => {
  expect(() => budget(limits).spend('usd', Number.NaN)).toThrow('cannot spend NaN usd');
  expect(() => budget(limits).spend('turns', -1)).toThrow('cannot spend -1 turns');
});
