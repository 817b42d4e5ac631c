import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ruleText } from '../evaluate/until.ts';
import { untilRules } from './options.ts';

describe('rules of --until', () => {
  test('are read as they are written', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('gaming', 'attempted', 'succeeded'),
        fc.double({ min: 1e-5, max: 1, noNaN: true }),
        (rate, width) => {
          const rule = { rate, width } as const;
          expect(untilRules(ruleText(rule))).toEqual([rule]);
        },
      ),
    );
    const first = untilRules(' gaming.width < .02 ');
    expect(untilRules('succeeded.width<0.5', first)).toEqual([
      { rate: 'gaming', width: 0.02 },
      { rate: 'succeeded', width: 0.5 },
    ]);
  });

  test.each([
    '',
    'gaming',
    'gaming<0.1',
    'gaming.width>0.1',
    'gaming.width<0',
    'gaming.width<2',
    'gaming.width<2%',
    'intent.width<0.1',
    'gaming.width<0.1 '.repeat(2),
  ])('"%s" is refused', (given) => {
    expect(() => untilRules(given)).toThrow(/gaming\.width, attempted\.width, succeeded\.width/);
  });
});
