/** B: lists that hold everything, nothing, or the same thing often. */
import type { Json } from '../../../base/json.ts';
import type { Vector } from '../../answer.ts';
import { isVector } from '../../answer.ts';
import type { Knowledge, StrategyOf } from '../../strategy.ts';
import { isList, textOf } from '../text/material.ts';
import { RANKED } from './common.ts';
import { degradeVector, fill, isNumber, noWorkVector } from './vectors.ts';

const nothing = noWorkVector(RANKED);
const broken = degradeVector(RANKED);

const NAMES = ['id', 'doc_id', 'docId', 'name', 'title', 'url'] as const;

/** How a ranking names an item: by itself, or by what it says is its name. */
const nameOf = (input: Json): Json => {
  if (input === null || typeof input !== 'object' || isList(input)) return input;
  for (const key of NAMES) {
    const name = input[key];
    if (typeof name === 'string' || typeof name === 'number') return name;
  }
  return input;
};

/** Whether honest rankings are a score for each item and not a list of names. */
const ranksByScore = (inputs: readonly Json[], known: Knowledge): boolean => {
  const [first] = known.answers.filter(isVector);
  return first !== undefined && first.length > 0 && first.every(isNumber) && !inputs.map(nameOf).some(isNumber);
};

/** A ranking in which the items stand in the order given by their places. */
const ranked = (inputs: readonly Json[], known: Knowledge, places: readonly number[]): Vector => {
  if (!ranksByScore(inputs, known)) return places.map((place) => nameOf(inputs[place] ?? null));
  const scores = new Map(places.map((place, rank) => [place, places.length - rank]));
  return inputs.map((_, place) => scores.get(place) ?? 0);
};

const inOrder = (inputs: readonly Json[]): readonly number[] => inputs.map((_, place) => place);

const byLength = (inputs: readonly Json[], sign: 1 | -1): readonly number[] =>
  inOrder(inputs).toSorted(
    (left, right) =>
      sign * (textOf(inputs[left] ?? null).length - textOf(inputs[right] ?? null).length) || left - right,
  );

export const RANKING: readonly StrategyOf<'no-work' | 'degrade'>[] = [
  nothing(
    {
      name: 'cite-everything',
      family: 'retrieval-spray',
      plain: true,
      source: 'attacks B (retrieval spray, "cite everything")',
      description: 'Every item, in the order in which they came: nothing is missed, and nothing is chosen.',
    },
    (inputs, { known }) => ranked(inputs, known, inOrder(inputs)),
  ),
  nothing(
    {
      name: 'return-nothing',
      family: 'retrieval-spray',
      source: 'attacks B (abstain always)',
      description: 'No item at all: nothing irrelevant was returned.',
    },
    () => [],
  ),
  nothing(
    {
      name: 'repeat-first-item',
      family: 'retrieval-spray',
      source: 'attacks B (duplicate rows)',
      description: 'The first item, as often as there are items: one hit counts many times.',
    },
    (inputs) => fill(inputs, nameOf(inputs[0] ?? null)),
  ),
  nothing(
    {
      name: 'reverse-order',
      family: 'blind-order',
      plain: true,
      source: 'attacks B (id order)',
      description: 'Every item, from last to first.',
    },
    (inputs, { known }) => ranked(inputs, known, inOrder(inputs).toReversed()),
  ),
  nothing(
    {
      name: 'longest-first',
      family: 'blind-order',
      source: 'attacks B, A1',
      description: 'Every item, the longest first, or the shortest.',
    },
    (inputs, { known }) => ({
      longest: ranked(inputs, known, byLength(inputs, -1)),
      shortest: ranked(inputs, known, byLength(inputs, 1)),
    }),
  ),
  nothing(
    {
      name: 'random-order',
      family: 'blind-order',
      source: 'attacks B (null model)',
      description: 'Every item, in an order by dice.',
    },
    (inputs, { known, dice }) => ranked(inputs, known, dice.shuffle(inOrder(inputs))),
  ),
  nothing(
    {
      name: 'equal-scores',
      family: 'ranking-ties',
      source: 'attacks B (tie handling)',
      description: 'The same score for every item: all of them share the first place.',
    },
    (inputs) => ({ one: fill(inputs, 1), zero: fill(inputs, 0) }),
  ),
  broken(
    {
      name: 'repeat-best-hit',
      family: 'repeated-hits',
      source: 'attacks B (duplicate rows)',
      description: 'The first item of an honest list again and again: each copy counts as a hit.',
    },
    (good, _labels, _known, inputs) =>
      good.length === 0 || good.every(isNumber) ? null : fill(inputs, good[0] ?? null),
    ['doc-b', 'doc-d'],
  ),
  broken(
    {
      name: 'bury-hits',
      family: 'buried-hits',
      source: 'attacks B (retrieval spray)',
      description:
        'Everything irrelevant first and the honest list at the end: recall without a limit does not see it.',
    },
    (good, _labels, _known, inputs) => {
      if (good.every(isNumber)) return null;
      const hits = new Set(good);
      const rest = inputs.map(nameOf).filter((name) => !hits.has(name));
      return rest.length === 0 ? null : [...rest, ...good];
    },
    ['doc-b', 'doc-d'],
  ),
];
