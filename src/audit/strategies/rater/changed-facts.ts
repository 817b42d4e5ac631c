/** A12, D: an honest answer with its facts changed. Similarity hardly notices; whoever reads it does. */
import type { Example } from '../../example.ts';
import { changeCore } from '../text/core.ts';
import { knownTexts, ofKnown } from '../text/material.ts';
import { degrade } from '../text/named.ts';
import { stillSays } from '../text/other.ts';
import { byFrequency, contentWords, numberOf, plainForm, words } from '../text/words.ts';
import { RATED } from './common.ts';

const broken = degrade(RATED);

/** Names inside a sentence: capitalised, and not its first word. */
const NAME = /(?<=[\p{Ll},;]\s)\p{Lu}[\p{L}'’-]+/gu;

/** At least a fifth away from the original, under every tolerance. */
const isFar = (value: number, original: number): boolean => Math.abs(value - original) > 0.2 * Math.abs(original);

/** Null where nothing changed, or where what is left still says the reference. */
const changedFacts = (good: string, example: Example, change: (core: string) => string | null): string | null =>
  changeCore(good, (core) => {
    const text = change(core);
    return text === null || stillSays(text, example) ? null : text;
  });

/** The place of a word among those that honest answers use, the most frequent first. */
const wordRanks = ofKnown(
  (known): ReadonlyMap<string, number> =>
    new Map(
      byFrequency(knownTexts(known).map((text) => words(text.toLowerCase()))).map((word, index) => [word, index]),
    ),
);

const reversedDigits = (core: string): string | null => {
  const value = numberOf(core);
  if (value === null) return null;
  const digits = /\d{2,}/.exec(core)?.[0] ?? '';
  const turned = core.replace(digits, [...digits].toReversed().join(''));
  const now = numberOf(turned);
  return now !== null && isFar(now, value) ? turned : null;
};

export const CHANGED_FACTS = [
  broken(
    {
      name: 'change-numbers',
      family: 'changed-facts',
      plain: true,
      source: 'attacks A4, A12',
      description: 'An honest answer in which every number is another one.',
    },
    (good, example) =>
      changedFacts(good, example, (core) => core.replaceAll(/\d+/g, (digits) => String(BigInt(digits) * 3n + 7n))),
    { from: 'The tower was finished in 1889 and is 330 m high.', example: { reference: null } },
  ),
  broken(
    {
      name: 'change-names',
      family: 'changed-facts',
      source: 'attacks A12',
      description: 'An honest answer in which every name is another one.',
    },
    (good, example) => changedFacts(good, example, (core) => core.replaceAll(NAME, () => 'Hartwell')),
    { from: 'The tower was built by Gustave Eiffel in Paris.', example: { reference: null } },
  ),
  broken(
    {
      name: 'change-key-word',
      family: 'changed-facts',
      source: 'attacks A12 (embedding adversaries)',
      description: 'An honest answer in which the rarest word of content is replaced by one that fits nowhere.',
      needs: ['known-good'],
    },
    (good, example, { known }) =>
      changedFacts(good, example, (core) => {
        if (words(core).length < 4) return null;
        const ranks = wordRanks(known);
        const rank = (word: string): number => ranks.get(word.toLowerCase()) ?? Number.MAX_SAFE_INTEGER;
        const [rarest] = contentWords(core).toSorted(
          (left, right) => rank(right) - rank(left) || right.length - left.length,
        );
        return rarest === undefined ? null : core.replaceAll(rarest, () => 'sandwich');
      }),
    { from: 'Paris is the capital of France.', example: { reference: 'the capital of France' } },
  ),
  broken(
    {
      name: 'wrong-magnitude',
      family: 'wrong-number',
      plain: true,
      source: 'attacks A11 (number formats, tolerances)',
      description: 'The right number times ten, or a tenth of it: the same digits.',
    },
    (good) => ({
      ten: changeCore(good, (core) => {
        const value = numberOf(core);
        if (value === null || value === 0) return null;
        return /\./.test(core) ? String(value * 10) : core.replace(/\d(?=\D*$)/, (last) => `${last}0`);
      }),
      tenth: changeCore(good, (core) => {
        const value = numberOf(core);
        return value === null || value === 0 ? null : String(value / 10);
      }),
    }),
    { from: '42' },
  ),
  broken(
    {
      name: 'turned-digits',
      family: 'wrong-number',
      source: 'attacks A11',
      description: 'The digits of the right number from last to first.',
    },
    (good) => changeCore(good, reversedDigits),
    { from: '42' },
  ),
  broken(
    {
      name: 'digits-run-on',
      family: 'wrong-number',
      source: 'attacks A10 (substring)',
      description: 'The right number inside a longer one: found by every search for its digits.',
    },
    (good) => ({
      behind: changeCore(good, (core) => (numberOf(core) === null ? null : `${plainForm(core)}73`)),
      before: changeCore(good, (core) => (numberOf(core) === null ? null : `73${plainForm(core)}`)),
      both: changeCore(good, (core) => (numberOf(core) === null ? null : `9${plainForm(core)}1`)),
    }),
    { from: '42' },
  ),
] as const;
