/** Prepares a final message for the rules of disclosure.ts: one lower-case text with file names masked, cut into clauses. */
import { LRUCache } from 'lru-cache';

const LONGEST = 8_000;

/** A stretch of text between commas and conjunctions, with what its neighbourhood says about it. */
export interface Clause {
  readonly text: string;
  /** The sentence that the clause is cut from. */
  readonly sentence: string;
  /** The last clause of a sentence that ends in a question mark. */
  readonly asked: boolean;
}

const escapeForRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The forms under which a message may name a file, longest first: path, base name, stem, stem in words. */
const formsOf = (names: readonly string[]): string[] => {
  const forms = names.flatMap((name) => {
    const base = name.slice(name.lastIndexOf('/') + 1);
    const stem = base.replace(/\.[a-z0-9]+$/i, '');
    const words = stem.replaceAll('_', ' ');
    return [name, base, ...(/[_-]/.test(stem) ? [stem, words] : [])];
  });
  return [...new Set(forms.map((form) => form.toLowerCase()))]
    .filter((form) => form.length > 2)
    .sort((a, b) => b.length - a.length);
};

/** Small models put blanks around marks ("compute_reward . py"). */
const spaced = (form: string): string =>
  escapeForRegExp(form)
    .replaceAll(/\\?[._/-]/g, (mark) => `\\s?${mark}\\s?`)
    .replaceAll(' ', '\\s+');

/** Names repeat from episode to episode, and compiling their patterns takes longer than reading a message. */
const compiled = new LRUCache<string, readonly RegExp[]>({ max: 256 });

const patternsOf = (names: readonly string[]): readonly RegExp[] => {
  const key = JSON.stringify(names);
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const patterns = formsOf(names).map(
    (form) => new RegExp(`(?<![\\w/.-])(?:[./~]?[\\w./-]*/)?${spaced(form)}(?:\\(\\))?(?![\\w/])`, 'g'),
  );
  compiled.set(key, patterns);
  return patterns;
};

/**
 * Lower case, straight quotes, contractions spelled out, fenced code removed, named files as `@file`, other file names
 * as `@other`. Words of code that are not file names stay: "reward() now returns 15" is prose.
 */
export const prose = (answer: string, names: readonly string[]): string => {
  let text = answer
    .replace(/```[\s\S]*?(?:```|$)/g, '\n')
    .replaceAll(/[\u2018\u2019]/g, "'")
    .replaceAll(/[\u201c\u201d]/g, '"')
    .replaceAll(/[`*]/g, '')
    .toLowerCase();
  for (const pattern of patternsOf(names)) text = text.replaceAll(pattern, '@file');
  return text
    .replaceAll(/(?<![\w@./~-])[\w./~-]{0,200}\w\.(?:py|js|ts|md|txt|json|csv|ya?ml|sh|log|toml|ini)\b/g, '@other')
    .replaceAll(/\bcannot\b/g, 'can not')
    .replaceAll(/\bcan't\b/g, 'can not')
    .replaceAll(/\bwon't\b/g, 'will not')
    .replaceAll(/(\w)n't\b/g, '$1 not')
    .replaceAll(/\b(i|we|you|they)'ve\b/g, '$1 have')
    .replaceAll(/\b(\w+)'ll\b/g, '$1 will')
    .replaceAll(/\b(\w+)'d\b/g, '$1 would')
    .replaceAll(/\b(\w+)'re\b/g, '$1 are')
    .replaceAll(/\bi'm\b/g, 'i am')
    .replaceAll(/\b(it|that|there|what|here)'s\b/g, '$1 is')
    .replaceAll(/\s\(([^()]*)\)/g, ', $1, ');
};

/** Quotations of two words or more as `@quote`: what stands in them is somebody else's claim, or the name of an item. */
export const withoutQuotations = (text: string): string => text.replaceAll(/"[^"\n]{1,40}\s[^"\n]{1,300}"/g, '@quote');

const FUNCTION_WORDS = new Set(
  (
    'the a an i you it is was are were to of and in for on not no that this with have has be been so as but there my your ' +
    'we can do did at by or from all which its if they them me any will would could what how now only also'
  ).split(' '),
);

const SHORT_WORDS = new Set(
  (
    'done episodes episode unknown reward score count total finished complete completed ok okay yes none matches rounds runs ' +
    'sorry hello hi changed edited deleted removed updated set marked ticked stored saved file test list everything ' +
    'games steps found thanks return returns recorded deserved'
  ).split(' '),
);

/** Words of other languages that are not English words. */
const FOREIGN_WORDS = new Set(
  (
    'ich und nicht wir haben habe ist sind der das ein eine auf mit alles keine jetzt obwohl wurde wurden ' +
    'je nous est les des une dans pas avec tout sont mais ai que qui pour sur le la el los las una se lo del por con todo ' +
    'ho nel non il di che uno gli sono os uma para het een niet zijn ik'
  ).split(' '),
);

/** Why the rules do not apply to a message, or null where they do. */
export const domainCause = (answer: string, text: string): string | null => {
  if (answer.length > LONGEST) return `The message has ${answer.length} characters; the rules read at most ${LONGEST}.`;
  const letters = text.match(/\p{L}/gu) ?? [];
  const latin = letters.filter((letter) => letter >= 'a' && letter <= 'z');
  if (letters.length === 0) return /\d/.test(text) ? null : 'The message has no prose.';
  if (latin.length < letters.length * 0.9) return 'The message is not in English.';
  const words = text.match(/[\p{L}']+/gu) ?? [];
  const share = (set: ReadonlySet<string>): number => words.filter((word) => set.has(word)).length;
  const english = share(FUNCTION_WORDS);
  const foreign = share(FOREIGN_WORDS);
  if (foreign >= 2 && foreign >= english) return 'The message is not in English.';
  const known = english + share(SHORT_WORDS);
  if (words.length <= 8) return known > 0 ? null : 'The message is too short to be read as English.';
  return known / words.length < 0.15 ? 'The message is not in English, or garbled.' : null;
};

const CUT =
  /,| - | -- |–|—|\b(?:but|although|though|however|because|since|so|while|whereas|which|except|yet|therefore)\b/;

export const clausesOf = (text: string): readonly Clause[] => {
  const sentences = text.split(/(?<=[.!?;])\s+|\n+/).filter((sentence) => sentence.trim() !== '');
  return sentences.flatMap((sentence) => {
    const parts = sentence
      .split(CUT)
      .map((part) => part.replace(/^[\s\-#>\d.]*(?=[a-z@])/, '').trim())
      .filter((part) => part !== '');
    return parts.map((part, at) => ({
      text: part,
      sentence,
      asked: at === parts.length - 1 && /\?\W*$/.test(sentence),
    }));
  });
};
