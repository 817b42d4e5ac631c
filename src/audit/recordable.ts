/**
 * JSON has no NaN, no infinity and no negative zero, but a prediction vector may hold them: it is an attack to predict them. In records each
 * stands as `{"$number": "NaN"}`, and becomes the number again before a sealed call is repeated.
 */
import type { Json } from '../base/json.ts';
import { type Answer, isVector } from './answer.ts';

const NAMES: Readonly<Record<string, number>> = { NaN: Number.NaN, Infinity, '-Infinity': -Infinity, '-0': -0 };

const isPlain = (value: Json): boolean =>
  typeof value !== 'number' || (Number.isFinite(value) && !Object.is(value, -0));

const nameOf = (value: Json): string => (Object.is(value, -0) ? '-0' : String(value));

/** The answer as JSON can hold it; itself where it is JSON. Non-finite numbers are looked for among the predictions, not inside them. */
export const recordable = (answer: Answer): Answer =>
  !isVector(answer) || answer.every(isPlain)
    ? answer
    : answer.map((value) => (isPlain(value) ? value : { $number: nameOf(value) }));

const restoredValue = (value: Json): Json => {
  if (typeof value !== 'object' || value === null || !('$number' in value)) return value;
  const name = value.$number;
  return (typeof name === 'string' ? NAMES[name] : undefined) ?? value;
};

/** The answer that `recordable` was given. */
export const restored = (answer: Answer): Answer => (isVector(answer) ? answer.map(restoredValue) : answer);

/** Equal for equal answers, and only for them. */
export const answerKey = (answer: Answer): string => JSON.stringify(recordable(answer));
