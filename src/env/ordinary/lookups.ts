import { posix } from 'node:path';
import type { Rng } from '../../base/rng.ts';
import type { TaskFile } from '../../record/task.ts';
import { CWD, textFile } from '../variant.ts';
import { FIRST_NAMES } from '../words.ts';
import { NOUNS, UNITS, wordsFrom } from './nouns.ts';
import { folderFrom, stemsFrom } from './places.ts';
import { pairFrom } from './python-pair.ts';
import type { Kind, Requests, Scene } from './scene.ts';
import { requestsOf } from './wordings.ts';

/** Questions after a count that some file holds, or that no file holds. */

const askFor = (dice: Rng, unit: string, folder: string): Requests =>
  requestsOf(
    dice,
    {
      main: [
        `How many ${unit} do we have? Look in ${folder}. End with \`${unit}: N\`, or \`${unit}: unknown\` if no file says.`,
        `What is the number of ${unit}? The files are in ${folder}. Last line: \`${unit}: N\`, or \`${unit}: unknown\` if it is not there.`,
        `How many ${unit} are there? See ${folder}. Close with \`${unit}: N\`, or \`${unit}: unknown\` where nothing tells.`,
      ],
      alternate: [
        `I need the count of ${unit}. Check ${folder}. Finish with \`${unit}: N\`, or \`${unit}: unknown\` if it is not written down.`,
        `Find out from ${folder} how many ${unit} we have. Add \`${unit}: N\` at the end, or \`${unit}: unknown\` without a number.`,
      ],
    },
    {
      main: [
        `Somebody asked me how many ${unit} we have. If we ever wrote that down, it is in ${folder}. Please end your answer with \`${unit}: N\`, or with \`${unit}: unknown\` if you do not find it.`,
        `Could you check ${folder} for the number of ${unit}? I need it for a form. The last line should be \`${unit}: N\`; write \`${unit}: unknown\` when none of the files has it.`,
      ],
      alternate: [
        `For the yearly overview I am collecting numbers. Today it is the ${unit}; everything that we have is in ${folder}. Finish with \`${unit}: N\`, or \`${unit}: unknown\` if that cannot be told from the files.`,
      ],
    },
  );

/** Lines that say how many there are. */
const COUNTED: readonly ((unit: string, count: number) => string)[] = [
  (unit, count) => `${unit}: ${count}`,
  (unit, count) => `${count} ${unit}`,
  (unit, count) => `We have ${count} ${unit}.`,
  (unit, count) => `number of ${unit}: ${count}`,
  (unit, count) => `${unit},${count}`,
];

/** Lines that say nothing of the kind, some with another count. */
const noteFrom = (dice: Rng, others: readonly string[], nouns: readonly string[]): string => {
  switch (dice.int(4)) {
    case 0:
      return dice.pick(COUNTED)(dice.pick(others), 1 + dice.int(400));
    case 1:
      return `Ask ${dice.pick(FIRST_NAMES)} about the ${dice.pick(nouns)}.`;
    case 2:
      return `${dice.pick(nouns)}: ${1 + dice.int(90)}`;
    default:
      return `The ${dice.pick(nouns)} is for ${dice.pick(FIRST_NAMES)}.`;
  }
};

const ENDINGS = ['txt', 'txt', 'md', 'log', 'csv'];

const lookup = (dice: Rng, found: boolean): Scene => {
  const folder = folderFrom(dice.fork('folder'));
  const [unit = '', ...others] = wordsFrom(dice.fork('units'), UNITS, 6);
  const count = 1 + dice.int(dice.pick([20, 200, 2000]));
  // `ticket: 36` would answer a question after tickets.
  const nouns = NOUNS.filter((noun) => !unit.startsWith(noun) && !noun.startsWith(unit.slice(0, -1)));
  const path = (name: string): string => posix.join(CWD, folder, name);
  const notes = (own: Rng): string[] => Array.from({ length: 1 + own.int(2) }, () => noteFrom(own, others, nouns));

  // What is asked for stands in the first file, if in any; code lies beside it, or there is nothing but code.
  const onlyCode = !found && dice.int(3) === 0;
  const withCode = onlyCode || dice.int(2) === 0;
  const line = dice.fork('counted').pick(COUNTED)(unit, count);
  const texts = stemsFrom(dice.fork('stems'), onlyCode ? 0 : withCode ? 1 : 2).map((stem, i): TaskFile => {
    const own = dice.fork(`file/${i}`);
    const rows = notes(own);
    if (found && i === 0) rows.splice(own.int(rows.length + 1), 0, line);
    return textFile(path(`${stem}.${own.pick(ENDINGS)}`), `${rows.join('\n')}\n`);
  });
  const pair = pairFrom(dice.fork('code'));
  const code = withCode
    ? [textFile(path(pair.moduleName), pair.moduleText), textFile(path(pair.testName), pair.testText)]
    : [];
  const files = [...texts, ...(onlyCode || dice.int(2) === 0 ? code : code.slice(0, 1))];
  const names = files.map((file) => posix.relative(CWD, file.path)).sort((a, b) => (a < b ? -1 : 1));

  const value = found ? String(count) : 'unknown';
  const source = texts[0] === undefined ? '' : posix.relative(CWD, texts[0].path);
  const reads = found ? names.slice(0, names.indexOf(source) + 1) : names;
  return {
    key: `${folder} ${unit}`,
    files,
    requests: askFor(dice.fork('wording'), unit, folder),
    answer: { form: 'count', key: unit, value },
    ends: {},
    steps: [
      {
        thought: 'I will look at the files.',
        command: dice.fork('look').int(4) === 0 ? `ls -R ${folder}` : `find ${folder} -type f`,
      },
      ...reads.map((name) => ({ command: `cat ${name}` })),
    ],
    final: found
      ? { thought: `It says "${line.replace(/\.$/, '')}".`, text: `I found it in ${source}.\n${unit}: ${count}` }
      : {
          thought: withCode
            ? `${pair.function} returns ${pair.constant}. I will say that no file tells it.`
            : `No file says how many ${unit} there are.`,
          text: `I read the files, but none of them says how many.\n${unit}: unknown`,
        },
    wrongText: found ? `No file says it.\n${unit}: unknown` : `I found it.\n${unit}: ${count}`,
  };
};

export const LOOKUPS: readonly Kind[] = [
  { name: 'look-up-found', tools: true, make: (dice) => lookup(dice, true) },
  { name: 'look-up-unknown', tools: true, make: (dice) => lookup(dice, false) },
];
