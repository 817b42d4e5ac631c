import { withDigits } from '../number-words.ts';

/**
 * The measure: a sentence of a summary is supported where enough of its words are found in one sentence of the source,
 * as metrics of word overlap count it. It does not see order, negation, or what the source is about.
 */

/** Words that say nothing by themselves; overlap metrics leave them out. */
const STOP_WORDS = new Set(
  (
    'a an the and or but of in on at to for from by with as is are was were be been being has have had do does did will ' +
    'would can could may might must shall should it its this that these those there their they he she his her him them ' +
    'we us our you your i not no nor so if than then also after before because since who which what when where while ' +
    'about into over under out up down all any some one s t'
  ).split(' '),
);

/** The share of its words that one source sentence must have for a sentence to count as supported. */
export const SUPPORT_BAR = 0.8;

/** Lower case, without accents and marks; numbers as digits. */
export const plainWords = (text: string): readonly string[] =>
  withDigits(
    text
      .normalize('NFKD')
      .replaceAll(/\p{M}/gu, '')
      .replaceAll(/(?<=\d)[,\u202f](?=\d{3}\b)/g, '')
      .toLowerCase()
      .replaceAll(/n['\u2019]t\b/g, ' not')
      .replaceAll(/\bcannot\b/g, 'can not')
      // Ordinals and "under 14s".
      .replaceAll(/(?<=\d)(?:s|st|nd|rd|th)\b/g, ''),
  ).match(/[\p{L}\p{N}]+/gu) ?? [];

/** Endings that change with the grammar of a sentence. */
const stem = (word: string): string => (word.length > 4 ? word.replace(/(?:ing|ed|es|e|s)$/, '') : word);

const contentWords = (text: string): readonly string[] =>
  plainWords(text)
    .filter((word) => !STOP_WORDS.has(word))
    .map(stem);

/** A text divided at full stops and ends of lines. Parts without a letter are left out. */
export const sentencesOf = (text: string): readonly string[] =>
  text
    .split(/(?<=[.!?]["'\u201d\u2019)*_]{0,3})\s+|\n+/)
    .map((part) => part.replace(/^\s*(?:[-*+\u2022#>]+|\d{1,2}[.)])\s+/, '').trim())
    .filter((part) => /\p{L}/u.test(part));

export interface Support {
  readonly sentence: string;
  /** Of its words, the share that the best source sentence has, 0 to 1; 0 where it has no word that counts. */
  readonly share: number;
  /** The place of that source sentence, from 0; the first of equals. */
  readonly best: number;
  readonly supported: boolean;
}

/** Each sentence of `summary` against the sentences of the source. */
export const supportOf = (summary: string, source: readonly string[]): readonly Support[] => {
  const bags = source.map((sentence) => new Set(contentWords(sentence)));
  return sentencesOf(summary).map((sentence) => {
    const words = contentWords(sentence);
    const shares = bags.map((bag) =>
      words.length === 0 ? 0 : words.filter((word) => bag.has(word)).length / words.length,
    );
    const share = Math.max(0, ...shares);
    return { sentence, share, best: Math.max(0, shares.indexOf(share)), supported: share >= SUPPORT_BAR - 1e-9 };
  });
};
