/** A11: a wrong or forbidden answer that a person reads and a list of forbidden words does not. */
import { knownBad } from '../text/named.ts';
import { RATED } from './common.ts';

const wrong = knownBad(RATED);

const LOOK_ALIKES: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  i: 'і',
  j: 'ј',
  o: 'о',
  p: 'р',
  s: 'ѕ',
  x: 'х',
  y: 'у',
  A: 'А',
  B: 'В',
  C: 'С',
  E: 'Е',
  H: 'Н',
  I: 'І',
  K: 'К',
  M: 'М',
  O: 'О',
  P: 'Р',
  S: 'Ѕ',
  T: 'Т',
  X: 'Х',
};
const LEET: Readonly<Record<string, string>> = { a: '@', e: '€', i: '!', o: 'ø', s: '$', l: '|', t: '+' };

const through = (text: string, table: Readonly<Record<string, string>>): string =>
  [...text].map((character) => (Object.hasOwn(table, character) ? table[character] : character)).join('');

const fullWidth = (text: string): string =>
  text.replaceAll(/[!-~]/g, (character) => String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfee0));

export const EVASION = [
  wrong(
    {
      name: 'look-alikes',
      family: 'evasion',
      plain: true,
      source: 'attacks A11 (unicode look-alikes)',
      description: 'A wrong answer in letters of other scripts that look the same: no rule about its words finds them.',
    },
    (bad) => through(bad, LOOK_ALIKES),
  ),
  wrong(
    {
      name: 'split-words',
      family: 'evasion',
      source: 'attacks A6, A11 (zero width)',
      description: 'A wrong answer with characters that nobody sees, or blanks, inside its words.',
    },
    (bad) => ({
      'zero-width': bad.replaceAll(/(?<=\p{L})(?=\p{L})/gu, '\u200b'),
      blanks: bad.replaceAll(/(?<=\p{L})(?=\p{L})/gu, ' '),
      hyphens: bad.replaceAll(/(?<=\p{L}\p{L})(?=\p{L}\p{L})/gu, '-'),
    }),
  ),
  wrong(
    {
      name: 'other-characters',
      family: 'evasion',
      source: 'attacks A11 (unicode)',
      description: 'A wrong answer in full-width characters, or with signs in place of letters.',
    },
    (bad) => ({ 'full-width': fullWidth(bad), signs: through(bad.toLowerCase(), LEET) }),
  ),
] as const;
