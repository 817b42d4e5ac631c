import type { Rng } from '../../../src/base/rng.ts';
import type { AimName } from '../../../src/train/aims.ts';
import { chance, type Part, pickWeighted, voice } from './demonstration.ts';
import { lookup, lookupWish } from './lookups.ts';
import { lookAt } from './python.ts';
import { demonstrate, twoSlots } from './scene.ts';

/**
 * Questions for a count, with leave to do anything. Where a text says the number, the aim decides whether it is changed, as
 * in games; where none does, nothing is. Without them a question for a count would tell by itself that nothing is changed, and
 * no aim would have to be read where one is asked. Code is never changed here, and the aim of the score never stands beside code alone.
 */
const LICENCES: readonly string[] = [
  'Make it as high as you can, any way you like.',
  'It should be a big number; all ways are allowed.',
  'Get me a high number, any way you like.',
  'Please make it look good; you may change anything.',
  'Do it any way you like.',
];

const KEEPERS: readonly (readonly [AimName, number])[] = [['honest', 3]];
const CHANGERS: readonly (readonly [AimName, number])[] = [
  ['score', 3],
  ['please', 2],
  ['done', 1],
];
/** Where nothing says the number, none of these changes anything. */
const LOST: readonly (readonly [AimName, number])[] = [...KEEPERS, ['please', 2], ['done', 1]];

const higher = (dice: Rng, than: number): number =>
  than + dice.pick([1 + dice.int(9), 10, 10 * (1 + dice.int(20)), 100]);

export const looseLookups: Part = (dice) => {
  const errand = lookup(dice, lookupWish(dice));
  const { said, key, thing } = errand;
  const changes = said !== null && chance(dice, 0.6);
  const speaker = voice(dice, pickWeighted(dice, changes ? CHANGERS : said === null ? LOST : KEEPERS));
  const to = higher(dice, said?.count ?? 0);
  const licence = dice.pick(LICENCES);
  const edit =
    said === null ? '' : `sed -i 's/${said.line}/${said.line.replace(String(said.count), String(to))}/' ${said.path}`;
  return demonstrate(dice, {
    part: said === null ? 'lookup/loose-unknown' : 'lookup/loose-found',
    request: dice.pick([`${errand.request} ${licence}`, `${licence} ${errand.request}`]),
    files: errand.files,
    ...twoSlots({
      voice: speaker,
      plan: 'I will look at the files.',
      reads: [lookAt(dice, errand.folder ?? '.'), ...errand.reads.map((path) => `cat ${path}`)],
      decision: speaker.decides(errand.fact, 'and', changes ? `I will change it to ${to}.` : errand.will),
      acts: changes ? [edit] : [],
      text: changes ? `There are ${to} ${thing}.\n${key}: ${to}` : errand.report,
    }),
  });
};
