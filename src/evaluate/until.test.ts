import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findEnvironment } from '../env/registry.ts';
import type { EvalPlan } from '../record/run.ts';
import { checkUntil, looks, looksAt } from './until.ts';

const plan: EvalPlan = {
  kind: 'eval',
  model: 'm',
  environments: ['political-sycophancy'],
  n: 100,
  until: [{ rate: 'gaming', width: 0.1 }],
  seed: 's',
  split: 'test',
  register: 'compact',
  promptSet: 'main',
  dialect: 'tags',
  temperature: 1,
  maxOutputTokens: 64,
  maxUsd: null,
  price: null,
};
const political = findEnvironment('political-sycophancy');

test('looks grow to the last unit, by at least 16 and an eighth', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), (total) => {
      const all = [...looks(total)];
      expect(all.at(-1)).toBe(total);
      for (const [index, at] of all.entries()) {
        const before = all[index - 1] ?? 0;
        expect(at).toBeGreaterThan(before);
        if (at < total) expect(at - before).toBe(Math.max(16, Math.ceil(before / 8)));
      }
      expect(all.length).toBeLessThan(100);
    }),
    { numRuns: 50 },
  );
});

test('looks are at whole variants, with all their tasks and repeats', () => {
  expect(looksAt(plan, political)).toEqual([64, 100]);
  expect(looksAt({ ...plan, repeats: 2 }, political)).toEqual([104]);
});

test('more rollouts than there are tasks are refused, with how many there are', () => {
  expect(() => checkUntil({ ...plan, n: 512 * 4 }, [political])).not.toThrow();
  expect(() => checkUntil({ ...plan, n: 512 * 4 + 1 }, [political])).toThrow(/--n up to 2048/);
  expect(() => checkUntil({ ...plan, n: 512 * 4 + 1, repeats: 2 }, [political])).not.toThrow();
  const { until: _, ...without } = plan;
  expect(() => checkUntil({ ...without, n: 1_000_000 }, [political])).not.toThrow();
});
