import { canonicalJson, type Json } from '../base/json.ts';
import type { Example } from './example.ts';
import type { Knowledge } from './strategy.ts';

/** So many answers of other examples are enough to borrow from. */
const MOST_ANSWERS = 200;

/** Distinct values with their counts, the most frequent first, ties in order of appearance. */
const byFrequency = (values: readonly Json[]): readonly { readonly value: Json; readonly count: number }[] => {
  const counts = new Map<string, { value: Json; count: number }>();
  for (const value of values) {
    const key = canonicalJson(value);
    const seen = counts.get(key);
    if (seen === undefined) counts.set(key, { value, count: 1 });
    else seen.count += 1;
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count);
};

const median = (sorted: readonly number[]): number => {
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? high) + high) / 2;
};

const numbersOf = (labels: readonly Json[]): Knowledge['numbers'] => {
  const numbers = labels.filter((label) => typeof label === 'number');
  const last = numbers.at(-1);
  if (last === undefined || numbers.length < labels.length) return null;
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  return { mean, median: median(numbers.toSorted((a, b) => a - b)), last };
};

/**
 * What an attacker can learn from `others`, which are examples of the choosing half without the one that is attacked. Blocks of a data set are
 * taken in order of their ids, so that the last number is the last in time.
 */
const knowledgeOf = (others: readonly Example[], published: string | null): Knowledge => {
  const sorted = others.toSorted((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
  const labels = sorted.flatMap(({ items }) => (items ?? []).map(({ label }) => label));
  const fromFields = sorted.map(({ fields }) => fields.instruction).find((value) => typeof value === 'string');
  return {
    published: published ?? fromFields ?? null,
    answers: others.flatMap(({ knownGood }) => knownGood).slice(0, MOST_ANSWERS),
    references: byFrequency(others.map(({ reference }) => reference).filter((reference) => reference !== null)).map(
      ({ value }) => value,
    ),
    labels: byFrequency(labels).map(({ value, count }) => ({ label: value, share: count / labels.length })),
    numbers: numbersOf(labels),
  };
};

/** `knowledgeOf` for each example, made once: everything in `pool` but the example itself. */
export const knowledgeFor = (pool: readonly Example[], published: string | null): ((example: Example) => Knowledge) => {
  const all = knowledgeOf(pool, published);
  const without = new Map<string, Knowledge>();
  const ids = new Set(pool.map(({ id }) => id));
  return ({ id }) => {
    if (!ids.has(id)) return all;
    let known = without.get(id);
    if (known === undefined) {
      known = knowledgeOf(
        pool.filter((other) => other.id !== id),
        published,
      );
      without.set(id, known);
    }
    return known;
  };
};
