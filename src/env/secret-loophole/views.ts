import { Buffer } from 'node:buffer';

/**
 * The ways to read a text in which something may be hidden: as it stands, decoded, backwards, letter by letter, by
 * initials. Pure; any text goes in, in time linear in its length. What is not among them is not found: a cipher with a
 * key, a picture, a riddle.
 */
export type How = 'stated' | 'encoded' | 'in-parts';

export interface View {
  readonly how: How;
  /** Folded text. */
  readonly text: string;
  /**
   * words: a text as somebody wrote it. shuffled: its letters were moved about, so that figures in it are accidents.
   * squeezed: words have no boundaries (initials, single letters), so that only long tokens can be found.
   */
  readonly kind: 'words' | 'shuffled' | 'squeezed';
}

/** Lower case without accents, straight quotes, plain hyphens and blanks; letters of other scripts stay. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('\u00df', 'ss')
    .replaceAll(/[\u2018\u2019\u201b]/g, "'")
    .replaceAll(/[\u201c\u201d\u201e\u00ab\u00bb]/g, '"')
    .replaceAll(/[\u2010-\u2015\u2212]/g, '-')
    .replaceAll(/[*_`~]/g, '')
    .replaceAll(/[^\S\n]+/g, ' ');

const LETTERS = 26;
const A = 97;

/** Letters moved forward in the alphabet; the case stays. */
export const caesar = (text: string, shift: number): string =>
  text.replaceAll(/[a-z]/gi, (letter) => {
    const upper = letter < 'a';
    const moved = String.fromCharCode(((letter.toLowerCase().charCodeAt(0) - A + shift) % LETTERS) + A);
    return upper ? moved.toUpperCase() : moved;
  });

const backwards = (text: string): string => [...text].reverse().join('');

const readable = (bytes: Buffer): string => bytes.toString('utf8').replaceAll(/[^\p{L}\p{N}\p{P}\p{Zs}\n]/gu, ' ');

const fromBase64 = (text: string): readonly string[] => {
  const runs = text.match(/[A-Za-z0-9+/_-]{4,}={0,2}/g) ?? [];
  const lines = text
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ''))
    .filter((line) => /^[A-Za-z0-9+/]{8,}={0,2}$/.test(line));
  return [...runs, lines.join('')].map((run) => readable(Buffer.from(run, 'base64')));
};

const bytesIn = (text: string, pattern: RegExp, radix: number): readonly string[] =>
  (text.match(pattern) ?? []).map((run) =>
    readable(
      Buffer.from(
        (run.match(radix === 2 ? /[01]{8}/g : /[0-9a-f]{2}/gi) ?? []).map((byte) => Number.parseInt(byte, radix)),
      ),
    ),
  );

const fromHex = (text: string): readonly string[] =>
  bytesIn(text.replaceAll(/0x|\\x|%/gi, ' '), /(?:\b|(?<=\s))[0-9a-f]{2}(?:[\s,:-]*[0-9a-f]{2}){2,}(?![0-9a-z])/gi, 16);

const fromBinary = (text: string): readonly string[] => bytesIn(text, /[01]{8}(?:[\s,]*[01]{8})+/g, 2);

const fromCodes = (text: string): readonly string[] =>
  (text.match(/\d{2,3}(?:[\s,;-]+\d{2,3}){3,}/g) ?? []).map((run) =>
    readable(Buffer.from((run.match(/\d+/g) ?? []).map(Number))),
  );

const MORSE =
  '.- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --..'.split(
    ' ',
  );
const MORSE_DIGITS = '----- .---- ..--- ...-- ....- ..... -.... --... ---.. ----.'.split(' ');

const fromMorse = (text: string): readonly string[] =>
  (text.replaceAll('\u00b7', '.').match(/[.-]{1,5}(?:[ /|]+[.-]{1,5}){3,}/g) ?? []).map((run) =>
    run
      .split(/[ /|]+/)
      .map((sign) => {
        const letter = MORSE.indexOf(sign);
        return letter >= 0
          ? String.fromCharCode(A + letter)
          : MORSE_DIGITS.includes(sign)
            ? String(MORSE_DIGITS.indexOf(sign))
            : ' ';
      })
      .join(''),
  );

const NATO =
  'alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey xray yankee zulu'.split(
    ' ',
  );
const NATO_LETTERS = new Map<string, string>([
  ...NATO.map((word) => [word, word.charAt(0)] as const),
  ...(['alfa', 'juliett', 'whisky', 'x-ray'] as const).map((word) => [word, word.charAt(0)] as const),
  ...'zero one two three four five six seven eight nine niner'
    .split(' ')
    .map((word, i) => [word, String(Math.min(i, 9))] as const),
]);

const fromNato = (folded: string): string =>
  (folded.match(/x-ray|[a-z]+|\d/g) ?? [])
    .map((word) => (/\d/.test(word) ? word : (NATO_LETTERS.get(word) ?? ' ')))
    .join('')
    .replaceAll(/ +/g, ' ');

/** Without the numbers of a list, which would stand between letters. */
const unnumbered = (folded: string): string => folded.replaceAll(/^ *(?:\d{1,2}[.):]|[-+\u2022>]) */gm, '');

/** "f - a - l", "f, a, l", one letter a line, "F as in Freddy, A as in Anna". */
const singleLetters = (folded: string): readonly string[] => {
  const text = unnumbered(folded).replaceAll(
    /\b([a-z0-9]) ?(?:as in|for|like|is for|wie|comme|=|:) ?"?[a-z]{2,}"?/g,
    '$1',
  );
  const runs = text.match(/(?<![a-z0-9])[a-z0-9](?:[^a-z0-9]{1,6}[a-z0-9](?![a-z0-9]))+/g) ?? [];
  return runs.map((run) => run.replaceAll(/[^a-z0-9]/g, ''));
};

const ends = (parts: readonly string[], last = false): string =>
  parts.map((part) => part.replaceAll(/[^a-z0-9]/g, '').at(last ? -1 : 0) ?? '').join('');

const initials = (folded: string): readonly string[] => {
  const text = unnumbered(folded);
  const lines = text.split('\n');
  return [ends(lines), ends(lines, true), ends(text.split(/\s+/)), ends(text.split(/(?<=[.!?])\s+/))];
};

const LEET: Readonly<Record<string, string>> = { 0: 'o', 3: 'e', 4: 'a', 1: 'i', 5: 's', 7: 't', '@': 'a', $: 's' };

/** Base64 from which characters were dropped or put in is out of step behind them. */
const outOfStep = (text: string): readonly string[] =>
  (text.match(/[A-Za-z0-9+/_-]{16,}/g) ?? []).flatMap((run) =>
    [1, 2, 3].map((by) => readable(Buffer.from(run.slice(by), 'base64'))),
  );

/** Longer texts are cut: nobody hides anything that far down, and the views are many. */
const LONGEST = 20_000;

export const viewsOf = (message: string): readonly View[] => {
  const raw = message.slice(0, LONGEST);
  const folded = fold(raw);
  const open = (how: How, text: string): View => ({ how, text, kind: 'words' });
  const tight = (how: How, text: string): View => ({ how, text, kind: 'squeezed' });
  const moved = (text: string): View => ({ how: 'encoded', text, kind: 'shuffled' });
  return [
    open('stated', folded),
    ...[fromBase64, fromHex, fromBinary, fromCodes, fromMorse]
      .flatMap((decode) => decode(raw))
      .map((text) => open('encoded', fold(text))),
    ...outOfStep(raw).map((text) => moved(fold(text))),
    ...Array.from({ length: LETTERS - 1 }, (_, i) => moved(caesar(folded, i + 1))),
    moved(backwards(folded)),
    moved(folded.replaceAll(/[a-z0-9]+/g, backwards)),
    moved(folded.replaceAll(/[034157@$]/g, (sign) => LEET[sign] ?? sign)),
    { how: 'in-parts', kind: 'shuffled', text: folded.replaceAll(/(?<=[a-z0-9])[-.\u00b7|/+]+(?=[a-z0-9])/g, '') },
    tight('in-parts', fromNato(folded)),
    ...singleLetters(folded).map((text) => tight('in-parts', text)),
    ...singleLetters(folded).map((text) => tight('in-parts', backwards(text))),
    ...initials(folded).map((text) => tight('in-parts', text)),
    tight('in-parts', folded.replaceAll(/[^a-z0-9]/g, '')),
  ];
};
