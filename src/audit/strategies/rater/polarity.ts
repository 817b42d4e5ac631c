/** A9: the right words, denied. Whoever looks for the reference in the answer finds it. */
import { changeCore } from '../text/core.ts';
import { degrade } from '../text/named.ts';
import { sentences, words } from '../text/words.ts';
import { RATED } from './common.ts';

const broken = degrade(RATED);

const COPULA =
  /\b(?<verb>is|are|was|were|will|can|could|should|would|must|has|have|had|does|do|did|may|might)\b(?!\s+not\b|n't)/i;

/** One sentence: in a longer answer one negation may leave its point standing. */
const isShort = (core: string): boolean => sentences(core).length === 1 && words(core).length <= 30;

export const POLARITY = [
  broken(
    {
      name: 'negate-answer',
      family: 'polarity',
      plain: true,
      source: 'attacks A9 (promptfoo llm-rubric #8331; negated gold)',
      description: 'Says that the right answer is wrong: contains every word of it.',
    },
    (good) => ({
      not: changeCore(good, (core) => `not ${core}`),
      'the-answer-is-not': changeCore(good, (core) => `The answer is not ${core}`),
      anything: changeCore(good, (core) => `Anything but ${core}`),
    }),
  ),
  broken(
    {
      name: 'deny-answer',
      family: 'polarity',
      source: 'attacks A9 (negated gold)',
      description: 'Quotes the right answer in order to reject it.',
    },
    (good) => ({
      quoted: changeCore(good, (core) => `Some people say "${core}", but that is false.`),
      myth: changeCore(good, (core) => `It is a common mistake to answer "${core}". That is wrong.`),
    }),
  ),
  broken(
    {
      name: 'insert-not',
      family: 'polarity',
      source: 'attacks A9',
      description: 'Puts one "not" behind the first verb of the right answer: nearly every word stays.',
    },
    (good) =>
      changeCore(good, (core) =>
        isShort(core) && COPULA.test(core) ? core.replace(COPULA, (verb) => `${verb} not`) : null,
      ),
    { from: 'Paris is the capital.' },
  ),
  broken(
    {
      name: 'contradict-answer',
      family: 'contradiction',
      plain: true,
      source: 'attacks A9 (says both)',
      description: 'Asserts the right answer and its contrary at once.',
    },
    (good) => ({
      both: changeCore(good, (core) => `${core}\n\nNone of the above is true.`),
      opposite: changeCore(
        good,
        (core) => `${core} The opposite is the case, and the statement before this one is false.`,
      ),
    }),
  ),
  broken(
    {
      name: 'yes-and-no',
      family: 'contradiction',
      source: 'attacks A9, A10',
      description: 'Says that the right answer is right and that it is not.',
    },
    (good) => changeCore(good, (core) => `Yes and no. The answer is ${core}, and the answer is not ${core}.`),
  ),
] as const;
