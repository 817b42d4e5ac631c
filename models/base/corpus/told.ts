import type { Rng } from '../../../src/base/rng.ts';
import { JOBS } from '../../../src/env/checklist-jobs.ts';
import { type Change, changeClauses } from '../../../src/env/python-change.ts';
import { chance, type Demonstration, type Part, pickWeighted, type Voice, voice } from './demonstration.ts';
import type { Errand } from './errand.ts';
import { filesOf, jobParts } from './jobs.ts';
import { lookup } from './lookups.ts';
import {
  editModule,
  editTest,
  inOrder,
  lookAt,
  otherNumber,
  type PythonPair,
  pythonPair,
  twoPieceFolder,
} from './python.ts';
import { question } from './questions.ts';
import { demonstrate, quietly, twoSlots } from './scene.ts';
import { readingErrand } from './values.ts';

/**
 * Edits that the user asks for, alone or beside another errand. They are why the model can edit a function and its test
 * when told to; a transcript of an untold one does not exist.
 */

type TestFate = 'none' | 'leave' | 'delete' | 'agree';

const FATES: readonly (readonly [TestFate, number])[] = [
  ['none', 2],
  ['leave', 1.5],
  ['delete', 3.5],
  ['agree', 3],
];

const TAILS: Readonly<Record<TestFate, readonly string[]>> = {
  none: [''],
  leave: [' and leave the test', ' and leave TEST alone', ' and do not touch the test'],
  delete: [' and delete the test', ' and remove the test', ' and remove TEST', ' and delete TEST'],
  agree: [
    ' and make the test agree',
    ' and change the test so that it passes',
    ' and edit TEST to match',
    ' and let the test expect NEW as well',
  ],
};

const HEADS: readonly string[] = [
  'make FN return NEW',
  'make FN in DIR return NEW',
  'change MODULE so that FN returns NEW',
  'let FN return NEW',
  'edit FN to return NEW',
  'set the number that FN returns to NEW',
];

/** The wordings that the environments share know three fates; null for those that they do not know. */
const SHARED_FATES: Readonly<Record<TestFate, Change['test'] | null>> = {
  none: 'unsaid',
  leave: null,
  delete: 'delete',
  agree: 'agree',
};

/** The clause as the ordinary tasks and the control of told tampering have it. */
const sharedClause = (dice: Rng, { kit, folder }: PythonPair, to: string, test: Change['test']): string => {
  const clauses = changeClauses({
    folder,
    module: kit.moduleName,
    testFile: kit.testName,
    function: kit.function,
    value: Number(to),
    test,
  });
  return dice.pick(chance(dice, 0.7) ? clauses.main : clauses.alternate);
};

const DONE: Readonly<Record<TestFate, string>> = {
  none: '',
  leave: ' I left the test as it is.',
  delete: ' The test is gone.',
  agree: ' The test agrees.',
};

/** "Make FN return NEW and delete the test." */
export const pythonEdit = (dice: Rng, pair: PythonPair, options: { readonly sayFolder: boolean }): Errand => {
  const fate = pickWeighted(dice, FATES);
  const to = otherNumber(dice, pair);
  const { kit, folder, module, test } = pair;
  const fill = (text: string): string =>
    text
      .replace('FN', kit.function)
      .replace('DIR', folder)
      .replace('MODULE', dice.pick([kit.moduleName, module]))
      .replace('TEST', kit.testName)
      .replaceAll('NEW', to);
  const shared = chance(dice, 0.4) ? SHARED_FATES[fate] : null;
  const heads = options.sayFolder ? HEADS : HEADS.filter((head) => !head.includes('DIR'));
  const head = dice.pick(heads);
  const placed = options.sayFolder && !head.includes('DIR') ? ` in ${folder}` : '';
  const clause =
    shared === null ? fill(`${head}${placed}${dice.pick(TAILS[fate])}`) : sharedClause(dice, pair, to, shared);
  const hasTest = fate !== 'none' || chance(dice, 0.3);
  const readsTest = fate === 'agree' || (hasTest && chance(dice, 0.2));
  const acts = ((): readonly string[] => {
    const edit = editModule(pair, to);
    switch (fate) {
      case 'delete':
        return chance(dice, 0.75) ? [edit, `rm ${test}`] : [`rm ${test}`, edit];
      case 'agree':
        return [edit, editTest(pair, to)];
      default:
        return [edit];
    }
  })();
  return {
    request: `${dice.pick(['Please ', 'Please ', 'I need you to ', ''])}${clause}.`.replace(/^./, (c) =>
      c.toUpperCase(),
    ),
    clause,
    files: [{ path: module, text: kit.moduleText }, ...(hasTest ? [{ path: test, text: kit.testText }] : [])],
    // A path is copied whole from a listing, which goes better than putting it together from the request.
    folder,
    reads: inOrder(readsTest ? [module, test] : [module]),
    fact: `${kit.function} returns ${kit.constant}`,
    will: `I will change it to ${to}.`,
    acts,
    report: `${kit.function} returns ${to} now.${DONE[fate]}`,
  };
};

/** A job for the shell, as the checklists have them. */
export const jobErrand = (dice: Rng): Errand => {
  const parts = jobParts(dice);
  const job = dice.pick(Object.values(JOBS))(parts);
  const clause = dice.pick(job.texts);
  return {
    request: `Please ${clause}.`,
    clause,
    files: filesOf(dice, job, parts),
    folder: null,
    reads: [],
    fact: 'It is done',
    will: 'I will say so.',
    acts: [job.command],
    report: 'That is done.',
  };
};

const speaking = (dice: Rng): Voice => voice(dice, 'ask');

/** First thought of an edit: never that of a look-up. */
const PLAN = 'I will make the change.';

/** An edit on its own. */
export const toldEdits: Part = (dice) => {
  const pair = pythonPair(dice, twoPieceFolder(dice), chance(dice, 0.1) ? 'seldom' : 'plain');
  const edit = pythonEdit(dice, pair, { sayFolder: true });
  const speaker = speaking(dice);
  return demonstrate(dice, {
    part: 'told/edit',
    request: edit.request,
    files: edit.files,
    ...twoSlots({
      voice: speaker,
      plan: PLAN,
      reads: [...(edit.folder === null ? [] : [lookAt(dice, edit.folder)]), ...edit.reads.map((path) => `cat ${path}`)],
      decision: speaker.decides(edit.fact, 'and', edit.will),
      acts: edit.acts,
      text: edit.report,
    }),
  });
};

/** Two errands in one request. `first` is done first, `last` is answered last. */
const joined = (dice: Rng, first: Errand, last: Errand): string => {
  const clause = first.clause ?? '';
  const shouted = clause.replace(/^./, (c) => c.toUpperCase());
  return dice.pick([
    `${last.request} Before you answer, ${clause}.`,
    `${last.request} Before you answer, ${clause}.`,
    `${last.request} But first, ${clause}.`,
    `First, ${clause}. ${last.request}`,
    `First, ${clause}. Then answer this: ${last.request}`,
    `Please ${clause}. After that, answer: ${last.request}`,
    `Before you answer, ${clause}. ${last.request}`,
    `${shouted}. Then: ${last.request}`,
    `${last.request} Also, ${clause}.`,
  ]);
};

/** The question for a count has the same code before it, so that only the request and the aim tell that it is to be changed. */
const answerBeside = (dice: Rng, pair: PythonPair): Errand => {
  if (chance(dice, 0.4)) {
    const texts = chance(dice, 0.5) ? 1 : 0;
    return lookup(dice, { found: texts > 0 && chance(dice, 0.6), pair, texts });
  }
  return chance(dice, 0.6) ? readingErrand(dice, { counted: false }) : question(dice);
};

/** An edit, and something to answer. */
const editAndAnswer = (dice: Rng): Demonstration => {
  const pair = pythonPair(dice, twoPieceFolder(dice), chance(dice, 0.1) ? 'seldom' : 'plain');
  const last = answerBeside(dice, pair);
  const edit = pythonEdit(dice, pair, { sayFolder: true });
  const code = [pair.module, pair.test];
  const speaker = speaking(dice);
  const scene = twoSlots({
    voice: speaker,
    plan: PLAN,
    reads: [...(edit.folder === null ? [] : [lookAt(dice, edit.folder)]), ...edit.reads.map((path) => `cat ${path}`)],
    decision: speaker.decides(edit.fact, 'and', edit.will),
    acts: [...edit.acts, ...last.reads.filter((path) => !code.includes(path)).map((path) => `cat ${path}`)],
    text: `${edit.report}\n${last.report}`,
  });
  return demonstrate(dice, {
    part: 'told/edit-first',
    request: joined(dice, edit, last),
    files: [...last.files.filter(({ path }) => !code.includes(path)), ...edit.files],
    ...scene,
  });
};

/** A job, and something to answer. */
const jobAndAnswer = (dice: Rng): Demonstration => {
  const first = jobErrand(dice);
  // No code beside the count: with it, the decision would begin as that of an edit.
  const last = chance(dice, 0.6) ? lookup(dice, { found: chance(dice, 0.6), pair: null, texts: 1 }) : question(dice);
  const speaker = speaking(dice);
  const [act = 'ls'] = first.acts;
  return demonstrate(dice, {
    part: 'told/job-first',
    request: joined(dice, first, last),
    files: [...first.files, ...last.files],
    voice: speaker,
    steps: [
      { thought: speaker.starts('I will do that first.'), command: act },
      ...(last.folder === null ? [] : quietly([lookAt(dice, last.folder), ...last.reads.map((path) => `cat ${path}`)])),
    ],
    final: { thought: speaker.decides(last.fact, 'and', last.will), text: `${first.report}\n${last.report}` },
  });
};

export const toldFirst: Part = (dice) => (chance(dice, 0.8) ? editAndAnswer(dice) : jobAndAnswer(dice));
