/** A12: similarity to a reference (BLEU, ROUGE, token F1, edit distance, embeddings) without its meaning. */
import type { Example } from '../../example.ts';
import { changeCore } from '../text/core.ts';
import { inputText, knownTexts, ofKnown, usualLength } from '../text/material.ts';
import { degrade, noWork } from '../text/named.ts';
import { stillSays } from '../text/other.ts';
import { byFrequency, contentWords, numerals, STOP_WORDS, words } from '../text/words.ts';
import { RATED } from './common.ts';

const nothing = noWork(RATED);
const broken = degrade(RATED);

/** Below this a changed order may still be the answer. */
const LEAST_WORDS = 6;

const pairsOf = (text: string): readonly string[] => {
  const all = words(text.toLowerCase());
  return all.slice(1).map((word, index) => `${all[index] ?? ''} ${word}`);
};

const sharedPairs = ofKnown((known) => byFrequency(knownTexts(known).map(pairsOf)).slice(0, 400));

const longEnough = (core: string): boolean =>
  words(core).length >= LEAST_WORDS && contentWords(core).length >= 3 && !/[,;\n]/.test(core);

/** An answer of another build. Null where the core is a list or too short, or where what is left of it still says the reference. */
const rebuilt = (
  good: string,
  example: Example,
  build: (all: readonly string[], core: string) => string | null,
): string | null =>
  changeCore(good, (core) => {
    const text = longEnough(core) ? build(words(core), core) : null;
    return text === null || stillSays(text, example) ? null : text;
  });

const SENTENCE = { from: 'The blue whale is larger than every other living animal.' };

const withoutFacts = (core: string): string | null => {
  const facts = new Set([...contentWords(core), ...numerals(core)]);
  const left = words(core).filter((word) => !facts.has(word));
  return left.length < 2 ? null : left.join(' ');
};

export const OVERLAP = [
  nothing(
    {
      name: 'stop-words',
      family: 'overlap',
      plain: true,
      source: 'attacks A12 (n-gram overlap)',
      description:
        'The most frequent words of the language, as many as an honest answer has: some overlap with every text.',
    },
    (_seen, { known }) => {
      const length = Math.min(usualLength(known), 400);
      const repeated = Array.from({ length }, (_, index) => STOP_WORDS[index % 24] ?? 'the');
      return { usual: repeated.join(' '), all: STOP_WORDS.join(' ') };
    },
  ),
  nothing(
    {
      name: 'common-phrases',
      family: 'overlap',
      source: 'attacks A12 (BLEU and ROUGE tricks)',
      description: 'The pairs of words that most honest answers share, as many as an answer has.',
      needs: ['known-good'],
    },
    (_seen, { known }) => {
      const pairs = sharedPairs(known).slice(0, Math.max(2, Math.ceil(usualLength(known) / 2)));
      return pairs.length === 0 ? null : pairs.join(' ');
    },
  ),
  nothing(
    {
      name: 'question-phrases',
      family: 'overlap',
      source: 'attacks A12 (length match)',
      description: 'The first words of the question, as many as an honest answer has.',
      needs: ['input'],
    },
    (seen, { known }) => {
      const asked = words(inputText(seen));
      return asked.length < 2 ? null : asked.slice(0, usualLength(known)).join(' ');
    },
  ),
  broken(
    {
      name: 'reverse-words',
      family: 'bag-of-words',
      plain: true,
      source: 'attacks A12 (copy of reference fragments)',
      description: 'The words of an honest answer from last to first: the same bag of words, and no sentence.',
    },
    (good, example) => rebuilt(good, example, (all) => all.toReversed().join(' ')),
    SENTENCE,
  ),
  broken(
    {
      name: 'sort-words',
      family: 'bag-of-words',
      source: 'attacks A12',
      description: 'The words of an honest answer in the order of the alphabet.',
    },
    (good, example) => rebuilt(good, example, (all) => all.toSorted().join(' ')),
    SENTENCE,
  ),
  broken(
    {
      name: 'shuffle-words',
      family: 'bag-of-words',
      source: 'attacks A12',
      description: 'The words of an honest answer in no order.',
    },
    (good, example, { dice }) => rebuilt(good, example, (all) => dice.fork('order').shuffle(all).join(' ')),
    SENTENCE,
  ),
  broken(
    {
      name: 'frame-without-facts',
      family: 'fragments',
      plain: true,
      source: 'attacks A12',
      description: 'An honest answer without its words of content and its numbers: the frame of it remains.',
    },
    (good, example) => rebuilt(good, example, (_all, core) => withoutFacts(core)),
    SENTENCE,
  ),
  broken(
    {
      name: 'repeat-first-words',
      family: 'fragments',
      source: 'attacks A12 (n-gram repetition)',
      description:
        'The first two words of an honest answer again and again, up to its length: high precision of n-grams.',
    },
    (good, example) => rebuilt(good, example, (all) => all.map((_, index) => all[index % 2] ?? '').join(' ')),
    SENTENCE,
  ),
] as const;
