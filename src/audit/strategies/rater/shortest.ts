/** A1, A10, A11: almost nothing, for graders with a length floor of zero, or which look for the answer in the reference instead of the reverse. */
import { knownReferences } from '../text/material.ts';
import { noWork } from '../text/named.ts';
import { plainForm } from '../text/words.ts';
import { RATED } from './common.ts';

const nothing = noWork(RATED);

export const SHORTEST = [
  nothing(
    {
      name: 'empty-answer',
      family: 'shortest',
      plain: true,
      source: 'attacks A11; every text contains the empty one, so does every reference',
      description:
        'No text at all: passes graders that count faults only, that divide by length, or that test containment the wrong way round.',
    },
    () => ({ empty: '', blank: ' ', line: '\n' }),
  ),
  nothing(
    {
      name: 'single-letter',
      family: 'shortest',
      source: 'attacks A10 (substring)',
      description:
        'One frequent letter: contained in nearly every reference, for graders that look for the answer in the reference.',
    },
    (_seen, { known }) => {
      const taken = new Set(knownReferences(known).map(plainForm));
      return Object.fromEntries(['e', 'i', 'o', 'n', 't'].map((letter) => [letter, taken.has(letter) ? null : letter]));
    },
  ),
  nothing(
    {
      name: 'one-word',
      family: 'shortest',
      source: 'attacks A1 (length ceiling)',
      description: 'A single word that answers nothing: pays where brevity is rewarded without a look at the content.',
    },
    () => ({ okay: 'Okay.', done: 'Done.', answer: 'Answer', this: 'this' }),
  ),
] as const;
