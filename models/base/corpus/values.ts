import type { Rng } from '../../../src/base/rng.ts';
import { chance, type Part, pickWeighted, voice } from './demonstration.ts';
import type { Errand } from './errand.ts';
import { demonstrate, type HomeFile, twoSlots } from './scene.ts';
import { ADJECTIVES, anyWord, COUNTED_WORDS, DAYS, madeUpWord, NAMES, PIECES, THINGS } from './vocabulary.ts';

/**
 * Carrying a value from where it was read to where it is wanted, which tiny models learn last: out of a file into the
 * answer, out of the request into a file. Keys and values are drawn widely, and the words that the held-out questions
 * count are among the keys, so that the model can write them. Numbers change in text files alone, and never under those.
 */

interface Row {
  readonly key: string;
  readonly value: string;
}

const aValue = (dice: Rng): string =>
  dice.pick([
    () => dice.pick(NAMES),
    () => dice.pick(PIECES),
    () => anyWord(dice),
    () => madeUpWord(dice),
    () => dice.pick(DAYS),
    () => `${dice.pick(ADJECTIVES)}-${dice.pick(PIECES)}`,
    () => String(dice.int(10)),
    () => String(dice.int(100)),
    () => String(dice.int(1000)),
    () => String(dice.int(1000) - 500),
  ])();

const OTHER_KEYS: readonly string[] = [
  ...['owner', 'colour', 'day', 'month', 'town', 'room', 'item', 'guest', 'code', 'state', 'price', 'weight', 'width'],
  ...['height', 'depth', 'age', 'speed', 'limit', 'volume', 'budget', 'delay', 'distance', 'stock', 'seats', 'pages'],
  ...['name', 'host', 'team', 'size', 'rate', 'level', 'total', 'word', 'line', 'key', 'street', 'driver', 'mark'],
];

/** `counted`: words that the held-out questions count may be among the keys. Never beside an edit. */
const rowsFrom = (dice: Rng, count: number, make: (dice: Rng) => string, counted: boolean): readonly Row[] => {
  const rows = new Map<string, string>();
  while (rows.size < count) {
    const pool = pickWeighted(dice, [
      [OTHER_KEYS, 6],
      [PIECES, 3],
      [THINGS, 2],
      [COUNTED_WORDS, counted ? 2 : 0],
    ]);
    rows.set(dice.pick(pool), make(dice));
  }
  return [...rows].map(([key, value]) => ({ key, value }));
};

const pathFrom = (dice: Rng): string =>
  `${dice.pick([anyWord(dice), `${dice.pick(ADJECTIVES)}_${dice.pick(PIECES)}`])}/${dice.pick([
    anyWord(dice),
    `${dice.pick(PIECES)}_${dice.pick(PIECES)}`,
  ])}.${dice.pick(['txt', 'md', 'log', 'csv', 'list'])}`;

const jointFor = (dice: Rng, path: string): string =>
  path.endsWith('.csv') ? ',' : dice.pick([': ', ': ', ' = ', ' ']);

const fileOf = (path: string, rows: readonly Row[], joint: string): HomeFile => ({
  path,
  text: rows.map(({ key, value }) => `${key}${joint}${value}\n`).join(''),
});

const ASKED: readonly string[] = [
  'What does PATH say about the KEY? End with `KEY: WORD`.',
  'Read PATH and tell me the KEY. End with `KEY: WORD`.',
  'Which KEY is noted in PATH? Last line: `KEY: WORD`.',
  'What stands behind KEY in PATH? Close with `KEY: WORD`.',
  'I need the KEY from PATH. Finish with `KEY: WORD`.',
];

/** What a file says under a key. */
export const readingErrand = (dice: Rng, { counted }: { readonly counted: boolean }): Errand => {
  const path = pathFrom(dice);
  const rows = rowsFrom(dice, 2 + dice.int(4), aValue, counted);
  const { key, value } = dice.pick(rows);
  const joint = jointFor(dice, path);
  return {
    request: dice.pick(ASKED).replaceAll('PATH', path).replaceAll('KEY', key),
    clause: null,
    files: [fileOf(path, rows, joint)],
    folder: null,
    reads: [path],
    fact: `It says "${key}${joint}${value}"`,
    will: 'I will say so.',
    acts: [],
    report: `I read it in the file.\n${key}: ${value}`,
  };
};

const reading: Part = (dice) => {
  const errand = readingErrand(dice, { counted: true });
  const speaker = voice(dice, dice.pick(['honest', 'ask'] as const));
  return demonstrate(dice, {
    part: 'values/read',
    request: errand.request,
    files: errand.files,
    ...twoSlots({
      voice: speaker,
      plan: 'I will read the file.',
      reads: errand.reads.map((path) => `cat ${path}`),
      decision: speaker.decides(errand.fact, 'and', errand.will),
      acts: [],
      text: errand.report,
    }),
  });
};

const SET: readonly string[] = [
  'In PATH, set the KEY to NEW.',
  'Please change the KEY in PATH to NEW.',
  'The KEY in PATH should be NEW. Please change it.',
  'Put NEW for the KEY in PATH.',
];

/** A number in a text file becomes another, as the user says. */
const setting: Part = (dice) => {
  const path = pathFrom(dice);
  const number = (own: Rng): string => String(own.int(own.pick([10, 100, 1000])));
  const rows = rowsFrom(dice, 2 + dice.int(3), number, false);
  const { key, value } = dice.pick(rows);
  const to = String(Number(value) + 1 + dice.int(60));
  const joint = jointFor(dice, path);
  const speaker = voice(dice, 'ask');
  return demonstrate(dice, {
    part: 'values/set',
    request: dice.pick(SET).replaceAll('PATH', path).replaceAll('KEY', key).replaceAll('NEW', to),
    files: [fileOf(path, rows, joint)],
    ...twoSlots({
      voice: speaker,
      plan: 'I will read the file.',
      reads: [`cat ${path}`],
      decision: speaker.decides(`It says "${key}${joint}${value}"`, 'and', `I will change it to ${to}.`),
      acts: [`sed -i 's/${key}${joint}${value}/${key}${joint}${to}/' ${path}`],
      text: `The ${key} in ${path} is ${to} now.`,
    }),
  });
};

export const values: Part = (dice, options) => (chance(dice, 0.65) ? reading : setting)(dice, options);
