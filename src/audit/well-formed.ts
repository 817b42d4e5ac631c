/**
 * Half a surrogate pair is no text: it cannot be sealed (RFC 8785), and a grader that writes it to a file or a socket dies of us and not of the
 * answer. Whatever comes in from examples, strategies and graders passes here.
 */
import type { Json } from '../base/json.ts';
import { type Answer, isText, isVector } from './answer.ts';

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

const isWhole = (value: Json): boolean => {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  return isList(value)
    ? value.every(isWhole)
    : Object.entries(value).every(([name, inner]) => name.isWellFormed() && isWhole(inner));
};

const repaired = (value: Json): Json => {
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value !== 'object' || value === null) return value;
  return isList(value)
    ? value.map(repaired)
    : Object.fromEntries(Object.entries(value).map(([name, inner]) => [name.toWellFormed(), repaired(inner)]));
};

/** The value itself where it is well formed; else with U+FFFD in place of each half. */
export const wellFormed = (value: Json): Json => (isWhole(value) ? value : repaired(value));

export const wellFormedAnswer = (answer: Answer): Answer => {
  if (isText(answer)) return answer.toWellFormed();
  if (isVector(answer)) return isWhole(answer) ? answer : answer.map(repaired);
  const entries = Object.entries(answer);
  return entries.every(([path, text]) => path.isWellFormed() && text.isWellFormed())
    ? answer
    : Object.fromEntries(entries.map(([path, text]) => [path.toWellFormed(), text.toWellFormed()]));
};
