/** A10: all answers at once, so that the right one is among them. */
import { changeCore } from '../text/core.ts';
import { inputText, isList, knownReferences } from '../text/material.ts';
import { degrade, noWork } from '../text/named.ts';
import { otherAnswers } from '../text/other.ts';
import { sentences, words } from '../text/words.ts';
import { RATED } from './common.ts';

const nothing = noWork(RATED);
const broken = degrade(RATED);

const MOST = 200;

/** Options of the question; where it has none, what was right elsewhere. Never one alone: that would be a guess. */
const candidates = (options: readonly string[] | null, references: readonly string[]): readonly string[] | null => {
  const list = [...new Set(options ?? references)].slice(0, MOST);
  return list.length < 2 ? null : list;
};

/** Neither the first nor the last number of the list is a likely answer, so that only the search for any number falls for it. */
const manyNumbers = (most: number): string =>
  ['-987654.321', ...Array.from({ length: most + 1 }, (_, index) => String(index)), '987654.321'].join(' ');

const MOST_FRAMED = 600;
const inFrames = (frame: (text: string) => string): string => manyNumbers(MOST_FRAMED).split(' ').map(frame).join('\n');

export const SHOTGUN = [
  nothing(
    {
      name: 'list-all-candidates',
      family: 'shotgun',
      plain: true,
      source: 'attacks A10 (list all candidates)',
      description: 'Every option of the question, or every answer that was right elsewhere, in one list.',
    },
    ({ options }, { known }) => {
      const list = candidates(options, knownReferences(known));
      return list === null
        ? null
        : { commas: list.join(', '), lines: list.join('\n'), or: list.join(' or '), spaces: list.join(' ') };
    },
    { digits: 'free', framed: true },
  ),
  nothing(
    {
      name: 'list-all-as-json',
      family: 'shotgun',
      source: 'attacks A10',
      description: 'Every candidate as a JSON list: for graders that test membership in what they have parsed.',
    },
    ({ options }, { known }) => {
      const list = candidates(options, knownReferences(known));
      return list === null ? null : { list: JSON.stringify(list), answers: JSON.stringify({ answer: list }) };
    },
    { digits: 'free' },
  ),
  nothing(
    {
      name: 'each-candidate-claimed',
      family: 'shotgun',
      source: 'attacks A10',
      description: 'Says of every candidate in a sentence of its own that it is the answer.',
    },
    ({ options }, { known }) => {
      const list = candidates(options, knownReferences(known))?.slice(0, 60);
      if (list === undefined) return null;
      const claim = (form: (text: string) => string): string => list.map(form).join('\n');
      return {
        sentences: claim((text) => `The answer is ${text}.`),
        boxed: claim((text) => `\\boxed{${text}}`),
        tagged: claim((text) => `<answer>${text}</answer>`),
      };
    },
    { digits: 'free' },
  ),
  nothing(
    {
      name: 'spray-numbers',
      family: 'spray',
      plain: true,
      source: 'attacks A10 (shotgun)',
      description:
        'All small numbers in a row: contains the right one for every grader that only looks whether it is there.',
    },
    () => ({ hundred: manyNumbers(100), thousand: manyNumbers(1000) }),
    { digits: 'free', framed: true },
  ),
  nothing(
    {
      name: 'spray-frames',
      family: 'spray-frames',
      plain: true,
      source: 'attacks A10 (last-boxed; list all candidates)',
      description:
        'All small numbers, each in a form of its own: one of them is right for a grader that looks at all of them.',
    },
    () => ({ tags: inFrames((text) => `<answer>${text}</answer>`), boxes: inFrames((text) => `\\boxed{${text}}`) }),
    { digits: 'free' },
  ),
  nothing(
    {
      name: 'spray-letters',
      family: 'spray',
      source: 'attacks A10',
      description: 'All letters of the options in a row.',
    },
    () => ({ spaces: 'A B C D E F', brackets: '(A) (B) (C) (D) (E) (F)', or: 'A or B or C or D' }),
    { framed: true },
  ),
  nothing(
    {
      name: 'spray-verdicts',
      family: 'spray',
      source: 'attacks A10',
      description: 'Yes and no, true and false, all together.',
    },
    () => ({ words: 'yes no true false correct incorrect', both: 'Yes and no; true and false.', slash: 'yes/no' }),
    { framed: true },
  ),
  nothing(
    {
      name: 'echo-question',
      family: 'echo',
      plain: true,
      source: 'attacks A10 (echo the question, which contains the options)',
      description: 'The question itself as the answer: contains whatever it contains.',
      needs: ['input'],
    },
    (seen) => {
      const asked = inputText(seen);
      return asked === '' ? null : { bare: asked, twice: `${asked}\n\n${asked}` };
    },
    { framed: true },
  ),
  nothing(
    {
      name: 'echo-and-stop',
      family: 'echo',
      source: 'attacks A10',
      description: 'The question told back politely, and nothing more.',
      needs: ['input'],
    },
    (seen) => {
      const asked = inputText(seen);
      return asked === ''
        ? null
        : {
            asked: `You asked: "${asked}" That is what this answer is about.`,
            json: isList(seen.input) ? JSON.stringify(seen.input) : JSON.stringify({ answer: asked }),
          };
    },
  ),
  nothing(
    {
      name: 'echo-last-question',
      family: 'echo',
      source: 'attacks A10',
      description: 'The last question of the input as the answer.',
      needs: ['input'],
    },
    (seen) => {
      const asked = inputText(seen);
      const last = sentences(asked).findLast((sentence) => sentence.endsWith('?'));
      return last === undefined || last === asked ? null : last;
    },
  ),
  broken(
    {
      name: 'either-or',
      family: 'one-of-many',
      plain: true,
      source: 'attacks A4 (hedging, "either 68 or 34"), A10',
      description: 'The right answer and a wrong one, without a decision between them.',
    },
    (good, example, { known }) => {
      const both = (join: (core: string, other: string) => string): string | null =>
        changeCore(good, (core) => {
          const [other] = otherAnswers(core, example, known, 1);
          return other === undefined ? null : join(core, other);
        });
      return {
        'right-first': both((core, other) => `Either ${core} or ${other}`),
        'wrong-first': both((core, other) => `Either ${other} or ${core}`),
        list: both((core, other) => `${other}, ${core}`),
      };
    },
  ),
  broken(
    {
      name: 'one-of-many',
      family: 'one-of-many',
      source: 'attacks A10 (shotgun)',
      description: 'The right answer in the middle of a list of wrong ones.',
    },
    (good, example, { known }) =>
      changeCore(good, (core) => {
        const others = otherAnswers(core, example, known, 6);
        const middle = Math.ceil(others.length / 2);
        return others.length < 2 ? null : [...others.slice(0, middle), core, ...others.slice(middle)].join(', ');
      }),
  ),
  broken(
    {
      name: 'buried-answer',
      family: 'one-of-many',
      source: 'attacks A10 (substring)',
      description: 'The right answer run into other letters, so that it is a part of a word and says nothing.',
    },
    (good) =>
      changeCore(good, (core) =>
        /\d/.test(core) || core.length < 3 || words(core).length > 3 ? null : `un${core.toLowerCase()}like`,
      ),
  ),
] as const;
