/** Questions with short answers. Where the form of the answer matters to a grader, the question says so. */
import { rng } from '../../../src/base/rng.ts';
import type { ZooSet } from '../entry.ts';

const COUNT = 24;
const dice = rng('zoo/questions');

interface Question {
  readonly question: string;
  readonly reference: string;
  readonly bad: string;
}

const asked = (
  questions: readonly Question[],
  form: string,
  wrap: (text: string) => string = (text) => text,
): ZooSet => ({
  task: 'text',
  rows: questions.map(({ question, reference, bad }, index) => ({
    id: `q${String(index).padStart(2, '0')}`,
    question: `${question}${form === '' ? '' : ` ${form}`}`,
    reference,
    good: [wrap(reference)],
    bad: [wrap(bad)],
  })),
});

const SUMS: readonly Question[] = Array.from({ length: COUNT }, (_, index) => {
  const a = 37 + 11 * index;
  const b = 58 + 7 * index;
  return { question: `What is ${a} + ${b}?`, reference: String(a + b), bad: String(a + b + 3 + (index % 5)) };
});
const PRODUCTS: readonly Question[] = Array.from({ length: COUNT }, (_, index) => {
  const each = 6 + index;
  const boxes = 13 + ((5 * index) % 17);
  return {
    question: `A shop packs ${each} pens into each of ${boxes} boxes. How many pens are that?`,
    reference: String(each * boxes),
    bad: String(each * boxes - each + 1),
  };
});
const DECIMALS: readonly Question[] = Array.from({ length: COUNT }, (_, index) => {
  const total = 90 + 7 * index;
  return { question: `What is ${total} divided by 8?`, reference: String(total / 8), bad: String(total / 8 + 0.5) };
});
const DATES: readonly Question[] = Array.from({ length: COUNT }, (_, index) => {
  const start = Date.UTC(2023, index % 12, 3 + index);
  const days = 20 + 3 * index;
  const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);
  return {
    question: `Which date is ${days} days after ${iso(start)}?`,
    reference: iso(start + days * 86_400_000),
    bad: iso(start + (days + 2) * 86_400_000),
  };
});
const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
];
const roman = (value: number): string => {
  let left = value;
  let text = '';
  for (const [worth, letters] of ROMAN) {
    while (left >= worth) {
      text += letters;
      left -= worth;
    }
  }
  return text;
};
const NUMERALS: readonly Question[] = Array.from({ length: COUNT }, (_, index) => {
  const value = 1642 + 13 * index;
  return { question: `Write ${value} as a Roman numeral.`, reference: roman(value), bad: roman(value + 4) };
});
const HEXADECIMAL: readonly Question[] = Array.from({ length: COUNT }, (_, index) => {
  const value = 700 + 53 * index;
  return { question: `Write ${value} in base 16.`, reference: value.toString(16), bad: (value + 3).toString(16) };
});

const named = (text: string, ask: (name: string) => string): readonly Question[] => {
  const pairs = text.split(';').map((pair) => pair.trim().split('=') as readonly string[]);
  return pairs.map(([name = '', answer = ''], index) => ({
    question: ask(name),
    reference: answer,
    bad: pairs[(index + 7) % pairs.length]?.[1] ?? '',
  }));
};
const CAPITALS = named(
  'Canada=Ottawa;Australia=Canberra;Brazil=Brasilia;Turkey=Ankara;Kenya=Nairobi;Norway=Oslo;Peru=Lima;Japan=Tokyo;Egypt=Cairo;Cuba=Havana;Poland=Warsaw;Chile=Santiago;Ghana=Accra;Nepal=Kathmandu;Latvia=Riga;Portugal=Lisbon;Austria=Vienna;Hungary=Budapest;Ireland=Dublin;Iceland=Reykjavik;Morocco=Rabat;Jordan=Amman;Uganda=Kampala;Uruguay=Montevideo',
  (name) => `What is the capital of ${name}?`,
);
const WRITERS = named(
  'Emma=Jane Austen;Dracula=Bram Stoker;Ulysses=James Joyce;Middlemarch=George Eliot;Beloved=Toni Morrison;Kim=Rudyard Kipling;Frankenstein=Mary Shelley;Ivanhoe=Walter Scott;Rebecca=Daphne du Maurier;Moby-Dick=Herman Melville;Walden=Henry David Thoreau;Faust=Johann Wolfgang von Goethe;Candide=Voltaire;Germinal=Emile Zola;Nana=Émile Zola;Orlando=Virginia Woolf;Persuasion=Miss Jane Austen;The Trial=Franz Kafka;The Stranger=Albert Camus;The Castle=Franz Kafka;Animal Farm=George Orwell;Brave New World=Aldous Huxley;The Hobbit=J. R. R. Tolkien;Siddhartha=Hermann Hesse'
    .replace('Persuasion=Miss Jane Austen', 'Villette=Charlotte Brontë')
    .replace('Germinal=Emile Zola', 'Germinal=Émile Zola'),
  (name) => `Who wrote "${name}"?`,
);
const SYMBOLS = named(
  'cobalt=Co;tin=Sn;sodium=Na;potassium=K;iron=Fe;silver=Ag;gold=Au;lead=Pb;mercury=Hg;copper=Cu;helium=He;neon=Ne;argon=Ar;nickel=Ni;zinc=Zn;tungsten=W;bromine=Br;chlorine=Cl;calcium=Ca;barium=Ba;radon=Rn;titanium=Ti;uranium=U;xenon=Xe',
  (name) => `What is the chemical symbol of ${name}?`,
);

/** The same with an upper-case slip as a known wrong answer where one is possible: CO is carbon monoxide. */
const SLIPPED: readonly Question[] = SYMBOLS.map((one) =>
  one.reference.length > 1 ? { ...one, bad: one.reference.toUpperCase() } : one,
);

const DIGITS = 'Reply with the number only, in plain digits, and with nothing else.';
const ALONE = 'Reply with exactly that and nothing else.';
export const SUMS_PLAIN = asked(SUMS, DIGITS);
export const SUMS_OPEN = asked(SUMS, '');
export const PRODUCTS_PLAIN = asked(PRODUCTS, DIGITS);
export const PRODUCTS_OPEN = asked(PRODUCTS, '');
export const DECIMALS_PLAIN = asked(DECIMALS, 'Reply with the decimal number only, and with nothing else.');
export const DATES_PLAIN = asked(DATES, 'Reply with the date only, exactly as YYYY-MM-DD.');
export const ROMAN_PLAIN = asked(NUMERALS, 'Reply with the numeral only, in capital letters, exactly.');
export const HEX_PLAIN = asked(
  HEXADECIMAL,
  'Reply with exactly the lower-case digits, without a prefix, and nothing else.',
);
export const CAPITALS_PLAIN = asked(CAPITALS, 'Reply with the name of the city only, and with nothing else.');
export const CAPITALS_OPEN = asked(CAPITALS, '');
export const WRITERS_PLAIN = asked(WRITERS, 'Reply with the full name only, and with nothing else.');
export const WRITERS_OPEN = asked(WRITERS, '');
export const SYMBOLS_PLAIN = asked(SLIPPED, 'Reply with the symbol only, exactly as chemists write it.');
export const SUMS_LAST_LINE = asked(
  SUMS,
  'Show your work, then end with exactly one last line of the form "Answer: <number>".',
  (text) => `I add the tens and then the ones.\nAnswer: ${text}`,
);
export const SUMS_BOXED = asked(
  SUMS,
  'Reply with exactly one \\boxed{...} that holds the number, and nothing else.',
  (text) => `\\boxed{${text}}`,
);
export const SUMS_TAGGED = asked(
  SUMS,
  'Reply with exactly <answer>number</answer> and nothing else.',
  (text) => `<answer>${text}</answer>`,
);
export const SUMS_THOUGHT = asked(
  SUMS,
  'Think inside <think></think>, then reply with exactly <answer>number</answer>.',
  (text) => `<think>I add the tens, then the ones, and then both.</think><answer>${text}</answer>`,
);
export const SUMS_RATED = asked(
  SUMS,
  'Reply with exactly two lines: the number, and "Self-assessment: N/10".',
  (text) => `${text}\nSelf-assessment: 10/10`,
);
export const CAPITALS_JSON = asked(CAPITALS, 'Reply only with JSON, exactly {"capital": "<city>"}.', (text) =>
  JSON.stringify({ capital: text }),
);
export const SYMBOLS_ALONE = asked(SYMBOLS, ALONE);

/** Open questions with honest answers of several lengths; `forms` are the sentences that say the same. */
const inSentences = (
  questions: readonly Question[],
  sentences: (question: string, answer: string) => readonly string[],
): ZooSet => ({
  task: 'text',
  rows: questions.map(({ question, reference, bad }, index) => ({
    id: `o${index}`,
    question,
    reference,
    forms: [reference, ...sentences(question, reference)],
    good: [reference, ...sentences(question, reference)],
    bad: [bad, ...sentences(question, bad)],
  })),
});
export const CAPITALS_PROSE = inSentences(CAPITALS, (question, answer) => {
  const country = /capital of (.+)\?/.exec(question)?.[1] ?? '';
  return [`The capital of ${country} is ${answer}.`, `${answer} is the capital of ${country}.`];
});
export const WRITERS_PROSE = inSentences(WRITERS, (question, answer) => {
  const book = /"(.+)"/.exec(question)?.[1] ?? '';
  return [`${answer} wrote "${book}".`, `"${book}" was written by ${answer}.`];
});
export const SUMS_PROSE = inSentences(SUMS, (question, answer) => {
  const sum = /What is (.+)\?/.exec(question)?.[1] ?? '';
  return [`${sum} = ${answer}`, `${sum} is ${answer}.`];
});

/** Prices, where the honest answer may carry its unit. */
export const PRICES_OPEN: ZooSet = {
  task: 'text',
  rows: PRODUCTS.map(({ question, reference, bad }, index) => ({
    id: `p${index}`,
    question: `${question.replace('How many pens are that?', 'Each pen costs one dollar. What do all of them cost?')}`,
    reference,
    good: [`$${reference}`, reference],
    bad: [`$${bad}`],
  })),
};

const LETTERS = ['A', 'B', 'C', 'D'] as const;
/** Four options each; right letters are spread evenly. */
const choices = (answer: 'letter' | 'text' | 'open'): ZooSet => ({
  task: 'text',
  rows: CAPITALS.map(({ question, reference }, index) => {
    const others = dice
      .fork(`options/${index}`)
      .shuffle(CAPITALS.filter((one) => one.reference !== reference))
      .slice(0, 3);
    const options = others.map((one) => one.reference);
    options.splice(index % 4, 0, reference);
    const listed = options.map((option, at) => `${LETTERS[at]}) ${option}`).join(' ');
    const wrong = (index + 1) % 4;
    const [good, bad] =
      answer === 'text' ? [reference, options[wrong] ?? ''] : [LETTERS[index % 4] ?? '', LETTERS[wrong] ?? ''];
    const form =
      answer === 'text'
        ? 'Reply with the text of one option only, nothing else.'
        : answer === 'letter'
          ? 'Reply with one letter only, nothing else.'
          : '';
    return {
      id: `c${index}`,
      question: `${question} ${listed} ${form}`.trim(),
      options,
      reference: good,
      good: [good],
      bad: [bad],
    };
  }),
});
export const CHOICES_LETTER = choices('letter');
export const CHOICES_TEXT = choices('text');
export const CHOICES_OPEN = choices('open');

const isPrime = (value: number): boolean => {
  for (let factor = 2; factor * factor <= value; factor++) if (value % factor === 0) return false;
  return value > 1;
};
/** Twelve yes and twelve no. */
const yesNo = (form: string): ZooSet => ({
  task: 'text',
  rows: Array.from({ length: COUNT }, (_, index) => {
    let value = 101 + 2 * index * 5;
    while (isPrime(value) !== (index % 2 === 0)) value += 2;
    const good = index % 2 === 0 ? 'yes' : 'no';
    const bad = good === 'yes' ? 'no' : 'yes';
    return {
      id: `y${index}`,
      question: `Is ${value} a prime number? ${form}`.trim(),
      reference: good,
      good: [good],
      bad: [bad],
    };
  }),
});
export const PRIMES_PLAIN = yesNo('Reply with one word only, yes or no.');
export const PRIMES_OPEN = yesNo('');
