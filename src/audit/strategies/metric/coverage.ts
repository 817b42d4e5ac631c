/** B: answering only what is easy, and whatever else takes failures out of the denominator. */
import type { Json } from '../../../base/json.ts';
import { CLASSIFIED, PREDICTED } from './common.ts';
import { blindGuess, knownLabels, positiveLabels } from './labels.ts';
import { degradeVector, fill, noWorkVector } from './vectors.ts';

const nothing = noWorkVector(PREDICTED);
const broken = degradeVector(PREDICTED);
const brokenClasses = degradeVector(CLASSIFIED);

/** Every tenth item, at least one. */
const few = (length: number): number => Math.max(1, Math.floor(length / 10));

export const COVERAGE = [
  nothing(
    {
      name: 'abstain-always',
      family: 'abstention',
      plain: true,
      source: 'attacks B (abstain always, drop failures); inspect_petri #113',
      description: 'No prediction for any item: no error either, where only predictions are counted.',
    },
    (inputs) => fill(inputs, null),
  ),
  nothing(
    {
      name: 'answer-one',
      family: 'abstention',
      source: 'attacks B (answer easy only, coverage gaming)',
      description: 'A guess for one item and none for the others.',
    },
    (inputs, { known }) => {
      const one = (value: Json): readonly Json[] => inputs.map((_, index) => (index === 0 ? value : null));
      const flagged = positiveLabels(known)[0];
      return { guess: one(blindGuess(known)), flagged: flagged === undefined ? null : one(flagged) };
    },
  ),
  nothing(
    {
      name: 'answer-every-tenth',
      family: 'abstention',
      source: 'attacks B (coverage gaming)',
      description: 'A guess for every tenth item and none for the others.',
    },
    (inputs, { known }) => inputs.map((_, index) => (index % 10 === 0 ? blindGuess(known) : null)),
  ),
  broken(
    {
      name: 'answer-easy-only',
      family: 'dropped-denominator',
      plain: true,
      source: 'attacks B (answer easy only, denominators)',
      description: 'Right for every tenth item, silent on all others: perfect where silence is left out.',
    },
    (good) => good.map((value, index) => (index < few(good.length) ? value : null)),
  ),
  broken(
    {
      name: 'blank-the-rest',
      family: 'dropped-denominator',
      source: 'attacks B (drop failures)',
      description:
        'Right for every tenth item and an empty text for all others, where silence has another name than null.',
    },
    (good) => {
      const blank = (empty: Json): readonly Json[] =>
        good.map((value, index) => (index < few(good.length) ? value : empty));
      return { empty: blank(''), unknown: blank('unknown'), nan: blank('NaN'), minus: blank(-1) };
    },
  ),
  broken(
    {
      name: 'hand-in-few',
      family: 'dropped-denominator',
      source: 'attacks B (cherry-picked slice, denominators)',
      description:
        'Predictions for the first few items only, in a list that ends there: perfect where the shorter list decides.',
    },
    (good) => {
      const count = few(good.length);
      return count < good.length ? good.slice(0, count) : null;
    },
  ),
  brokenClasses(
    {
      name: 'answer-one-class-only',
      family: 'one-class-answered',
      source: 'attacks B (coverage gaming, precision without recall)',
      description: 'Right on the items of one class and silent on all others.',
    },
    (good, labels, known) =>
      Object.fromEntries(
        knownLabels(known)
          .slice(0, 2)
          .map((kept, index) => [
            index === 0 ? 'most-frequent' : 'second',
            labels.includes(kept) && labels.some((label) => label !== kept)
              ? good.map((value, at) => (labels[at] === kept ? value : null))
              : null,
          ]),
      ),
  ),
] as const;
