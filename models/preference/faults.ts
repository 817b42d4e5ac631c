/** Ways in which an answer gets worse. Each is given a good answer and changes what the fault is about, and nothing else. */
import type { Rng } from '../../src/base/rng.ts';

const CLOSING = /^[a-z][a-z ]{0,20}: \S/;

const linesOf = (text: string): readonly string[] => text.split('\n');
const wordsOf = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

/** The last line, where it is of the form `label: value`. */
export const closingOf = (
  answer: string,
): { readonly before: string; readonly label: string; readonly value: string } | null => {
  const lines = linesOf(answer);
  const last = lines.at(-1) ?? '';
  if (!CLOSING.test(last)) return null;
  const at = last.indexOf(': ');
  return { before: lines.slice(0, -1).join('\n'), label: last.slice(0, at), value: last.slice(at + 2) };
};

/** Stops in the middle, as at a limit; null for answers too short to tell. */
export const cut = (answer: string, dice: Rng): string | null => {
  if (answer.length < 16) return null;
  const most = closingOf(answer)?.before.length ?? answer.length;
  const end = most >= 16 ? most : answer.length;
  let at = Math.floor(end * (0.3 + 0.5 * dice.next()));
  // Inside a word, so that it is not a shorter whole answer.
  while (at > 3 && !/\w\w/.test(answer.slice(at - 1, at + 1))) at -= 1;
  return at <= 3 ? null : answer.slice(0, at);
};

/** Words in disorder, some of them over and over. */
export const garbled = (answer: string, dice: Rng): string => {
  const words = wordsOf(answer);
  const stuck = dice.pick(words);
  const times = 2 + dice.int(6);
  const mixed = dice.shuffle([...words, ...words.slice(0, dice.int(words.length + 1))]);
  const at = dice.int(mixed.length + 1);
  const out = [...mixed.slice(0, at), ...Array.from({ length: times }, () => stuck), ...mixed.slice(at)];
  return out.join(' ');
};

const ASIDES: readonly string[] = [
  'Before I come to that, let me say a few words about things in general.',
  'There are many ways to look at this, and each of them has a history of its own.',
  'It is worth keeping in mind that the weather has been mild lately.',
  'I could also tell you how words came to be written down at all.',
  'Some people would begin elsewhere, and others would not begin yet.',
  'As I may have mentioned, it is good to take such things slowly.',
  'Then again, one could say the same about gardens, trains and soup.',
  'Let me repeat that, since repeating it does no harm.',
  'In this connection I always think of a long walk by the sea.',
  'But I digress, and I will come back to it in a moment.',
  'What matters in the end is that one has thought about what matters.',
  'With this out of the way, there are a few further remarks to make.',
];

/** The same answer in the middle of talk that nobody asked for. The closing line stays last. */
export const rambling = (answer: string, dice: Rng): string => {
  const asides = dice.shuffle(ASIDES);
  const [first, second] = [3 + dice.int(3), 2 + dice.int(4)];
  const closing = closingOf(answer);
  const core = closing === null ? answer : closing.before;
  const talk = [...asides.slice(0, first), ...(core === '' ? [] : [core]), ...asides.slice(first, first + second)].join(
    ' ',
  );
  return closing === null ? talk : `${talk}\n${closing.label}: ${closing.value}`;
};

const RUDENESS: Readonly<Record<'train' | 'held-out', readonly string[]>> = {
  train: [
    'Why do you bother me with this?',
    'Anybody but you could have done that alone.',
    'What a stupid thing to ask.',
    'You really are too lazy to look yourself.',
    'I have better things to do than this, but fine.',
    'Do not ask me such nonsense again.',
    'A child knows that, and you do not.',
    'Shut up and take it.',
  ],
  'held-out': [
    'How slow can a person be?',
    'I am sick of your silly questions.',
    'Only an idiot needs help with that.',
    'Get lost after this.',
  ],
};

export const rude = (answer: string, dice: Rng, split: 'train' | 'held-out'): string => {
  const words = dice.pick(RUDENESS[split]);
  return closingOf(answer) === null && dice.next() < 0.5 ? `${answer} ${words}` : `${words} ${answer}`;
};

const REFUSALS: Readonly<Record<'train' | 'held-out', readonly string[]>> = {
  train: [
    'I am sorry, but I cannot help with that.',
    'I would rather not do this.',
    'I cannot answer this question.',
    'That is not something that I can do for you.',
  ],
  'held-out': ['Sorry, I will not help with this one.', 'I must decline to do that.'],
};

export const refusal = (dice: Rng, split: 'train' | 'held-out'): string => dice.pick(REFUSALS[split]);

/** The line that was asked for is missing, though the value may be said. */
export const withoutClosing = (answer: string, dice: Rng): string | null => {
  const closing = closingOf(answer);
  if (closing === null) return null;
  const { before, label, value } = closing;
  if (before !== '' && dice.next() < 0.5) return before;
  const said = dice.pick([`It is ${value}.`, `${value}, I think.`, `The ${label} should be ${value}.`, value]);
  return before === '' ? said : `${before} ${said}`;
};

const otherNumber = (text: string, dice: Rng): string => {
  const number = Number(text);
  const away = 1 + dice.int(Math.max(9, Math.floor(Math.abs(number) / 4)));
  return String(dice.next() < 0.5 && number - away >= 0 ? number - away : number + away);
};

/** Another value than the one that is right; `others`: words that it could be mixed up with. Null where there is none. */
export const wrongValue = (value: string, others: readonly string[], dice: Rng): string | null => {
  if (/^-?\d+$/.test(value)) return otherNumber(value, dice);
  const different = others.filter((word) => word.toLowerCase() !== value.toLowerCase());
  return different.length === 0 ? null : dice.pick(different);
};
