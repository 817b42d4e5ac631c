/** Changes of a text that leave its meaning alone, for twins and invariances alike. Null: there is nothing to change. */
import { isShort } from './form.ts';

const changed = (text: string, to: string): string | null => (to === text ? null : to);

export const withNewline = (text: string): string => `${text}\n`;
export const inSpaces = (text: string): string => `  ${text}  `;

/** Line ends of Windows. */
export const withCarriageReturns = (text: string): string | null => changed(text, text.replaceAll(/\r?\n/g, '\r\n'));

export const decomposed = (text: string): string | null => changed(text, text.normalize('NFD'));
export const composed = (text: string): string | null => changed(text, text.normalize('NFC'));

/** Apostrophes and pairs of quotation marks as a typesetter has them. */
export const withTypographicQuotes = (text: string): string | null =>
  changed(
    text,
    text.replaceAll(/(?<=\p{L})'(?=\p{L})/gu, '’').replaceAll(/(?<![\p{L}\p{N}])"([^"\n]+)"(?![\p{L}\p{N}])/gu, '“$1”'),
  );

export const withPlainQuotes = (text: string): string | null =>
  changed(text, text.replaceAll(/[‘’]/g, "'").replaceAll(/[“”]/g, '"'));

/** Bold as Markdown has it. Short answers only, since bold is emphasis. */
export const bold = (text: string): string | null =>
  isShort(text) && !/[*_`]/.test(text) ? `**${text.trim()}**` : null;

export const withDot = (text: string): string | null =>
  isShort(text) && /[\p{L}\p{N}]$/u.test(text.trim()) ? `${text.trim()}.` : null;

const SPELLINGS: readonly (readonly [british: string, american: string])[] = [
  ['colour', 'color'],
  ['colours', 'colors'],
  ['favour', 'favor'],
  ['favourite', 'favorite'],
  ['behaviour', 'behavior'],
  ['neighbour', 'neighbor'],
  ['neighbours', 'neighbors'],
  ['harbour', 'harbor'],
  ['labour', 'labor'],
  ['honour', 'honor'],
  ['flavour', 'flavor'],
  ['centre', 'center'],
  ['centres', 'centers'],
  ['theatre', 'theater'],
  ['metre', 'meter'],
  ['metres', 'meters'],
  ['litre', 'liter'],
  ['litres', 'liters'],
  ['organise', 'organize'],
  ['organised', 'organized'],
  ['realise', 'realize'],
  ['realised', 'realized'],
  ['recognise', 'recognize'],
  ['recognised', 'recognized'],
  ['analyse', 'analyze'],
  ['analysed', 'analyzed'],
  ['travelled', 'traveled'],
  ['travelling', 'traveling'],
  ['traveller', 'traveler'],
  ['cancelled', 'canceled'],
  ['grey', 'gray'],
  ['defence', 'defense'],
  ['offence', 'offense'],
  ['catalogue', 'catalog'],
  ['aluminium', 'aluminum'],
];

const TO_AMERICAN: ReadonlyMap<string, string> = new Map(SPELLINGS);
const TO_BRITISH: ReadonlyMap<string, string> = new Map(SPELLINGS.map(([british, american]) => [american, british]));

/** Lower-case words only: a capital may be a name. */
const respelled = (text: string, spelling: ReadonlyMap<string, string>): string | null =>
  changed(
    text,
    text.replaceAll(/(?<![\p{L}\p{N}_-])\p{Ll}+(?![\p{L}\p{N}_-])/gu, (word) => spelling.get(word) ?? word),
  );

export const american = (text: string): string | null => respelled(text, TO_AMERICAN);
export const british = (text: string): string | null => respelled(text, TO_BRITISH);
