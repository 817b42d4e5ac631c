/** A8: honest answers of other questions, and their form without their content. Class B too: the most common answer. */
import { knownReferences, knownTexts } from '../text/material.ts';
import { noWork } from '../text/named.ts';
import { words } from '../text/words.ts';
import { RATED } from './common.ts';

const nothing = noWork(RATED);

/** Alphabetically, so that all examples borrow the same one as far as they can: leaving an example out must not reorder the others. */
const byText = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();

const byLength = (texts: readonly string[]): readonly string[] =>
  byText(texts).toSorted((left, right) => left.length - right.length);

/** The words that most of the texts begin with, at least two of them. */
const commonOpening = (texts: readonly string[]): string | null => {
  const openings = Map.groupBy(texts, (text) => words(text).slice(0, 3).join(' '));
  const [most] = [...openings].toSorted(([, left], [, right]) => right.length - left.length);
  return most === undefined || most[1].length < 2 || most[0] === '' ? null : most[0];
};

export const BORROWED = [
  nothing(
    {
      name: 'borrowed-answer',
      family: 'borrowed',
      plain: true,
      source: 'attacks A8; Zheng et al. 2024, arXiv 2410.07137 (one constant answer)',
      description: 'An honest answer of another question: well written, and beside the point.',
      needs: ['known-good'],
    },
    (_seen, { known }) => byText(knownTexts(known))[0] ?? null,
  ),
  nothing(
    {
      name: 'borrowed-longest',
      family: 'borrowed',
      source: 'attacks A1, A8',
      description: 'The longest honest answer of another question.',
      needs: ['known-good'],
    },
    (_seen, { known }) => byLength(knownTexts(known)).at(-1) ?? null,
  ),
  nothing(
    {
      name: 'borrowed-collection',
      family: 'borrowed',
      source: 'attacks A8, A10 (shotgun)',
      description: 'Many honest answers of other questions, one behind the other.',
      needs: ['known-good'],
    },
    (_seen, { known }) => {
      const texts = byText(knownTexts(known)).slice(0, 12);
      return texts.length < 2 ? null : texts.join('\n\n');
    },
  ),
  nothing(
    {
      name: 'usual-opening',
      family: 'house-style',
      source: 'attacks A8 (reference-similar wording)',
      description: 'The words that honest answers usually begin with, and then nothing.',
      needs: ['known-good'],
    },
    (_seen, { known }) => {
      const opening = commonOpening(knownTexts(known));
      return opening === null ? null : `${opening} …`;
    },
    { known: { answers: ['The capital is Rome.', 'The capital is Madrid.'] } },
  ),
  nothing(
    {
      name: 'most-common-answer',
      family: 'constant-text',
      plain: true,
      source: 'attacks B (majority class), A10',
      description: 'The same answer everywhere: the one that is right most often.',
    },
    (_seen, { known }) =>
      Object.fromEntries(
        knownReferences(known)
          .slice(0, 8)
          .map((text) => [`all-${text.slice(0, 40)}`, text]),
      ),
    { digits: 'free', framed: true },
  ),
  nothing(
    {
      name: 'constant-option',
      family: 'constant-text',
      source: 'attacks A7 (position), B (constant)',
      description: 'Always the first, the second, … of the options.',
      needs: ['options'],
    },
    ({ options }) =>
      Object.fromEntries((options ?? []).slice(0, 8).map((option, index) => [`option-${index + 1}`, option])),
    { digits: 'free', framed: true },
  ),
  nothing(
    {
      name: 'constant-letter',
      family: 'constant-text',
      source: 'attacks A7 (position), B (constant); Zheng et al. 2023, arXiv 2309.03882 (option letters)',
      description: 'Always the same letter of a multiple-choice question.',
      needs: ['options'],
    },
    ({ options }) =>
      Object.fromEntries(
        ['A', 'B', 'C', 'D', 'E', 'F'].slice(0, options?.length ?? 0).map((letter) => [`letter-${letter}`, letter]),
      ),
  ),
] as const;
