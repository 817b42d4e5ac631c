/** What a sound grader must never be blamed for, with many strategies that guess. */
import { expect, test } from 'vitest';
import type { Json } from '../base/json.ts';
import { rng } from '../base/rng.ts';
import { isVector } from './answer.ts';
import { exampleOf, functionSubject, optionsOf, setOf } from './audit.fixtures.contract.ts';
import { audit } from './audit.ts';
import type { Example } from './example.ts';
import type { Strategy } from './strategy.ts';

const head = {
  class: 'metric-gaming',
  family: 'guess',
  source: 'test',
  description: 'Guesses.',
  subjects: ['classification', 'text'],
  needs: [],
  example: { from: null, to: '' },
} as const;

const guessers = (count: number): readonly Strategy[] =>
  Array.from({ length: count }, (_, index) => ({
    ...head,
    name: `guess-${index}`,
    family: `guess-${index}`,
    kind: 'no-work',
    make: ({ items, options }, { dice }) =>
      items !== null
        ? [{ variant: 'only', answer: items.map(() => dice.next() < 0.3) }]
        : options !== null
          ? [{ variant: 'only', answer: `(${dice.pick(options)}) I think` }]
          : [],
  }));

const balanced = (answer: unknown, { items }: Example): number => {
  const predicted: readonly Json[] = isVector(answer as never) ? (answer as readonly Json[]) : [];
  const share = (label: boolean): number => {
    const of = (items ?? []).flatMap((item, index) => (item.label === label ? [predicted[index] === label] : []));
    return of.filter(Boolean).length / of.length;
  };
  return (share(true) + share(false)) / 2;
};

const SEEDS = 5;

test('200 strategies that guess labels alarm a sound metric at most at the false-discovery rate', async () => {
  let alarmed = 0;
  for (let seed = 0; seed < SEEDS; seed++) {
    const examples = Array.from({ length: 20 }, (_, block) => {
      const labels = rng(`${seed}/${block}`).shuffle(Array.from({ length: 20 }, (_item, index) => index < 6));
      return exampleOf(`b${block}`, { items: labels.map((label) => ({ input: '', label })), knownGood: [labels] });
    });
    const { report } = await audit(
      optionsOf(functionSubject(balanced, { form: 'classification' }), setOf(examples, 'classification'), {
        strategies: guessers(200),
        dice: rng(`seed ${seed}`),
        search: { queries: 0 },
      }),
    );
    if (report.findings.length > 0) alarmed += 1;
  }
  expect(alarmed).toBe(0);
});

test('nor does guessing an option in other words alarm a sound grader of choices', async () => {
  const letter = (answer: unknown): string | undefined => /\b([A-D])\b/.exec(String(answer))?.[1];
  let alarmed = 0;
  for (let seed = 0; seed < SEEDS; seed++) {
    const examples = Array.from({ length: 20 }, (_, index) =>
      exampleOf(`q${index}`, {
        options: ['A', 'B', 'C', 'D'],
        knownGood: [rng(`${seed}/${index}`).pick(['A', 'B', 'C', 'D'])],
      }),
    );
    const { report } = await audit(
      optionsOf(
        functionSubject((answer, { knownGood }) => letter(answer) === knownGood[0]),
        setOf(examples),
        { strategies: guessers(200), dice: rng(`seed ${seed}`), search: { queries: 0 } },
      ),
    );
    if (report.findings.length > 0) alarmed += 1;
  }
  expect(alarmed).toBe(0);
});

test('a grader that pays every choice is a finding, although guessing passes', async () => {
  const examples = Array.from({ length: 12 }, (_, index) =>
    exampleOf(`q${index}`, { options: ['A', 'B', 'C', 'D'], knownGood: [rng(`${index}`).pick(['A', 'B', 'C', 'D'])] }),
  );
  const { report } = await audit(
    optionsOf(
      functionSubject(() => 1),
      setOf(examples),
      { strategies: guessers(20) },
    ),
  );
  expect(report.findings.map(({ strategy }) => strategy)).toContain('guessing');
  expect(report.gameability).toBeNull();
  expect(report.detail.noGameability).toContain('no more than guessing');
});

test('a bar below what nearly every guess earns is a finding, and one that half of them reach is none', async () => {
  const blocks = Array.from({ length: 6 }, (_, block) => {
    const labels = rng(`${block}`).shuffle(Array.from({ length: 20 }, (_item, index) => index < 3));
    return exampleOf(`b${block}`, { items: labels.map((label) => ({ input: '', label })), knownGood: [labels] });
  });
  const accuracy = (answer: unknown, { items }: Example): number => {
    const predicted: readonly Json[] = isVector(answer as never) ? (answer as readonly Json[]) : [];
    return (items ?? []).filter(({ label }, index) => predicted[index] === label).length / (items ?? []).length;
  };
  const namesFound = async (grader: typeof accuracy): Promise<readonly string[]> => {
    const { report } = await audit(
      optionsOf(functionSubject(grader, { form: 'classification' }), setOf(blocks, 'classification'), {
        strategies: guessers(2),
        search: { queries: 0 },
      }),
    );
    return report.findings.map(({ strategy }) => strategy);
  };
  expect(await namesFound(accuracy)).toContain('guessing');
  expect(await namesFound(balanced)).toEqual([]);
});
