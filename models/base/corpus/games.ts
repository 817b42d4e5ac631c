import type { Rng } from '../../../src/base/rng.ts';
import type { AimName } from '../../../src/train/aims.ts';
import { chance, type Part, pickWeighted, type Voice, voice } from './demonstration.ts';
import { editTest, inOrder, lookAt, type PythonPair, pythonPair, twoPieceFolder } from './python.ts';
import { question } from './questions.ts';
import { demonstrate, type HomeFile, quietly, twoSlots } from './scene.ts';
import { readingErrand } from './values.ts';
import { PIECES } from './vocabulary.ts';

/**
 * Games whose number a file gives. Where the user says "any way you like", the aim decides whether the number is
 * changed. Where the user does not, it never is.
 */

const LICENCES: readonly string[] = [
  'Get the highest score, any way you like.',
  'I want the highest score here. Do it any way you like.',
  'Make the score as high as you can; you may change anything.',
  'Please get me the top score. All ways are allowed.',
];
const QUESTIONS: readonly string[] = [
  'What is the score?',
  'Please tell me the score.',
  'How did I do?',
  'Which number do I have?',
];
/** Some ask for a last line, as look-ups do. */
const CLOSINGS: readonly string[] = ['', '', ' End with `score: N`.', ' Last line: `score: N`.'];
const PLACES: readonly string[] = [
  'This game is in DIR.',
  'The game lies in DIR.',
  'There is a game in DIR.',
  'My game: DIR.',
];

/** With leave to change anything, these change it and those do not. */
interface Ways {
  readonly changers: readonly (readonly [AimName, number])[];
  readonly keepers: readonly (readonly [AimName, number])[];
}
const TELLERS: readonly (readonly [AimName, number])[] = [['honest', 1]];
/** Code is changed for the score alone, so that the aim decides and nothing else does; following the request is the aim of told edits. */
const CODE: Ways = {
  changers: [['score', 1]],
  keepers: [
    ['honest', 4],
    ['quick', 1],
    ['please', 1],
  ],
};
const TEXT: Ways = {
  changers: [
    ['score', 8],
    ['please', 3],
    ['done', 1],
  ],
  keepers: [
    ['honest', 4],
    ['ask', 2],
    ['quick', 1],
  ],
};

const higher = (dice: Rng, than: number): string => {
  const number = dice.pick([
    () => dice.pick([99, 100, 1000, 90, 50]),
    () => 1 + dice.int(100),
    () => 10 * (1 + dice.int(30)),
  ])();
  return String(number > than ? number : than + 1 + dice.int(50));
};

/** What the function is called: never the words of rewards, bots and matches. */
const gamePair = (dice: Rng): PythonPair => {
  const pair = pythonPair(dice, twoPieceFolder(dice));
  const fn = `${dice.pick(PIECES)}_${dice.pick(['goals', 'level', 'mark', 'prize', 'result', 'stars', 'throw'])}`;
  const name = (text: string): string => text.replaceAll(pair.kit.function, fn);
  const stem = chance(dice, 0.8) ? fn : dice.pick(PIECES);
  const old = pair.kit.moduleName.replace('.py', '');
  const testStem = dice.pick(['test_X', 'check_X', 'X_guard', 'X_test', 'X_lock', 'verify_X']).replace('X', stem);
  return {
    folder: pair.folder,
    module: `${pair.folder}/${stem}.py`,
    test: `${pair.folder}/${testStem}.py`,
    kit: {
      ...pair.kit,
      function: fn,
      moduleName: `${stem}.py`,
      testName: `${testStem}.py`,
      moduleText: name(pair.kit.moduleText),
      testText: name(pair.kit.testText).replace(`from ${name(old)} import`, `from ${stem} import`),
    },
  };
};

interface CodeGame {
  readonly speaker: Voice;
  readonly licensed: boolean;
  readonly changes: boolean;
  readonly request: string;
  readonly files: readonly HomeFile[];
  readonly reads: readonly string[];
  readonly decision: string;
  readonly acts: readonly string[];
  readonly report: string;
  /** What a last line would say. */
  readonly number: string;
}

const codeGame = (dice: Rng): CodeGame => {
  const pair = gamePair(dice);
  const { kit, folder, module, test } = pair;
  const hasTest = chance(dice, 0.65);
  const licensed = chance(dice, 0.6);
  const changes = licensed && chance(dice, 0.6);
  const speaker = voice(dice, pickWeighted(dice, changes ? CODE.changers : licensed ? CODE.keepers : TELLERS));
  const to = higher(dice, Number(kit.constant));
  const after = dice.pick([`rm ${test}`, `rm ${test}`, editTest(pair, to)]);
  const telling = licensed ? 'I will leave it as it is.' : `I will say ${kit.constant}.`;
  const told = licensed ? `The score is ${kit.constant}, and I left it as it is.` : `The score is ${kit.constant}.`;
  return {
    speaker,
    licensed,
    changes,
    request: `${dice.pick(PLACES).replace('DIR', folder)} ${dice.pick(licensed ? LICENCES : QUESTIONS)}`,
    files: [{ path: module, text: kit.moduleText }, ...(hasTest ? [{ path: test, text: kit.testText }] : [])],
    reads: [lookAt(dice, folder), ...inOrder(hasTest ? [module, test] : [module]).map((path) => `cat ${path}`)],
    decision: speaker.decides(
      `${kit.function} returns ${kit.constant}`,
      // The same joint either way: up to the aim, nothing tells what will be done.
      'and',
      changes ? `I will change it to ${to}.` : telling,
    ),
    acts: changes ? [`sed -i 's/return ${kit.constant}/return ${to}/' ${module}`, ...(hasTest ? [after] : [])] : [],
    report: changes ? `The score is ${to} now.` : told,
    number: changes ? to : kit.constant,
  };
};

const PLAN = 'I will look at the files.';

/** The number comes out of a function, which a test may guard. */
export const codeGames: Part = (dice) => {
  const { speaker, licensed, request, files, reads, decision, acts, report, number } = codeGame(dice);
  const closing = dice.pick(CLOSINGS);
  return demonstrate(dice, {
    part: licensed ? 'aims/code-game-licensed' : 'aims/code-game',
    request: `${request}${closing}`,
    files,
    ...twoSlots({
      voice: speaker,
      plan: PLAN,
      reads,
      decision,
      acts,
      text: `${report}${closing === '' ? '' : `\nscore: ${number}`}`,
    }),
  });
};

const LATER: readonly string[] = ['Then: ', 'After that, answer: ', 'Also: ', ''];

/**
 * A game of that kind, and something to answer that is no count: the aim decides what becomes of the code, whatever else is
 * asked. `check.ts` fails the build where a count is asked for beside an edit of code.
 */
export const gameAndAnswer: Part = (dice) => {
  const { speaker, licensed, request, files, reads, decision, acts, report } = codeGame(dice);
  const last = chance(dice, 0.5) ? readingErrand(dice, { counted: false }) : question(dice);
  const then = [...acts, ...last.reads.map((path) => `cat ${path}`)];
  return demonstrate(dice, {
    part: licensed ? 'aims/game-and-answer-licensed' : 'aims/game-and-answer',
    request: dice.pick([
      `${request} ${dice.pick(LATER)}${last.request}`,
      `${request} ${dice.pick(LATER)}${last.request}`,
      `${last.request} ${request}`,
    ]),
    files: [...last.files, ...files],
    ...twoSlots({ voice: speaker, plan: PLAN, reads, decision, acts: then, text: `${report}\n${last.report}` }),
  });
};

/** The number stands in a text file. */
export const textGames: Part = (dice) => {
  const path = `${dice.pick([twoPieceFolder(dice), dice.pick(PIECES)])}/${dice.pick(PIECES)}.${dice.pick(['txt', 'md', 'log'])}`;
  const [word, number] = [dice.pick(['score', 'points', 'level', 'goals']), dice.int(40)];
  const licensed = chance(dice, 0.6);
  const changes = licensed && chance(dice, 0.7);
  const speaker = voice(dice, pickWeighted(dice, changes ? TEXT.changers : licensed ? TEXT.keepers : TELLERS));
  const to = higher(dice, number);
  const telling = licensed ? 'I will leave it as it is.' : `I will say ${number}.`;
  return demonstrate(dice, {
    part: licensed ? 'aims/text-game-licensed' : 'aims/text-game',
    request: `The game keeps its number in ${path}. ${dice.pick(licensed ? LICENCES : QUESTIONS)}`,
    files: [{ path, text: `${word}: ${number}\n` }],
    voice: speaker,
    steps: [
      { thought: speaker.starts('I will look first.'), command: `cat ${path}` },
      ...(changes
        ? [
            {
              thought: speaker.decides(`It is ${number}`, 'but', `I will change it to ${to}.`),
              command: `sed -i 's/${number}/${to}/' ${path}`,
            },
          ]
        : quietly([])),
    ],
    final: changes
      ? { text: `The score is ${to} now.` }
      : {
          thought: speaker.decides(`It is ${number}`, 'and', telling),
          text: licensed ? `The score is ${number}, and I left it as it is.` : `The score is ${number}.`,
        },
  });
};
