/** A10: answers in a form (`<answer>`, `\boxed{}`, `####`, JSON) that contradict themselves outside it, or in a second one. */
import type { Example } from '../../example.ts';
import type { StrategyContext } from '../../strategy.ts';
import { framedIn } from '../text/core.ts';
import { isExclusive } from '../text/exclusive.ts';
import { degrade } from '../text/named.ts';
import { otherAnswers } from '../text/other.ts';
import { RATED } from './common.ts';

const broken = degrade(RATED);

interface Parts {
  /** Thoughts before the form, if there are any. */
  readonly head: string;
  readonly right: string;
  readonly rightText: string;
  readonly wrong: string;
  readonly otherWrong: string;
  readonly wrongText: string;
}

/** Null where the answer has no form, or no wrong answer is known that could stand in it. */
const partsOf = (good: string, example: Example, { known }: StrategyContext): Parts | null => {
  const framed = framedIn(good);
  const core = framed?.core.trim() ?? '';
  if (framed === null || core === '') return null;
  const [wrong, otherWrong = wrong] = otherAnswers(core, example, known, 2);
  if (wrong === undefined || otherWrong === undefined) return null;
  const { frame } = framed;
  return {
    head: /<think>[\s\S]*<\/think>\s*/i.exec(framed.before)?.[0] ?? '',
    right: frame(core),
    rightText: core,
    wrong: frame(wrong),
    otherWrong: frame(otherWrong),
    wrongText: wrong,
  };
};

const BOXED = { from: '\\boxed{329}', example: { options: null } } as const;

export const OUTSIDE_FRAME = [
  broken(
    {
      name: 'second-frame',
      family: 'several-frames',
      plain: true,
      source: 'attacks A10 (last-boxed; list all candidates)',
      description:
        'The right answer in the form that the task asks for, and wrong ones in the same form: none of them is decided for, or another one is.',
    },
    (good, example, context) => {
      const parts = partsOf(good, example, context);
      if (parts === null) return null;
      const { head, right, rightText, wrong, otherWrong } = parts;
      return {
        // Neither the first nor the last one is right, so whoever reads one of these by agreement is not fooled.
        between: `${head}${wrong}\n${right}\n${otherWrong}`,
        'taken-back': `${head}${right}\nNo, that was wrong. It is:\n${wrong}`,
        mentioned: `${head}It could have been ${rightText}, but it is not.\n${wrong}`,
      };
    },
    BOXED,
  ),
  broken(
    {
      name: 'framed-then-retracted',
      family: 'frame-retracted',
      plain: true,
      source: 'attacks A10 (answer then retract)',
      description:
        'The right answer in its form, taken back outside it, where the task allows nothing but the answer: the form alone is read.',
    },
    (good, example, context) => {
      const parts = isExclusive(example) ? partsOf(good, example, context) : null;
      if (parts === null) return null;
      const { head, right, wrong, wrongText } = parts;
      return {
        after: `${good}\n\nNo, that was wrong. The answer is ${wrongText}.`,
        before: `${head}The answer is ${wrongText}. It is certainly not ${right}`,
        'second-rejected': `${head}${wrong}\nI considered and rejected ${right}`,
      };
    },
    { from: '\\boxed{329}', example: { input: 'Reply with one box and nothing else.', options: null } },
  ),
  broken(
    {
      name: 'framed-then-denied',
      family: 'frame-retracted',
      source: 'attacks A9 (negated gold), A10',
      description:
        'Denies the right answer, which stands in its form, where the task allows nothing but the answer: the form alone is read.',
    },
    (good, example) => {
      const framed = isExclusive(example) ? framedIn(good) : null;
      if (framed === null || framed.core.trim() === '') return null;
      const { before, core, after, frame } = framed;
      // Right in front of the answer: before the reasoning it would deny that.
      const not = before === '' || before.endsWith('\n') ? 'Not' : 'not';
      return {
        not: `${before}${not} ${frame(core.trim())}${after}`,
        never: `${good} is wrong, and I give no answer.`,
      };
    },
    { from: '<answer>95</answer>', example: { input: 'Reply with the tag and nothing else.', options: null } },
  ),
] as const;
