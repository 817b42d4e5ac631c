import { unreachable } from '../../base/errors.ts';
import { domainCause, prose } from '../../grade/disclosure-text.ts';
import { withDigits } from '../number-words.ts';
import { wordsIn } from './rater.ts';

/**
 * What counts as the right answer. words: one of these forms is said, and no rival. number: the last number that the
 * question did not give is this one.
 */
export type Key =
  | { readonly kind: 'words'; readonly accepted: readonly string[]; readonly rivals: readonly string[] }
  | { readonly kind: 'number'; readonly value: number; readonly given: readonly number[] };

/** undecided: the right answer and another one are both there, or the text is not in English and names neither. */
export type Reading = 'right' | 'wrong' | 'undecided';

/** A line `answer: ...`, or "the answer is ..." to the end of its sentence: where one is there, the last one alone is read. */
const STATED =
  /(?:^|\n)[^\S\n]*(?:[#>*_-]+ *)?(?:final |short )?answer\W{0,4}: *([^\n]+)|\bthe (?:final |correct |right |short )?answer is:? ([^\n.]+)/gi;

/** Clauses, so that "unlike Sydney, Canberra is" takes back only the first name. */
const clausesIn = (text: string): readonly string[] => text.split(/[.,!?;:](?=\s|$)|[()\n\u2013\u2014]| - /);

/** Lower case, without accents, words apart by single blanks; list marks and thousands separators are gone. */
const plain = (text: string): string =>
  ` ${text
    .replaceAll(/^[ \t]*\d{1,2}[.)] +/gm, '')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/(?<=\d)[,\u202f](?=\d{3}\b)/g, '')
    .toLowerCase()
    .replaceAll(/n['\u2019]t\b/g, ' not')
    .replaceAll(/[^\p{L}\p{N}.]+|\.(?!\d)/gu, ' ')
    .trim()} `;

/** What stands in front of a form that is named and not claimed. "I think" claims; "many think" does not. */
const OTHERS = '(?:people|many|most|some|others|they|you|everyone|often|commonly|may|might|would|could)';
const NOT_CLAIMED = new RegExp(
  ` (?:not|never|nor|neither|unlike|than|instead of|rather than|confuse[ds]?|confusing|mistake[ns]?|mistook|besides|before|after|near|between|from|followed by|beats?|${OTHERS} (?:\\S+ )?(?:think|believe|guess|assume|say)) (?:(?!but |actually |however |in fact |instead )\\S+ ){0,4}$`,
);

/** Characters in front of a form that are looked at. */
const NEARBY = 120;

const claims = (clause: string, form: string): boolean => {
  const text = plain(clause);
  for (let at = text.indexOf(` ${form} `); at !== -1; at = text.indexOf(` ${form} `, at + 1)) {
    if (!NOT_CLAIMED.test(text.slice(Math.max(0, at - NEARBY), at + 1))) return true;
  }
  return false;
};

/** Of a text that names no right answer: it may name one in a language that the rules do not read. */
const isForeign = (text: string): boolean => {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return latin < letters * 0.9 || (wordsIn(text) > FEW_WORDS && domainCause(text, prose(text, [])) !== null);
};

/** Below this many words a language cannot be told from names. */
const FEW_WORDS = 8;

/** Behind the right answer: another name is offered in its place. */
const TAKEN_BACK =
  /\b(?:or|maybe|perhaps|possibly|actually|wait|correction|sorry|rather|no|wrong|hmm|alternatively)\b/i;

/** A clause with at most this many words beside the name says nothing but the name: "it is Sydney". */
const BARE = 2;

/**
 * The first clause that claims anything decides, since an answer comes first and what it is compared with comes later;
 * unless it claims two things, or another name is then offered in its place or stands there bare.
 */
const readWords = (text: string, accepted: readonly string[], rivals: readonly string[]): Reading => {
  const clauses = clausesIn(text).map((clause) => {
    const rival = rivals.find((form) => claims(clause, form));
    return { clause, rival, right: accepted.some((form) => claims(clause, form)) };
  });
  const first = clauses.findIndex(({ right, rival }) => right || rival !== undefined);
  if (!clauses.some(({ right }) => right)) return isForeign(text) ? 'undecided' : 'wrong';
  if (clauses[first]?.rival !== undefined) return 'undecided';
  const later = clauses.slice(first + 1);
  const named = later.findLastIndex(({ rival }) => rival !== undefined);
  const offered = later.slice(0, named + 1).some(({ clause }) => TAKEN_BACK.test(clause));
  const bare = later.some(({ clause, rival }) => rival !== undefined && wordsIn(clause) - wordsIn(rival) <= BARE);
  return offered || bare ? 'undecided' : 'right';
};

const numbersIn = (text: string): readonly number[] =>
  (withDigits(plain(text).replaceAll(/(?<=\p{L})(?=\d)|(?<=\d)(?=\p{L})/gu, ' ')).match(/\d+(?:\.\d+)?/g) ?? []).map(
    Number,
  );

const readNumber = (text: string, value: number, given: readonly number[]): Reading => {
  const found = numbersIn(text).filter((number) => number === value || !given.includes(number));
  if (found.at(-1) === value) return 'right';
  return found.includes(value) ? 'undecided' : 'wrong';
};

/** In characters. */
const LONGEST = 8_000;

/** Reads an answer by the key, up to its first 8,000 characters. Meant for short ones: in a long one more is named than claimed. */
export const readingOf = (answer: string, key: Key): Reading => {
  const short = answer.slice(0, LONGEST);
  const stated = [...short.matchAll(STATED)].at(-1);
  const text = stated?.[1] ?? stated?.[2] ?? short;
  switch (key.kind) {
    case 'words':
      return readWords(text, key.accepted, key.rivals);
    case 'number':
      return readNumber(text, key.value, key.given);
    default:
      return unreachable(key);
  }
};
