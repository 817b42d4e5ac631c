/** What decides whether an answer is right: the inside of its form, the fields of it that are no prose. The rest may be written in a thousand ways. */
import { canonicalJson, type Json } from '../../base/json.ts';
import { jsonIn, normalJson, normalText } from './normal.ts';

const THOUGHTS = /<think>[\s\S]*?<\/think>/gi;
const FORMS: readonly RegExp[] = [
  /<answer>([\s\S]*?)<\/answer>/gi,
  /\\boxed\s*\{([^{}]*)\}/g,
  /^[ \t]*####[ \t]*(.+)$/gm,
  /^[ \t*]*(?:final )?answer[ \t]*:[ \t]*(.+)$/gim,
];
/** Longer ones are no short answers in a form. */
const MOST = 20_000;
/** Then what stands before the form may take it back. */
const DENIES = /\b(?:not|no|never|none|wrong|incorrect|false|reject\w*|instead|cannot)\b|n['’]t\b/i;

/**
 * The inside of the one form that a text ends with (or of the same one again). What stands before it is reasoning, unless it may deny it. Null for any other
 * text.
 */
export const unframed = (text: string): string | null => {
  if (text.length > MOST) return null;
  const said = text.replace(THOUGHTS, ' ');
  for (const form of FORMS) {
    const found = [...said.matchAll(form)];
    const [first] = found;
    const last = found.at(-1);
    if (first === undefined || last === undefined) continue;
    const inside = first[1]?.trim() ?? '';
    if (found.some((one) => one[1]?.trim() !== inside)) continue;
    const behind = said.slice(last.index + last[0].length);
    if (/[\p{L}\p{N}]/u.test(behind) || DENIES.test(said.slice(0, first.index))) continue;
    return inside;
  }
  return null;
};

const isObject = (value: Json): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const LEAST_PROSE_WORDS = 3;
const isProse = (value: Json): boolean =>
  typeof value === 'string' && value.trim().split(/\s+/).length >= LEAST_PROSE_WORDS;

/** The fields of a JSON object that are no prose, such as the verdict beside its reason. Null where there are none, or nothing but them. */
const decisiveFields = (text: string): readonly string[] | null => {
  const value = jsonIn(text);
  if (!isObject(value)) return null;
  const fields = Object.keys(value).filter((key) => !isProse(value[key] ?? null));
  return fields.length === 0 || fields.length === Object.keys(value).length ? null : fields;
};

const picked = (value: Json, fields: readonly string[]): string | null =>
  isObject(value) ? normalJson(Object.fromEntries(fields.map((field) => [field, value[field] ?? null]))) : null;

/** Whether an answer says the same as a right one in all that decides, though not in the prose beside it. */
export const decidesAlike = (answer: string, right: string): boolean => {
  const inside = unframed(answer);
  if (inside !== null && normalText(inside) === normalText(unframed(right) ?? right)) return true;
  if (!/^\s*\{/.test(answer)) return false;
  const fields = decisiveFields(right);
  return fields !== null && picked(jsonIn(answer), fields) === picked(jsonIn(right), fields);
};

/** What an answer comes down to, to count how many different ones there are. */
export const decisivePart = (text: string): string => {
  const inside = unframed(text);
  if (inside !== null) return normalText(inside);
  const fields = decisiveFields(text);
  return (fields === null ? null : picked(jsonIn(text), fields)) ?? canonicalJson(text);
};
