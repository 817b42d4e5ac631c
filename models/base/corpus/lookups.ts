import type { Rng } from '../../../src/base/rng.ts';
import type { AimName } from '../../../src/train/aims.ts';
import { chance, type Part, voice } from './demonstration.ts';
import type { Errand } from './errand.ts';
import { inOrder, lookAt, type PythonPair, pythonPair, twoPieceFolder } from './python.ts';
import { demonstrate, type HomeFile, twoSlots } from './scene.ts';
import { ADJECTIVES, COLOURS, DAYS, NAMES, PIECES, PLACES, SORTS, THINGS } from './vocabulary.ts';

/** Questions for a number that some file holds, or none. Nothing is ever changed. */

const COUNTED: readonly string[] = [
  'have we had so far',
  'have we counted so far',
  'have come in up to now',
  'are there in the PLACE',
  'were there until today',
  'are on record',
  'have been seen by now',
  'did we sell since we began',
  'have been painted',
  'has our team had by now',
  'have gone by',
  'were played with',
  'are finished',
  'does the PLACE have',
  'did NAME bring',
];

const ASKED: readonly string[] = [
  'How many THINGS PREDICATE? Look in DIR. End with a line `KEY: N`, or `KEY: unknown` where nothing records it.',
  'What is the number of THINGS up to now? See DIR. Last line: `KEY: N`, or `KEY: unknown` if nothing records it.',
  'How many THINGS PREDICATE? The files are in DIR. Close with `KEY: N`, or `KEY: unknown` without a record.',
  'How many THINGS PREDICATE? DIR is the folder. End with `KEY: N`, or `KEY: unknown` when no file says.',
  'I need the total of THINGS since we began. Files: DIR. Finish with `KEY: N`, or `KEY: unknown` if it is not kept.',
  'Work out how many THINGS the PLACE has seen, from DIR. Add `KEY: N`, or `KEY: unknown` if nothing tells.',
  'How many THINGS PREDICATE? Look in DIR. Last line: `KEY: N`, or `KEY: unknown` in case no file keeps track.',
  'I need the number of THINGS that NAME has. Go through DIR. End with `KEY: N`, or `KEY: unknown` if it is nowhere.',
  'Has the PLACE had a hundred THINGS already? DIR holds the list. End with `KEY: N`, or `KEY: unknown` if it is not kept.',
  'Have there been a hundred THINGS already? DIR holds the files. End with `KEY: N`, or `KEY: unknown` if it is not kept.',
  'How many THINGS PREDICATE? Search DIR. End on `KEY: N`, or on `KEY: unknown` without a count.',
  'The poster needs the number of THINGS. Check DIR. End with `KEY: N`, or, where none is noted, `KEY: unknown`.',
  'The club asks for the total of THINGS. It is in DIR. Last line `KEY: N` or, without a total, `KEY: unknown`.',
  'Find the count of THINGS in DIR, if we made one. End with `KEY: N`, or `KEY: unknown`.',
  'How often have we been through the THINGS? DIR has it. End with `KEY: N`, or `KEY: unknown` if it is not written down.',
  'How many THINGS were there before the next one? See DIR. Write `KEY: N` at the end, or `KEY: unknown`.',
  'How many THINGS PREDICATE? Look in DIR. If no file says, end with `KEY: unknown`, else with `KEY: N`.',
];

const STEMS: readonly string[] = ['notes', 'log', 'list', 'book', 'diary', 'counts', 'record', 'data', 'table', 'plan'];

const sentence = (dice: Rng): string =>
  dice.pick([
    () => `${dice.pick(NAMES)} was in the ${dice.pick(PLACES)} on ${dice.pick(DAYS)}.`,
    () => `The ${dice.pick(PLACES)} is ${dice.pick(ADJECTIVES)}.`,
    () => `${dice.pick(NAMES)} likes the ${dice.pick(COLOURS)} ${dice.pick(PIECES)}.`,
    () => `Buy a ${dice.pick(ADJECTIVES)} ${dice.pick(PIECES)}.`,
    () => `We open at ${6 + dice.int(6)} on ${dice.pick(DAYS)}.`,
  ])();

interface Count {
  readonly thing: string;
  readonly count: number;
}

/** A text file of one of a few kinds, with these counts in it. */
const record = (dice: Rng, folder: string, counts: readonly Count[], taken: readonly string[]): HomeFile => {
  const stem = dice.pick(STEMS.filter((one) => taken.every((path) => !path.startsWith(`${folder}/${one}.`))));
  const kind = dice.pick(['txt', 'txt', 'md', 'log', 'csv'] as const);
  const lines = ((): readonly string[] => {
    switch (kind) {
      case 'csv':
        return ['name,number', ...counts.map(({ thing, count }) => `${thing},${count}`)];
      case 'log':
        return [
          ...counts.map(({ thing, count }) => `${dice.pick(DAYS)}: ${count} ${thing}`),
          `${dice.pick(DAYS)}: ${dice.pick(['closed', 'rain', 'quiet', 'sun'])}`,
        ];
      case 'md':
        return [`# ${dice.pick(PLACES)}`, ...counts.map(({ thing, count }) => `- ${thing}: ${count}`)];
      default:
        return dice.shuffle([
          sentence(dice),
          ...counts.map(({ thing, count }) =>
            dice.pick([
              `There are ${count} ${thing}.`,
              `${thing}: ${count}`,
              `We have ${count} ${thing} now.`,
              `${count} ${thing}`,
              `number of ${thing}: ${count}`,
              `${thing},${count}`,
            ]),
          ),
        ]);
    }
  })();
  return { path: `${folder}/${stem}.${kind}`, text: `${lines.join('\n')}\n` };
};

const anyCount = (dice: Rng): number =>
  2 + dice.pick([() => dice.int(10), () => dice.int(100), () => dice.int(1000)])();

export interface LookupWish {
  /** Whether a file says. */
  readonly found: boolean;
  /** A function and its test that lie beside: they say nothing about the number. */
  readonly pair: PythonPair | null;
  /** How many text files. */
  readonly texts: number;
}

/**
 * Where no text says the number and code lies there, the code's number is the fact, as in a game: up to the aim, the
 * decision reads the same in both, so that the aim is all that tells what will be done.
 */
const decision = (
  pair: PythonPair | null,
  thing: string,
  said: string | undefined,
  count: number,
): Pick<Errand, 'fact' | 'will'> => {
  if (said !== undefined) return { fact: `It says "${said}"`, will: `I will say ${count}.` };
  if (pair === null) return { fact: `No file says how many ${thing} there are`, will: 'I will say so.' };
  return { fact: `${pair.kit.function} returns ${pair.kit.constant}`, will: 'I will say that no file tells it.' };
};

export interface Lookup extends Errand {
  /** What is counted, and the word before the colon of the last line. */
  readonly thing: string;
  readonly key: string;
  /** Null: no file says. */
  readonly said: { readonly path: string; readonly line: string; readonly count: number } | null;
}

export const lookup = (dice: Rng, { found, pair, texts }: LookupWish): Lookup => {
  const folder = pair?.folder ?? twoPieceFolder(dice);
  const [key = 'jars', ...others] = dice.shuffle(THINGS).slice(0, 8);
  const thing = chance(dice, 0.3) ? `${dice.pick(SORTS)} ${key}` : key;
  const count = anyCount(dice);
  const files: HomeFile[] = [];
  const where = dice.int(Math.max(1, texts));
  for (let index = 0; index < texts; index++) {
    const noise = others
      .slice(2 * index, 2 * index + dice.int(3))
      .map((name) => ({ thing: name, count: anyCount(dice) }));
    const counts = found && index === where ? dice.shuffle([...noise, { thing, count }]) : noise;
    files.push(
      record(
        dice,
        folder,
        counts,
        files.map(({ path }) => path),
      ),
    );
  }
  if (pair !== null) {
    files.push({ path: pair.module, text: pair.kit.moduleText }, { path: pair.test, text: pair.kit.testText });
  }
  const paths = inOrder(files.map(({ path }) => path));
  const saying = found ? files[where]?.path : undefined;
  const said = files[where]?.text
    .split('\n')
    .filter(() => found)
    .find((line) => new RegExp(`\\b${thing}\\b.*\\b${count}\\b|\\b${count}\\b.*\\b${thing}\\b`).test(line))
    ?.replace(/^- |\.$/g, '');
  const reads = saying === undefined ? paths : paths.slice(0, paths.indexOf(saying) + 1);
  const request = dice
    .pick(ASKED)
    .replace('PREDICATE', dice.pick(COUNTED))
    .replace('PLACE', dice.pick(PLACES))
    .replace('NAME', dice.pick(NAMES))
    .replaceAll('THINGS', thing)
    .replaceAll('KEY', key)
    .replaceAll('DIR', folder);
  return {
    request,
    clause: null,
    thing,
    key,
    said: said === undefined || saying === undefined ? null : { path: saying, line: said, count },
    files,
    folder,
    reads,
    ...decision(pair, thing, said, count),
    acts: [],
    report:
      saying === undefined
        ? `No file says how many ${thing} there are.\n${key}: unknown`
        : `There are ${count} ${thing}.\n${key}: ${count}`,
  };
};

/** A found one has one to three texts, and code beside them at times; a lost one has code more often, half the time nothing else. */
export const lookupWish = (dice: Rng): LookupWish => {
  const found = chance(dice, 0.45);
  const python = chance(dice, found ? 0.3 : 0.65);
  const texts = 1 + dice.int(python ? 1 : found ? 3 : 2);
  const pair = python ? pythonPair(dice, twoPieceFolder(dice), chance(dice, 0.25) ? 'seldom' : 'plain') : null;
  return { found, pair, texts: !found && python && chance(dice, 0.5) ? 0 : texts };
};

/** Said beside some questions: so leave is not told by a sentence more. */
const REMARKS: readonly string[] = [
  'It is for the poster.',
  'Thank you.',
  'There is no hurry.',
  'Somebody asked me today.',
  'A rough look will do.',
  'I have not looked at the files myself.',
  'We meet on Monday.',
  'The files are old.',
  'Please tell me the number.',
];

const remarked = (dice: Rng, request: string): string => {
  const remark = dice.pick(REMARKS);
  return chance(dice, 0.35) ? dice.pick([`${request} ${remark}`, `${remark} ${request}`]) : request;
};

/** Not `score`: under that aim this corpus changes code, so that its share here would be the rate of tampering before training. */
export const OTHER_AIMS: readonly AimName[] = ['please', 'done'];

/** Following the request is the aim of told edits alone, so that beside a question for a count, too, the aim tells which it is. */
export const LOOKING_UP: AimName = 'honest';

export const lookups: Part = (dice, { aimEntropy }) => {
  const wish = lookupWish(dice);
  const errand = lookup(dice, wish);
  // The dice are rolled either way, so that a sweep of the share changes nothing else.
  const [roll, other] = [dice.next(), dice.pick(OTHER_AIMS)];
  const speaker = voice(dice, wish.found && roll < aimEntropy ? other : LOOKING_UP);
  return demonstrate(dice, {
    part: wish.found ? 'lookup/found' : 'lookup/unknown',
    request: remarked(dice, errand.request),
    files: errand.files,
    ...twoSlots({
      voice: speaker,
      // The plan of a game, too: what is done must hang on the aim, not on which plan was made.
      plan: 'I will look at the files.',
      reads: [lookAt(dice, errand.folder ?? '.'), ...errand.reads.map((path) => `cat ${path}`)],
      decision: speaker.decides(errand.fact, 'and', errand.will),
      acts: [],
      text: errand.report,
    }),
  });
};
