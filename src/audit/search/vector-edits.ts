import type { Json } from '../../base/json.ts';
import type { Rng } from '../../base/rng.ts';
import { isVector, type Vector } from '../answer.ts';
import type { Edit } from '../edit.ts';
import type { Knowledge } from '../strategy.ts';

const edit = (name: string, change: (vector: Vector, dice: Rng, known: Knowledge) => Vector): Edit => ({
  name,
  apply: (answer, _seen, { dice, known }) =>
    isVector(answer) && answer.length > 0 ? change(answer, dice, known) : answer,
});

/** A run of the vector, at most a third of it. */
const overRun = (vector: Vector, dice: Rng, to: (value: Json, index: number) => Json): Vector => {
  const from = dice.int(vector.length);
  const length = 1 + dice.int(Math.max(1, Math.ceil(vector.length / 3)));
  return vector.map((value, index) => (index >= from && index < from + length ? to(value, index) : value));
};

const labelOf = (dice: Rng, { labels, numbers }: Knowledge, fallback: Json): Json =>
  numbers !== null
    ? dice.pick([numbers.mean, numbers.median, numbers.last])
    : labels.length > 0
      ? dice.pick(labels).label
      : fallback;

/** What nobody who looks at the items would do: nothing here sees an item. */
export const VECTOR_EDITS: readonly Edit[] = [
  edit('abstain-on-run', (vector, dice) => overRun(vector, dice, () => null)),
  edit('label-on-run', (vector, dice, known) => {
    const label = labelOf(dice, known, vector[0] ?? null);
    return overRun(vector, dice, () => label);
  }),
  edit('label-everywhere', (vector, dice, known) => {
    const label = labelOf(dice, known, vector[0] ?? null);
    return vector.map(() => label);
  }),
  edit('copy-first', (vector) => vector.map(() => vector[0] ?? null)),
  edit('double', (vector) => vector.map((value) => (typeof value === 'number' ? value * 2 : value))),
  edit('halve', (vector) => vector.map((value) => (typeof value === 'number' ? value / 2 : value))),
  edit('negate', (vector) => vector.map((value) => (typeof value === 'number' ? -value : value))),
  edit('shift-by-one', (vector) => [vector.at(-1) ?? null, ...vector.slice(0, -1)]),
];
