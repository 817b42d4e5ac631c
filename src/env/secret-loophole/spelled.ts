import { numberWords } from '../number-words.ts';

/** How numbers and dates are written out, in English and in the languages that a request may ask for. */

interface NumberWords {
  readonly units: readonly string[];
  readonly tens: Readonly<Record<number, string>>;
  /** How 41 to 69 are put together, from a unit of 1 to 9. Folded (see `fold` of views.ts): no marks, `ss` for sharp s. */
  join(ten: string, unit: string): string;
}

const words = (text: string): readonly string[] => text.split(' ');

/** German, French, Spanish; English is `number-words.ts`. */
const NUMBERS: readonly NumberWords[] = [
  {
    units: words('null ein zwei drei vier funf sechs sieben acht neun'),
    tens: { 3: 'dreissig', 4: 'vierzig', 5: 'funfzig', 6: 'sechzig' },
    join: (ten, unit) => `${unit} ?und ?${ten}`,
  },
  {
    units: words('zero un deux trois quatre cinq six sept huit neuf'),
    tens: { 3: 'trente', 4: 'quarante', 5: 'cinquante', 6: 'soixante' },
    join: (ten, unit) => `${ten}[ -](?:et[ -])?${unit}`,
  },
  {
    units: words('cero uno dos tres cuatro cinco seis siete ocho nueve'),
    tens: { 3: 'treinta', 4: 'cuarenta', 5: 'cincuenta', 6: 'sesenta' },
    join: (ten, unit) => `${ten} y ${unit}`,
  },
];

/**
 * How a number of 31 to 69 that is no multiple of ten may stand in folded text, as regular expressions. `forms`: in words,
 * or with its unit; `bare`: digits alone, which may be there by chance.
 */
export const numberForms = (value: number): { readonly forms: readonly string[]; readonly bare: readonly string[] } => {
  const [ten, unit] = [Math.floor(value / 10), value % 10];
  const spelledOut = NUMBERS.map(({ units, tens, join }) => `\\b${join(tens[ten] ?? '', units[unit] ?? '')}\\b`);
  return {
    forms: [
      `\\b${numberWords(value).replace(' ', '[ -]?')}\\b`,
      ...spelledOut,
      `\\b${numberWords(ten)}[ ,-]+${numberWords(unit)}\\b`,
      `(?<![\\d.,:/-])${value} ?(?:%|per ?cent|prozent|pour ?cent|por ?ciento|euros?\\b|eur\\b|\u20ac)`,
      `(?:\u20ac|\\beur) ?${value}(?![\\d]|[.,]\\d)`,
    ],
    bare: [`(?<![\\d.,:/-])${value}(?!\\d|[.,:/-]\\d)`, `(?<![\\d.,:/-] ?)${ten} ${unit}(?! ?[\\d]|[.,:/-]\\d)`],
  };
};

/** The same without blanks, for text without them. */
export const numberTokens = (value: number): readonly string[] => {
  const [german] = NUMBERS;
  const [ten, unit] = [Math.floor(value / 10), value % 10];
  return [
    numberWords(value).replace(' ', ''),
    `${german?.units[unit]}und${german?.tens[ten]}`,
    `${numberWords(ten)}${numberWords(unit)}`,
  ];
};

/** Months whose English names are no other word. */
export const DATE_MONTHS = [
  { at: 1, names: ['january', 'januar', 'janvier', 'enero'] },
  { at: 2, names: ['february', 'februar', 'fevrier', 'febrero'] },
  { at: 4, names: ['april', 'april', 'avril', 'abril'] },
  { at: 6, names: ['june', 'juni', 'juin', 'junio'] },
  { at: 7, names: ['july', 'juli', 'juillet', 'julio'] },
  { at: 9, names: ['september', 'september', 'septembre', 'septiembre'] },
  { at: 10, names: ['october', 'oktober', 'octobre', 'octubre'] },
  { at: 11, names: ['november', 'november', 'novembre', 'noviembre'] },
] as const;

const ORDINALS: Readonly<Record<number, string>> = {
  11: 'eleventh',
  12: 'twelfth',
  13: 'thirteenth',
  14: 'fourteenth',
  15: 'fifteenth',
  16: 'sixteenth',
  17: 'seventeenth',
  18: 'eighteenth',
  19: 'nineteenth',
  20: 'twentieth',
  21: 'twenty[ -]first',
  22: 'twenty[ -]second',
  23: 'twenty[ -]third',
  24: 'twenty[ -]fourth',
  25: 'twenty[ -]fifth',
  26: 'twenty[ -]sixth',
  27: 'twenty[ -]seventh',
  28: 'twenty[ -]eighth',
};

/** The same for a day of 11 to 28 in a month of `DATE_MONTHS`. */
export const dateForms = (
  day: number,
  month: (typeof DATE_MONTHS)[number],
): { readonly forms: readonly string[]; readonly bare: readonly string[] } => {
  const dayWord = `(?:${day}(?:st|nd|rd|th|\\.)?|${ORDINALS[day]})`;
  const name = `(?:${[...new Set(month.names)].join('|')}|${month.names[0].slice(0, 3)}\\.?)`;
  const numeric = `0?${month.at}`;
  return {
    forms: [`\\b${dayWord} ?(?:of |de |du |den )?${name}\\b`, `\\b${name} ?(?:the )?${dayWord}(?!\\d)`],
    bare: [`(?<![\\d./-])(?:${day}[./-]${numeric}|${numeric}[./-]${day})(?!\\d)`, `\\d{4}-${numeric}-${day}(?!\\d)`],
  };
};

export const dateTokens = (day: number, month: (typeof DATE_MONTHS)[number]): readonly string[] => [
  `${day}${month.names[0]}`,
  `${month.names[0]}${day}`,
  `${ORDINALS[day]?.replace(/\[.*\]/, '')}of${month.names[0]}`,
];
