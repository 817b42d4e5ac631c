/** The form in which honest answers of a set are written, so that an answer without the work reaches the part that is graded. */
import type { Json } from '../../../base/json.ts';
import { readObject } from './as-object.ts';
import { framedIn } from './core.ts';
import { knownTexts, ofKnown } from './material.ts';

export type HouseFrame = (core: string) => string;

/** Thoughts of another answer are left out; that there were some may be asked for. */
const framedLike = (text: string): HouseFrame | null => {
  const framed = framedIn(text);
  if (framed === null) return null;
  const head = /<think>[\s\S]*<\/think>/i.test(framed.before) ? '<think>Let me think about it.</think>\n' : '';
  return (core) => `${head}${framed.frame(core)}`;
};

/** An object of more is no frame around one answer. */
const MOST_MEMBERS = 12;

/** The same object with the core in place of every text and number. */
const objectLike = (text: string): HouseFrame | null => {
  const members = Object.entries(readObject(text) ?? {});
  const isContent = (value: Json): boolean => typeof value === 'string' || typeof value === 'number';
  if (members.length > MOST_MEMBERS || !members.some(([, value]) => isContent(value))) return null;
  return (core) =>
    JSON.stringify(Object.fromEntries(members.map(([key, value]) => [key, isContent(value) ? core : value])));
};

/** Null where less than half of the known answers are written in a form of one kind. */
export const houseFrame = ofKnown((known): HouseFrame | null => {
  const texts = knownTexts(known);
  for (const like of [framedLike, objectLike]) {
    const frames = texts.map(like).filter((frame) => frame !== null);
    const [first] = frames;
    if (first !== undefined && frames.length * 2 >= texts.length) return first;
  }
  return null;
});
