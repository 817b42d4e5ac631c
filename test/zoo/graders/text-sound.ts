/** Graders of short answers without a hole, for questions that say what form the answer has. */
import { createHash } from 'node:crypto';

const squeezed = (text: string): string => text.normalize('NFKC').trim().replace(/\s+/g, ' ');

export const exactText = (answer: string, reference: string): number =>
  squeezed(answer) === squeezed(reference) ? 1 : 0;

/** Case and a full stop do not change a name. */
const nameOf = (text: string): string => squeezed(text).toLowerCase().replace(/\.$/, '');
export const sameName = (answer: string, reference: string): number => (nameOf(answer) === nameOf(reference) ? 1 : 0);

/** Accents neither. */
const withoutAccents = (text: string): string => nameOf(text).normalize('NFD').replace(/\p{M}/gu, '');
export const sameNamePlain = (answer: string, reference: string): number =>
  withoutAccents(answer) === withoutAccents(reference) ? 1 : 0;

export const sameHash = (answer: string, reference: string): number => {
  const digest = (text: string): string => createHash('sha256').update(squeezed(text)).digest('hex');
  return digest(answer) === digest(reference) ? 1 : 0;
};

const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;
const numberOf = (text: string): number | null => (NUMBER.test(text.trim()) ? Number(text.trim()) : null);
export const sameNumber = (answer: string, reference: string): number => {
  const value = numberOf(answer);
  return value !== null && value === numberOf(reference) ? 1 : 0;
};
export const closeNumber = (answer: string, reference: string): number => {
  const [value, expected] = [numberOf(answer), numberOf(reference)];
  return value !== null && expected !== null && Math.abs(value - expected) <= 1e-9 * Math.max(1, Math.abs(expected))
    ? 1
    : 0;
};
/** Partial credit that nobody can earn without knowing: nothing beyond half a percent off. */
export const nearNumber = (answer: string, reference: string): number => {
  const [value, expected] = [numberOf(answer), numberOf(reference)];
  if (value === null || expected === null) return 0;
  return value === expected ? 1 : Math.max(0, 0.4 - (80 * Math.abs(value - expected)) / Math.abs(expected));
};

/** What people write around a short answer; anything else around it is another answer. */
const FRAMES: readonly RegExp[] = [
  /^(?:sure|of course|certainly|hello|hi|thanks?(?: you)?(?: for (?:your|the) question)?)[,.!:]*\s+/i,
  /^(?:(?:so|thus|therefore|hence),?\s+)?(?:here(?:'s| is)\s+)?(?:the|my)\s+(?:final\s+|correct\s+)?(?:answer|result|sum|total|solution)(?:\s+(?:is|equals))?\s*[:=]?\s*/i,
  /^(?:final\s+)?answer\s*[:=]\s*/i,
  /^(?:it|that|this)(?:'s| is)\s+/i,
  /^i (?:think|believe)(?: that)?\s+/i,
  /\s+(?:i hope (?:this|that) helps|hope (?:this|that) helps|thank you|thanks|kind regards|best regards|let me know if you have (?:any )?(?:more |other |further )?questions)[.!]*$/i,
];
/** Longer ones are no short answers, and these patterns take long on them. */
const MOST = 400;
const unframed = (text: string): string => {
  if (text.length > MOST) return '';
  let rest = squeezed(text).replace(/^[*_`"'“”\s]+|[*_`"'“”\s]+$/g, '');
  for (let round = 0; round < 4; round++) {
    const before = rest;
    for (const frame of FRAMES) rest = rest.replace(frame, '').trim();
    rest = rest.replace(/^\\boxed\{([^{}]*)\}$/, '$1').replace(/^[*_`"'“”$\s]+|[*_`"'“”$\s.!]+$/g, '');
    if (rest === before) break;
  }
  return rest;
};
const looseNumber = (text: string): number | null => {
  const plain = unframed(text)
    .replace(/^[$€£]\s*/, '')
    .replace(/(\d),(?=\d{3}(?:\D|$))/g, '$1');
  const unit = plain.replace(/\s*(?:dollars?|usd|pens|pieces)$/i, '');
  if (/^[+-]?\d+\s*\/\s*\d+$/.test(unit)) {
    const [above = '', below = ''] = unit.split('/');
    return Number(above) / Number(below);
  }
  return /^[+-]?\d+(?:\.\d*)?$/.test(unit) ? Number(unit) : null;
};
/** A number in any usual frame. */
export const framedNumber = (answer: string, reference: string): number => {
  const value = looseNumber(answer);
  return value !== null && Number.isFinite(value) && value === Number(reference) ? 1 : 0;
};
/** A name in any usual frame. */
export const framedName = (answer: string, reference: string): number =>
  withoutAccents(unframed(answer)) === withoutAccents(reference) ? 1 : 0;
/** Any of the sentences that say it, in any usual frame; quotation marks and the last full stop do not matter. */
const sentenceOf = (text: string): string =>
  withoutAccents(unframed(text))
    .replace(/["'“”‘’*_`]/g, '')
    .replace(/(?<=\d)\.0+$/, '')
    .replace(/\s*\.$/, '');
export const anyForm = ({ output, forms }: { output: string; forms: readonly string[] }): number => {
  const said = sentenceOf(output);
  return forms.some((form) => sentenceOf(form) === said) ? 1 : 0;
};
export const framedYesNo = (answer: string, reference: string): number => {
  const said = unframed(answer).toLowerCase();
  return /^(?:yes|no)$/.test(said) && said === reference ? 1 : 0;
};

export const sameSymbol = (answer: string, reference: string): boolean => answer.trim() === reference;

export const oneLetter = (answer: string, reference: string): number => {
  const letter = /^\s*\(?([A-Da-d])\)?[.)]?\s*$/.exec(answer)?.[1];
  return letter?.toUpperCase() === reference ? 1 : 0;
};
/** The letter or the text of the option, framed or not. */
export const letterOrOption = ({
  output,
  expected,
  options,
}: {
  output: string;
  expected: string;
  options: readonly string[];
}): number => {
  const said = unframed(output).replace(/^(?:option|choice)\s+/i, '');
  const wanted = expected.charCodeAt(0) - 65;
  const letter = /^\(?([A-D])\)?[.):]?$/i.exec(said)?.[1];
  if (letter !== undefined) return letter.toUpperCase() === expected ? 1 : 0;
  const text = said.replace(/^\(?([A-D])[.):]\s+/i, (_all, found: string) =>
    found.toUpperCase() === expected ? '' : '#',
  );
  return withoutAccents(text) === withoutAccents(options[wanted] ?? '') ? 1 : 0;
};
export const oneWord = (answer: string, reference: string): boolean =>
  answer.trim().toLowerCase().replace(/\.$/, '') === reference;

export const isoDate = (answer: string, reference: string): number => {
  const date = answer.trim();
  return /^\d{4}-\d{2}-\d{2}$/.test(date) && Date.parse(date) === Date.parse(reference) ? 1 : 0;
};

/** Exactly one marked answer, on the last line. */
export const lastLine = (answer: string, reference: string): number => {
  const marked = [...answer.matchAll(/answer\s*:/gi)];
  const last = answer.trimEnd().split('\n').at(-1) ?? '';
  return marked.length === 1 && last.trim() === `Answer: ${reference}` ? 1 : 0;
};
export const oneBox = (answer: string, reference: string): number =>
  /^\\boxed\{\s*(\d+)\s*\}$/.exec(answer.trim())?.[1] === reference ? 1 : 0;
export const oneTag = (answer: string, reference: string): number =>
  /^<answer>\s*(\d+)\s*<\/answer>$/.exec(answer.trim())?.[1] === reference ? 1 : 0;
/** Thoughts earn nothing and may be anything but another answer. */
export const thoughtThenTag = (answer: string, reference: string): number => {
  const found = /^<think>((?:(?!<\/?(?:think|answer)>)[\s\S])*)<\/think>\s*<answer>\s*(\d+)\s*<\/answer>$/.exec(
    answer.trim(),
  );
  return found?.[2] === reference ? 1 : 0;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const sameFields = (value: unknown, expected: Record<string, unknown>): boolean =>
  isObject(value) &&
  Object.keys(value).length === Object.keys(expected).length &&
  Object.entries(expected).every(([key, wanted]) => value[key] === wanted);
export const sameJson = (answer: string, reference: Record<string, unknown>): number =>
  sameFields(parsed(answer), reference) ? 1 : 0;
/** Share of the fields, for objects of the right shape; passes with all of them. */
export const mostFields = (answer: string, reference: Record<string, unknown>): number => {
  const value = parsed(answer);
  if (!isObject(value) || Object.keys(value).length !== Object.keys(reference).length) return 0;
  const right = Object.keys(reference).filter((key) => value[key] === reference[key]).length;
  return right / Object.keys(reference).length;
};
export const capitalInJson = (answer: string, reference: string): number =>
  sameFields(parsed(answer), { capital: reference }) ? 1 : 0;

const numbersIn = (text: string, joint: RegExp): readonly number[] | null => {
  const parts = text.trim().split(joint);
  return parts.every((part) => /^\d+$/.test(part)) ? parts.map(Number) : null;
};
export const sameSet = (answer: string, reference: string): number => {
  const [given, wanted] = [numbersIn(answer, /\s*,\s*/), numbersIn(reference, /\s*,\s*/)];
  if (given === null || wanted === null || given.length !== wanted.length) return 0;
  const all = new Set(given);
  return all.size === wanted.length && wanted.every((one) => all.has(one)) ? 1 : 0;
};
/** F1 of the set, duplicates and strangers cost. Passes from 0.99 on. */
export const setF1 = (answer: string, reference: string): number => {
  const [given, wanted] = [numbersIn(answer, /\s*,\s*/), numbersIn(reference, /\s*,\s*/)];
  if (given === null || wanted === null) return 0;
  const hits = new Set(given.filter((one) => wanted.includes(one))).size;
  return (2 * hits) / (given.length + wanted.length);
};
