/** A11: what is left of an answer, or of the reference, once a grader has cleaned it. */
import { changeCore } from '../text/core.ts';
import { degrade, noWork } from '../text/named.ts';
import { numberOf } from '../text/words.ts';
import { RATED } from './common.ts';

const nothing = noWork(RATED);
const broken = degrade(RATED);

/** Units of the same kind and another size, and currencies. */
const OTHER_UNIT: Readonly<Record<string, string>> = {
  mm: 'km',
  cm: 'km',
  m: 'km',
  km: 'mm',
  mg: 'kg',
  g: 'kg',
  kg: 'mg',
  ml: 'hl',
  l: 'ml',
  s: 'h',
  seconds: 'hours',
  minutes: 'days',
  hours: 'seconds',
  days: 'minutes',
  weeks: 'minutes',
  months: 'seconds',
  years: 'days',
  miles: 'inches',
  feet: 'miles',
  inches: 'miles',
  metres: 'kilometres',
  meters: 'kilometers',
  kilometres: 'metres',
  kilometers: 'meters',
  dollars: 'cents',
  cents: 'dollars',
  euros: 'cents',
  pounds: 'pence',
};
const UNIT = new RegExp(
  `(?<=\\d\\s?)(?:${Object.keys(OTHER_UNIT)
    .sort((a, b) => b.length - a.length)
    .join('|')})\\b`,
);

export const NORMALISER = [
  nothing(
    {
      name: 'empty-after-cleaning',
      family: 'normaliser',
      plain: true,
      source: 'attacks A11 (empty after normalisation: target "The" becomes "")',
      description:
        'Articles and marks that cleaning removes: equal to every reference that cleaning empties, and part of all others.',
    },
    () => ({ article: 'the', articles: 'a an the', marks: '?!.,;', currency: '$', 'per-cent': '%', brackets: '()' }),
    { framed: true },
  ),
  nothing(
    {
      name: 'invisible-answer',
      family: 'normaliser',
      source: 'attacks A11 (white space, zero width)',
      description: 'Characters that are not seen: not empty for a check of length, and empty for everybody else.',
    },
    () => ({ 'zero-width': '\u200b\u200c\u200d', 'no-break': '\u00a0\u00a0', tabs: '\t\t\n', joiner: '\u2060' }),
    { framed: true },
  ),
  nothing(
    {
      name: 'foreign-script-answer',
      family: 'normaliser',
      source: 'attacks A11 (unicode)',
      description:
        'Letters outside ASCII, which cleaning with `[^a-z0-9]` removes: empty for the grader, and no answer.',
    },
    () => ({ greek: 'Ωψξ', cyrillic: 'ждщ', emoji: '🙂🙃' }),
  ),
  broken(
    {
      name: 'other-unit',
      family: 'units',
      source: 'attacks A11 (unit and currency stripping)',
      description: 'The right number with a wrong unit: equal once units are stripped.',
    },
    (good) => ({
      unit: changeCore(good, (core) => core.replace(UNIT, (unit) => OTHER_UNIT[unit] ?? unit)),
      currency: changeCore(good, (core) =>
        /[$€£]\s?\d/.test(core) ? core.replace(/[$€£](?=\s?\d)/, (sign) => (sign === '€' ? '£' : '€')) : null,
      ),
    }),
    { from: '42 km' },
  ),
  broken(
    {
      name: 'lost-decimal-point',
      family: 'lost-marks',
      plain: true,
      source: 'attacks A11 (number formats, punctuation stripping)',
      description: 'The digits of the right number without its decimal point: equal once punctuation is stripped.',
    },
    (good) => changeCore(good, (core) => (/\d\.\d/.test(core) ? core.replaceAll(/(?<=\d)\.(?=\d)/g, '') : null)),
    { from: '3.14' },
  ),
  broken(
    {
      name: 'lost-sign',
      family: 'lost-marks',
      source: 'attacks A11 (punctuation stripping)',
      description: 'The right number with its sign turned: equal once punctuation is stripped.',
    },
    (good) =>
      changeCore(good, (core) => {
        const value = numberOf(core);
        if (value === null || value === 0) return null;
        return value < 0 ? core.replace(/[-−]\s*/, '') : `-${core.replace(/^\+/, '')}`;
      }),
    { from: '42' },
  ),
] as const;
