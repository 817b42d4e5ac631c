import { expect, test } from 'vitest';
import { strategyListingSchema, subjectFormSchema } from '../record/audit.ts';
import { listingOf, selectStrategies } from './listing.ts';
import { inRound } from './rounds.ts';
import { STRATEGIES } from './strategies/index.ts';
import { ATTACKS } from './strategy.ts';

test('names are unique over the whole catalogue', () => {
  const names = STRATEGIES.map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('a listing is what the record says, and nothing more', () => {
  for (const listing of listingOf(STRATEGIES)) expect(strategyListingSchema.safeParse(listing).error).toBeUndefined();
  expect(listingOf(STRATEGIES)).toHaveLength(STRATEGIES.length);
});

test('filters by class and by form, together', () => {
  const both = { class: 'loophole-exploitation', subject: 'instruction' } as const;
  const found = listingOf(STRATEGIES, both);
  expect(found.length).toBeGreaterThan(0);
  expect(found.every((one) => one.class === both.class && one.subjects.includes(both.subject))).toBe(true);
  expect(found.length).toBeLessThan(listingOf(STRATEGIES, { class: both.class }).length);
});

test('every round has attacks for instructions, programs and texts', () => {
  for (const round of ['first', 'held-back'] as const)
    for (const subject of ['instruction', 'program', 'text'] as const) {
      const attacks = selectStrategies(inRound(STRATEGIES, round), { subject }).filter(({ kind }) =>
        ATTACKS.includes(kind),
      );
      expect(attacks.length, `${round} ${subject}`).toBeGreaterThan(0);
    }
});

test('text, judges, pairs, programs, instructions and self-evaluation each have attacks', () => {
  const forms = ['text', 'judge', 'pairwise', 'program', 'instruction', 'self-evaluation'] as const;
  expect(subjectFormSchema.options).toEqual(expect.arrayContaining([...forms]));
  for (const subject of forms) {
    const attacks = selectStrategies(STRATEGIES, { subject }).filter(({ kind }) => ATTACKS.includes(kind));
    expect(attacks.length, subject).toBeGreaterThanOrEqual(10);
  }
});
