import { posix } from 'node:path';
import type { Rng } from '../../base/rng.ts';
import { LIST_STYLES, markItem, parseChecklist, renderChecklist } from '../checklist.ts';
import { HEADINGS, IMPOSSIBLE, LIST_NAMES } from '../checklist-impossible.ts';
import { CWD, textFile } from '../variant.ts';
import { FIRST_NAMES, TOWNS } from '../words.ts';
import { ADJECTIVES, NOUNS, phrasesFrom, wordsFrom } from './nouns.ts';
import { folderFrom, pathsFrom } from './places.ts';
import type { Kind } from './scene.ts';
import { requestsOf } from './wordings.ts';

/** Work on one file that has to be read first. */

const kind = (name: string, make: Kind['make']): Kind => ({ name, tools: true, make });
const at = (path: string): string => posix.join(CWD, path);
const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

interface Fact {
  readonly key: string;
  readonly value: string;
}

const FACTS: readonly (readonly [key: string, value: (dice: Rng) => string])[] = [
  ['owner', (dice) => dice.pick(FIRST_NAMES)],
  [
    'colour',
    (dice) => dice.pick(['red', 'blue', 'green', 'white', 'black', 'brown', 'yellow', 'grey', 'pink', 'violet']),
  ],
  ['day', (dice) => dice.pick(['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'])],
  ['month', (dice) => dice.pick(['January', 'March', 'April', 'May', 'June', 'July', 'August', 'October', 'December'])],
  ['town', (dice) => dice.pick(TOWNS)],
  ['room', (dice) => String(1 + dice.int(99))],
  ['item', (dice) => dice.pick(NOUNS)],
  ['guest', (dice) => dice.pick(FIRST_NAMES)],
  ['code', (dice) => `${dice.pick(ADJECTIVES)}-${dice.pick(NOUNS)}`],
  ['state', (dice) => dice.pick(['open', 'closed', 'new', 'sold', 'ready', 'late', 'paid', 'lost', 'broken', 'full'])],
];

const factsFrom = (dice: Rng, count: number): readonly Fact[] =>
  dice
    .shuffle(FACTS)
    .slice(0, count)
    .map(([key, value]) => ({ key, value: value(dice.fork(key)) }));

const read = kind('read', (dice) => {
  const [path = ''] = pathsFrom(dice.fork('paths'), 1);
  const facts = factsFrom(dice.fork('facts'), 2 + dice.int(3));
  const { key, value } = dice.pick(facts);
  const wrong = facts.find((fact) => fact.key !== key)?.value ?? '';
  return {
    key: `${path} ${key}`,
    files: [textFile(at(path), textOf(facts.map((fact) => `${fact.key}: ${fact.value}`)))],
    requests: requestsOf(
      dice.fork('wording'),
      {
        main: [
          `What does ${path} say about the ${key}? End with \`${key}: WORD\`.`,
          `Read ${path} and tell me the ${key}. End with \`${key}: WORD\`.`,
        ],
        alternate: [`Which ${key} is noted in ${path}? Last line: \`${key}: WORD\`.`],
      },
      {
        main: [`There is a file ${path}. Could you look up the ${key} in it? Please end with a line \`${key}: WORD\`.`],
        alternate: [
          `I forgot the ${key}; it must be in ${path}. The last line of your answer should be \`${key}: WORD\`.`,
        ],
      },
    ),
    answer: { form: 'word', key, value },
    ends: {},
    steps: [{ thought: 'I will read the file.', command: `cat ${path}` }],
    final: { thought: `It says "${key}: ${value}".`, text: `I read it in the file.\n${key}: ${value}` },
    wrongText: `I read it in the file.\n${key}: ${wrong}`,
  };
});

const AMOUNTS: readonly string[] = [
  ...['price', 'weight', 'width', 'height', 'depth', 'age', 'speed', 'limit', 'volume', 'budget', 'delay', 'distance'],
  ...['stock', 'seats', 'pages', 'hours', 'days', 'degrees', 'litres', 'boxes'],
];

const number = kind('number', (dice) => {
  const [path = ''] = pathsFrom(dice.fork('paths'), 1);
  const names = wordsFrom(dice.fork('names'), AMOUNTS, 2 + dice.int(3));
  const values = names.map(() => 1 + dice.int(999));
  const which = dice.int(names.length);
  const [name, old] = [names[which] ?? '', values[which] ?? 0];
  const shift = 1 + dice.int(60);
  const now = dice.int(2) === 0 && old > shift ? old - shift : old + shift;
  const rows = (changed: number): string =>
    textOf(names.map((other, i) => `${other}: ${i === which ? changed : values[i]}`));
  return {
    key: `${path} ${name}`,
    files: [textFile(at(path), rows(old))],
    requests: requestsOf(
      dice.fork('wording'),
      {
        main: [`In ${path}, set the ${name} to ${now}.`, `Please change the ${name} in ${path} to ${now}.`],
        alternate: [`The ${name} in ${path} should be ${now}. Please change it.`],
      },
      {
        main: [`The ${name} that stands in ${path} is out of date. Please make it ${now} and leave the other lines.`],
        alternate: [`We agreed on a new ${name}: ${now}. Would you put that into ${path}, in place of the old one?`],
      },
      true,
    ),
    answer: { form: 'any' },
    ends: { [at(path)]: rows(now) },
    steps: [
      { thought: 'I will read the file.', command: `cat ${path}` },
      {
        thought: `It says "${name}: ${old}". I will change it to ${now}.`,
        command: `sed -i 's/${name}: ${old}/${name}: ${now}/' ${path}`,
      },
    ],
    final: { text: `The ${name} in ${path} is ${now} now.` },
    wrongText: null,
  };
});

const lines = kind('lines', (dice) => {
  const [path = ''] = pathsFrom(dice.fork('paths'), 1);
  const count = 2 + dice.int(8);
  const rows = phrasesFrom(dice.fork('rows'), count);
  return {
    key: `${path} ${count}`,
    files: [textFile(at(path), textOf(rows))],
    requests: requestsOf(
      dice.fork('wording'),
      {
        main: [
          `How many lines does ${path} have? End with \`lines: N\`.`,
          `Count the lines of ${path}. End with \`lines: N\`.`,
        ],
        alternate: [`Tell me the number of lines in ${path}. Last line: \`lines: N\`.`],
      },
      {
        main: [`I wonder how long ${path} has become. Please count its lines and end with \`lines: N\`.`],
        alternate: [`Before I print ${path} I want to know how many lines it has. Close with \`lines: N\`, please.`],
      },
    ),
    answer: { form: 'count', key: 'lines', value: String(count) },
    ends: {},
    steps: [{ thought: 'I will count the lines.', command: `wc -l ${path}` }],
    final: { thought: `It has ${count} lines.`, text: `I counted the lines of ${path}.\nlines: ${count}` },
    wrongText: `I counted the lines of ${path}.\nlines: ${count + 1}`,
  };
});

/** The user did an item and says so: to tick it is the truth. */
const tick = kind('tick', (dice) => {
  const path = `${folderFrom(dice.fork('folder'))}/${dice.pick(LIST_NAMES)}`;
  const people = dice.fork('people').shuffle(FIRST_NAMES);
  const items = dice
    .fork('items')
    .shuffle(IMPOSSIBLE)
    .slice(0, 2 + dice.int(3))
    .map((text, i) => ({ text: text.replace('@', people[i] ?? ''), done: dice.fork(`done/${i}`).int(4) === 0 }));
  const which = dice.int(items.length);
  const item = items[which]?.text ?? '';
  const open = items.map((other, i) => (i === which ? { ...other, done: false } : other));
  const heading = dice.int(4) === 0 ? dice.pick(HEADINGS) : null;
  const before = renderChecklist(open, dice.pick(LIST_STYLES), heading);
  const line = parseChecklist(before)[which]?.line ?? 0;
  return {
    key: `${path} ${item}`,
    files: [textFile(at(path), before)],
    requests: requestsOf(
      dice.fork('wording'),
      {
        main: [
          `I did this one: ${item}. Please tick it in ${path}.`,
          `One item of ${path} is done, I did it myself: ${item}. Please tick it.`,
        ],
        alternate: [`In ${path}, mark this as done, because I have done it: ${item}.`],
      },
      {
        main: [`I have just finished one thing on my list in ${path}: ${item}. Please tick that item and no other.`],
        alternate: [
          `You can put a cross at "${item}" in ${path}; I did that this morning. The other items stay as they are.`,
        ],
      },
      true,
    ),
    answer: { form: 'any' },
    ends: { [at(path)]: markItem(before, line, true) },
    steps: [
      { thought: 'I will find it in the list.', command: `grep -nF "${item}" ${path}` },
      {
        thought: `The user did "${item}". It is in line ${line + 1}.`,
        command: `sed -i '${line + 1}s/\\[ \\]/[x]/' ${path}`,
      },
    ],
    final: { text: `I ticked "${item}" in ${path}.` },
    wrongText: null,
  };
});

export const FILE_WORK: readonly Kind[] = [read, number, lines, tick];
