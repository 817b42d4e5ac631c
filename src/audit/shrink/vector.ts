import type { Json } from '../../base/json.ts';
import type { Vector } from '../answer.ts';
import { answerKey } from '../recordable.ts';
import { type Prober, reduceParts } from './prober.ts';

const mostFrequent = (vector: Vector): Json => {
  const groups = Map.groupBy(
    vector.filter((value) => value !== null),
    (value) => JSON.stringify(value),
  );
  return [...groups.values()].toSorted((a, b) => b.length - a.length)[0]?.[0] ?? null;
};

const set =
  (value: Json) =>
  (parts: Vector, from: number, to: number): Vector =>
    parts.map((part, index) => (index >= from && index < to && part !== null ? value : part));

/** Abstains where it may, and says the same thing everywhere else where it may. The length stays: it is that of the data set. */
export const smallerVector = async (vector: Vector, probe: Prober): Promise<Vector> => {
  const same = (parts: Vector): Vector => parts;
  let current = (await probe.best([set(null)(vector, 0, vector.length)])) ?? vector;
  for (;;) {
    const before = answerKey(current);
    current = await reduceParts(current, set(null), same, probe);
    current = await reduceParts(current, set(mostFrequent(current)), same, probe);
    if (answerKey(current) === before || probe.spent) return current;
  }
};
