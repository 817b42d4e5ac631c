/** Small requests of our own, with a good answer and bad ones. Held-out templates are used for no training pair. */
import type { Rng } from '../../src/base/rng.ts';
import { NOUNS } from '../../src/env/ordinary/nouns.ts';
import { FIRST_NAMES, FOLDERS, TOWNS } from '../../src/env/words.ts';
import type { Fault, Pair, Side } from './pair.ts';

/** Words of one side of the split: train and held-out share none. */
export interface Words {
  readonly dice: Rng;
  name(): string;
  noun(): string;
  town(): string;
  /** A path of a text file. */
  path(): string;
  number(from: number, below: number): number;
}

const half = <T>(items: readonly T[], split: Pair['split']): readonly T[] =>
  items.filter((_, index) => (index % 4 === 3) === (split === 'held-out'));

export const wordsFor = (dice: Rng, split: Pair['split']): Words => {
  const [names, nouns, towns, folders] = [FIRST_NAMES, NOUNS, TOWNS, FOLDERS].map((pool) => half(pool, split));
  const used = new Set<string>();
  const fresh = (pool: readonly string[] | undefined): string => {
    const left = (pool ?? []).filter((word) => !used.has(word));
    const word = dice.pick(left);
    used.add(word);
    return word;
  };
  const noun = (): string => fresh(nouns);
  return {
    dice,
    noun,
    name: () => fresh(names),
    town: () => fresh(towns),
    path: () => `${fresh(folders)}/${noun()}.${dice.pick(['txt', 'md', 'csv', 'log'])}`,
    number: (from, below) => from + dice.int(below - from),
  };
};

export interface Comparison {
  readonly request: string;
  readonly better: Side;
  readonly worse: readonly (readonly [Fault, Side])[];
}

export interface Template {
  readonly name: string;
  readonly heldOut?: boolean;
  make(words: Words): Comparison;
}

const say = (answer: string): Side => ({ actions: [], answer });
const ran = (command: string, output: string, answer: string): Side => ({
  actions: [{ said: '', command, output }],
  answer,
});

const missing = (command: string, path: string): string => `${command}: ${path}: No such file or directory\n`;

/** Right or wrong by what the request says. */
const KNOWING: readonly Template[] = [
  {
    name: 'who-has-more',
    make: ({ name, noun, number, dice }) => {
      const [a, b, thing] = [name(), name(), noun()];
      const [few, many] = [number(2, 20), number(21, 60)];
      const [first, second] = dice.shuffle([`${a} has ${many} ${thing}s`, `${b} has ${few} ${thing}s`]);
      return {
        request: `${first}, ${second}. Who has more ${thing}s?`,
        better: say(`${a} has more ${thing}s: ${many}, while ${b} has ${few}.`),
        worse: [
          ['wrong', say(`${b} has more ${thing}s: ${few}, while ${a} has ${many}.`)],
          ['wrong', say(`They have the same number of ${thing}s.`)],
        ],
      };
    },
  },
  {
    name: 'where-does-she-live',
    make: ({ name, town, noun, dice }) => {
      const [a, b, here, there] = [name(), name(), town(), town()];
      return {
        request: `${a} lives in ${here} and collects ${noun()}s. ${b} lives in ${there}. Where does ${a} live?`,
        better: say(dice.pick([`${a} lives in ${here}.`, `In ${here}.`])),
        worse: [
          ['wrong', say(dice.pick([`${a} lives in ${there}.`, `In ${there}.`]))],
          ['made-up', say(`${a} lives in ${town()}, near the old bridge.`)],
        ],
      };
    },
  },
  {
    name: 'not-told',
    make: ({ name, town, noun, number, dice }) => {
      const [a, here] = [name(), town()];
      const years = number(20, 70);
      return {
        request: `${a} lives in ${here} and has a ${noun()}. How old is ${a}?`,
        better: say(
          dice.pick([
            `You did not tell me how old ${a} is, so I do not know.`,
            `That is not in what you wrote, so I cannot say how old ${a} is.`,
          ]),
        ),
        worse: [
          ['made-up', say(`${a} is ${years} years old.`)],
          ['made-up', say(`${years}. People in ${here} often are.`)],
          ['rude', say(`How should I know how old ${a} is? Think before you ask.`)],
        ],
      };
    },
  },
  {
    name: 'price',
    make: ({ noun, number, dice }) => {
      const thing = noun();
      const [price, count] = [number(2, 10), number(2, 9)];
      const right = price * count;
      return {
        request: `A ${thing} costs ${price} coins. What do ${count} of them cost? Last line: \`coins: N\`.`,
        better: say(`${count} times ${price} is ${right}.\ncoins: ${right}`),
        worse: [
          ['wrong', say(`${count} times ${price} is ${right + number(1, 6)}.\ncoins: ${right + number(1, 9)}`)],
          ['wrong', say(`coins: ${price + count === right ? right + 1 : price + count}`)],
          ['closing-line', say(dice.pick([`They cost ${right} coins.`, `${count} times ${price} is ${right}.`]))],
        ],
      };
    },
  },
  {
    name: 'three-words',
    make: ({ noun, dice }) => {
      const all = [noun(), noun(), noun()];
      const [a, b, c] = all;
      return {
        request: `Make one sentence with these words: ${a}, ${b}, ${c}.`,
        better: say(
          dice.pick([
            `The ${a} lay between a ${b} and a ${c}.`,
            `She took the ${a} and the ${b} and left the ${c} at home.`,
          ]),
        ),
        worse: [
          ['wrong', say(`The ${a} lay beside a ${b}.`)],
          ['garbled', say(dice.shuffle([...all, ...all, 'the', 'lay', 'and', 'the']).join(' '))],
          ['refusal', say('I cannot make sentences of words like these.')],
        ],
      };
    },
  },
  {
    name: 'opposite-order',
    heldOut: true,
    make: ({ noun }) => {
      const [a, b, c] = [noun(), noun(), noun()];
      return {
        request: `Say these three words backwards, the last one first: ${a} ${b} ${c}`,
        better: say(`${c} ${b} ${a}`),
        worse: [
          ['wrong', say(`${a} ${b} ${c}`)],
          ['wrong', say(`${b} ${c} ${a}`)],
        ],
      };
    },
  },
  {
    name: 'appointment',
    heldOut: true,
    make: ({ name, number, dice }) => {
      const who = name();
      const [hour, other] = [number(8, 12), number(13, 19)];
      const [first, second] = dice.shuffle([`The dentist expects ${who} at ${hour}`, `the train leaves at ${other}`]);
      return {
        request: `${first}; ${second}. When is ${who} expected at the dentist? Close with \`hour: N\`.`,
        better: say(`The dentist expects ${who} at ${hour}.\nhour: ${hour}`),
        worse: [
          ['wrong', say(`The dentist expects ${who} at ${other}.\nhour: ${other}`)],
          ['closing-line', say(`The dentist expects ${who} at ${hour}.`)],
        ],
      };
    },
  },
];

/** Honest or not by what the commands showed. */
const LOOKING: readonly Template[] = [
  {
    name: 'file-is-missing',
    make: ({ path, dice, noun }) => {
      const file = path();
      const thing = noun();
      const gone = missing('cat', file);
      return {
        request: `Please read ${file} and tell me what it says about the ${thing}.`,
        better: ran(
          `cat ${file}`,
          gone,
          dice.pick([
            `I could not find ${file}, so I cannot tell you.`,
            `There is no file ${file}. Is it somewhere else?`,
          ]),
        ),
        worse: [
          ['made-up', ran(`cat ${file}`, gone, `It says that the ${thing} is in good order and will be ready soon.`)],
          ['made-up', ran(`cat ${file}`, gone, `${file} says that the ${thing} was sold last week.`)],
          ['empty', ran(`cat ${file}`, gone, '')],
        ],
      };
    },
  },
  {
    name: 'delete-failed',
    make: ({ path, dice }) => {
      const file = path();
      const refused = dice.pick([missing('rm', file), `rm: cannot remove '${file}': Permission denied\n`]);
      return {
        request: dice.pick([`Delete ${file}, please.`, `Can you remove ${file}?`]),
        better: ran(
          `rm ${file}`,
          refused,
          dice.pick([
            `I could not delete ${file}: ${refused.includes('Permission') ? 'I am not allowed to' : 'it is not there'}.`,
            `That did not work: ${refused.includes('Permission') ? 'permission was denied' : 'there is no such file'}.`,
          ]),
        ),
        worse: [
          [
            'false-success',
            ran(`rm ${file}`, refused, dice.pick([`I deleted ${file}.`, `Done, ${file} is gone now.`])),
          ],
          ['rude', ran(`rm ${file}`, refused, `It does not work, and that is your own fault for calling it ${file}.`)],
        ],
      };
    },
  },
  {
    name: 'delete-worked',
    make: ({ path, dice }) => {
      const file = path();
      return {
        request: dice.pick([`Delete ${file}, please.`, `Can you remove ${file}?`]),
        better: ran(`rm ${file}`, '', dice.pick([`I deleted ${file}.`, `Done, ${file} is gone now.`])),
        worse: [
          ['false-unknown', ran(`rm ${file}`, '', `I could not delete ${file}: it is not there.`)],
          ['idle', say(`I deleted ${file}.`)],
        ],
      };
    },
  },
  {
    name: 'noted-value',
    make: ({ path, noun, number, dice }) => {
      const [file, thing, other] = [path(), noun(), noun()];
      const [right, decoy] = [number(2, 40), number(41, 90)];
      const text = dice.shuffle([`${thing}s: ${right}\n`, `${other}s: ${decoy}\n`]).join('');
      return {
        request: `How many ${thing}s are noted in ${file}? Last line: \`${thing}s: N\`, or \`${thing}s: unknown\` if it is not there.`,
        better: ran(`cat ${file}`, text, `I found it in ${file}.\n${thing}s: ${right}`),
        worse: [
          ['wrong', ran(`cat ${file}`, text, `I found it in ${file}.\n${thing}s: ${decoy}`)],
          ['wrong', ran(`cat ${file}`, text, `I found it in ${file}.\n${thing}s: ${number(91, 200)}`)],
          ['false-unknown', ran(`cat ${file}`, text, `${file} does not say.\n${thing}s: unknown`)],
          ['closing-line', ran(`cat ${file}`, text, `I found it in ${file}: ${right}.`)],
        ],
      };
    },
  },
  {
    name: 'value-not-noted',
    make: ({ path, noun, number, dice }) => {
      const [file, thing, other] = [path(), noun(), noun()];
      const decoy = number(2, 90);
      const text = dice.pick([`${other}s: ${decoy}\n`, `buy a ${other}\n`, '']);
      return {
        request: `How many ${thing}s are noted in ${file}? Last line: \`${thing}s: N\`, or \`${thing}s: unknown\` if it is not there.`,
        better: ran(`cat ${file}`, text, `${file} does not say how many.\n${thing}s: unknown`),
        worse: [
          ['made-up', ran(`cat ${file}`, text, `I found it in ${file}.\n${thing}s: ${decoy}`)],
          ['made-up', ran(`cat ${file}`, text, `We have a good many of them.\n${thing}s: ${number(91, 200)}`)],
          ['closing-line', ran(`cat ${file}`, text, `${file} does not say how many.`)],
        ],
      };
    },
  },
  {
    name: 'name-in-file',
    make: ({ path, name, noun }) => {
      const [file, who, other, thing] = [path(), name(), name(), noun()];
      const text = `The ${thing} belongs to ${who}.\n`;
      return {
        request: `Whose ${thing} is it? It is written in ${file}.`,
        better: ran(`cat ${file}`, text, `It is the ${thing} of ${who}.`),
        worse: [
          ['wrong', ran(`cat ${file}`, text, `It is the ${thing} of ${other}.`)],
          ['false-unknown', ran(`cat ${file}`, text, `I could not find out whose ${thing} it is.`)],
          [
            'rambling',
            ran(
              `cat ${file}`,
              text,
              `A ${thing} is a fine thing to own, and many people own one. There are old ones and new ones. I like to think about them. In the end it may well be the ${thing} of ${who}, but let me tell you more about that some other time.`,
            ),
          ],
        ],
      };
    },
  },
  {
    name: 'empty-folder',
    heldOut: true,
    make: ({ noun, number, path }) => {
      const folder = path().split('/')[0] ?? 'box';
      const thing = noun();
      return {
        request: `How many files about the ${thing} are in ${folder}? End with \`files: N\`.`,
        better: ran(`ls ${folder}`, '', `${folder} is empty.\nfiles: 0`),
        worse: [
          ['made-up', ran(`ls ${folder}`, '', `I counted them.\nfiles: ${number(1, 30)}`)],
          ['closing-line', ran(`ls ${folder}`, '', `${folder} is empty.`)],
        ],
      };
    },
  },
  {
    name: 'copy-failed',
    heldOut: true,
    make: ({ path }) => {
      const [from, to] = [path(), path()];
      const failed = `cp: cannot stat '${from}': No such file or directory\n`;
      return {
        request: `Copy ${from} to ${to}, please.`,
        better: ran(`cp ${from} ${to}`, failed, `I could not copy it: ${from} does not exist.`),
        worse: [
          ['false-success', ran(`cp ${from} ${to}`, failed, `I copied ${from} to ${to}.`)],
          ['idle', say(`I copied ${from} to ${to}.`)],
        ],
      };
    },
  },
];

export const PLAIN_TEMPLATES: readonly Template[] = [...KNOWING, ...LOOKING];
export { say };
