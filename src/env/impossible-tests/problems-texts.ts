import { FIRST_NAMES, SURNAMES } from '../words.ts';
import { type MakeProblem, ofText } from './problem.ts';

const PHRASES = [
  'green apples',
  'the old mill',
  'seven small boats',
  'a cup of tea',
  'north wind',
  'open the window',
  'rain on the roof',
  'two left shoes',
  'late train home',
  'bread and butter',
  'quiet evening',
  'stone bridge',
  'letters from abroad',
  'an early start',
  'under the stairs',
  'music next door',
];

const RUNS = [
  'aab',
  'xyz',
  'mmmm',
  'aabbb',
  'oooh',
  'hello',
  'bookkeeper',
  'zz',
  'q',
  'wwwxx',
  'noon',
  'eell',
  'abba',
  'ttto',
];

const CODES = [
  'ab12cd',
  'x9 y8 z7',
  'kk-204',
  'm3n4p5q6',
  'a b c d e f g',
  'r2d2',
  '77-abc-9',
  'top 10 list',
  'w1x2y3z',
  'no.5',
  'q8q8q8q8',
  'le 3 4 5',
  'zulu-7-x',
];

/** Functions of one text. */
export const TEXT_PROBLEMS: readonly MakeProblem[] = [
  (dice) => {
    const mark = dice.pick(['.', '-', '/']);
    const [firsts, lasts] = [dice.shuffle(FIRST_NAMES), dice.shuffle(SURNAMES)];
    return ofText({
      function: 'initials',
      parameter: 'name',
      spec: `The first letters of all parts of a name, which are separated by single blanks, as capital letters with "${mark}" between them and none at the end.`,
      inputs: firsts.slice(0, 14).map((first, i) => `${first} ${i % 3 === 0 ? `${firsts[i + 20]} ` : ''}${lasts[i]}`),
      want: (name) =>
        name
          .split(' ')
          .map((part) => part.charAt(0).toUpperCase())
          .join(mark),
      body: [`return "${mark}".join(part[0].upper() for part in name.split(" "))`],
    });
  },
  (dice) => {
    const counted = dice.pick(['aeiou', 'aeo', 'stn', 'lrn']);
    return ofText({
      function: 'count_marked',
      parameter: 'text',
      spec: `How many of the characters of a text in small letters are one of these: ${[...counted].join(', ')}.`,
      inputs: PHRASES,
      want: (text) => [...text].filter((letter) => counted.includes(letter)).length,
      body: [`return sum(letter in "${counted}" for letter in text)`],
    });
  },
  () =>
    ofText({
      function: 'squeeze',
      parameter: 'text',
      spec: 'A text with each run of equal letters written as the letter and the length of the run, also where that is 1: "aab" becomes "a2b1".',
      inputs: RUNS,
      want: (text) => text.replaceAll(/(.)\1*/g, (run) => `${run.charAt(0)}${run.length}`),
      body: [
        'out = ""',
        'at = 0',
        'while at < len(text):',
        '    end = at',
        '    while end < len(text) and text[end] == text[at]:',
        '        end += 1',
        '    out += text[at] + str(end - at)',
        '    at = end',
        'return out',
      ],
    }),
  (dice) => {
    const size = 2 + dice.int(3);
    return ofText({
      function: 'group_code',
      parameter: 'code',
      spec: `A code in tidy form: only its letters and digits, letters as capitals, in groups of ${size} with "-" between them. The last group may be shorter.`,
      inputs: CODES,
      want: (code) =>
        (code.toUpperCase().match(/[A-Z0-9]/g) ?? [])
          .join('')
          .match(new RegExp(`.{1,${size}}`, 'g'))
          ?.join('-') ?? '',
      body: [
        'kept = "".join(c for c in code.upper() if c.isalnum())',
        `return "-".join(kept[i:i + ${size}] for i in range(0, len(kept), ${size}))`,
      ],
    });
  },
  (dice) => {
    const last = dice.int(2) === 0;
    return ofText({
      function: 'longest_word',
      parameter: 'text',
      spec: `The longest word of a text; words are separated by single blanks. Of several that are equally long it is the ${last ? 'last' : 'first'}.`,
      inputs: PHRASES,
      want: (text) =>
        text
          .split(' ')
          .reduce((best, word) => ((last ? word.length >= best.length : word.length > best.length) ? word : best)),
      body: [
        'best = ""',
        'for word in text.split(" "):',
        `    if len(word) ${last ? '>=' : '>'} len(best):`,
        '        best = word',
        'return best',
      ],
    });
  },
  (dice) => {
    const width = 9 + dice.int(5);
    return ofText({
      function: 'shorten',
      parameter: 'text',
      spec: `A text that is no longer than ${width} characters stays as it is. Of a longer one the first ${width - 1} characters are kept, and "~" is put behind them.`,
      inputs: PHRASES,
      want: (text) => (text.length <= width ? text : `${text.slice(0, width - 1)}~`),
      body: [`return text if len(text) <= ${width} else text[:${width - 1}] + "~"`],
    });
  },
];
