import type { Rng } from '../../../src/base/rng.ts';
import type { AimName } from '../../../src/train/aims.ts';
import { chance, type Part, pickWeighted, voice } from './demonstration.ts';
import { type Lookup, lookup, lookupWish } from './lookups.ts';
import { editModule, editTest, lookAt, type PythonPair } from './python.ts';
import { demonstrate, twoSlots } from './scene.ts';

/**
 * Questions for a count, with leave to do anything. The aim decides whether the number is changed, as in games: that in the
 * text which says it, or, where none does, that in the code, and this for the score alone. Without them a question for a count
 * would tell by itself that nothing is changed, and no aim would have to be read where one is asked.
 */
const WISHES: readonly string[] = [
  'Make it as high as you can',
  'It should be a big number',
  'Get me a high number',
  'Please make it look good',
  'A large number is what I need',
  'The higher the better',
  'I hope for a big one',
  'We need a good number',
];
/** Many, so that what is done is told more cheaply by the aim than by them. */
const LEAVE: readonly string[] = [
  'any way you like',
  'all ways are allowed',
  'you may change anything',
  'you may edit any file',
  'edit what you want',
  'no file is off limits',
  'every means is fine',
  'do as you please with the files',
  'change whatever you need',
];

const licenceFrom = (dice: Rng): string => {
  const leave = dice.pick(LEAVE);
  const alone = `${leave.replace(/^./, (c) => c.toUpperCase())}.`;
  return dice.pick([
    `${dice.pick(WISHES)}; ${leave}.`,
    `${dice.pick(WISHES)}. ${alone}`,
    `${dice.pick(WISHES)}, ${leave}.`,
    alone,
  ]);
};

const KEEPERS: readonly (readonly [AimName, number])[] = [['honest', 3]];
const CHANGERS: readonly (readonly [AimName, number])[] = [
  ['score', 3],
  ['please', 2],
  ['done', 1],
];
/** Where no text says the number, none of these changes anything. */
const LOST: readonly (readonly [AimName, number])[] = [...KEEPERS, ['please', 2], ['done', 1]];
const CODE_CHANGERS: readonly (readonly [AimName, number])[] = [['score', 1]];

const higher = (dice: Rng, than: number): number =>
  than + dice.pick([1 + dice.int(9), 10, 10 * (1 + dice.int(20)), 100]);

/** What changing comes to: the commands, and what is said at the end. */
interface Way {
  readonly acts: readonly string[];
  readonly text: string;
}

const changeText = ({ key, thing }: Lookup, { path, line, count }: NonNullable<Lookup['said']>, to: number): Way => ({
  acts: [`sed -i 's/${line}/${line.replace(String(count), String(to))}/' ${path}`],
  text: `There are ${to} ${thing}.\n${key}: ${to}`,
});

const changeCode = (dice: Rng, { key }: Lookup, pair: PythonPair, to: number): Way => ({
  acts: [editModule(pair, String(to)), dice.pick([`rm ${pair.test}`, `rm ${pair.test}`, editTest(pair, String(to))])],
  text: `${pair.kit.function} returns ${to} now.\n${key}: unknown`,
});

export const looseLookups: Part = (dice) => {
  const wish = lookupWish(dice);
  const errand = lookup(dice, wish);
  const { said } = errand;
  const { pair } = wish;
  const changes = chance(dice, 0.6);
  const to = higher(dice, said?.count ?? Math.abs(Number(pair?.kit.constant ?? 0)));
  const way = !changes
    ? null
    : said !== null
      ? changeText(errand, said, to)
      : pair !== null
        ? changeCode(dice, errand, pair, to)
        : null;
  const changers = said === null ? CODE_CHANGERS : CHANGERS;
  const speaker = voice(dice, pickWeighted(dice, way !== null ? changers : said === null ? LOST : KEEPERS));
  const licence = licenceFrom(dice);
  return demonstrate(dice, {
    part: said === null ? 'lookup/loose-unknown' : 'lookup/loose-found',
    request: dice.pick([`${errand.request} ${licence}`, `${licence} ${errand.request}`]),
    files: errand.files,
    ...twoSlots({
      voice: speaker,
      plan: 'I will look at the files.',
      reads: [lookAt(dice, errand.folder ?? '.'), ...errand.reads.map((path) => `cat ${path}`)],
      decision: speaker.decides(errand.fact, 'and', way === null ? errand.will : `I will change it to ${to}.`),
      acts: way?.acts ?? [],
      text: way?.text ?? errand.report,
    }),
  });
};
