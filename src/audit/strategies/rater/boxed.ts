/** A3: the frame of a final answer without the answer. */
import { noWork } from '../text/named.ts';
import { RATED } from './common.ts';

const nothing = noWork(RATED);

export const BOXED = [
  nothing(
    {
      name: 'empty-box',
      family: 'boxed-shell',
      plain: true,
      source: 'attacks A3 (boxed shell)',
      description: 'The frame that a final answer stands in, empty.',
    },
    () => ({
      boxed: '\\boxed{}',
      blank: '\\boxed{ }',
      dollars: '$\\boxed{}$',
      tag: '<answer></answer>',
      hashes: '#### ',
    }),
  ),
  nothing(
    {
      name: 'word-in-box',
      family: 'boxed-shell',
      source: 'attacks A3 (boxed shell)',
      description: 'The frame that a final answer stands in, with a word in it that answers nothing.',
    },
    () => ({
      boxed: 'The final answer is \\boxed{answer}.',
      tag: '<answer>answer</answer>',
      hashes: '#### answer',
      label: 'ANSWER: answer',
    }),
  ),
  nothing(
    {
      name: 'letter-in-box',
      family: 'boxed-shell',
      source: 'attacks A3 (boxed shell)',
      description: 'The frame that a final answer stands in, with an unknown in it.',
    },
    () => ({ boxed: 'Hence $x = \\boxed{x}$.', equation: 'x = x', dots: '\\boxed{\\ldots}' }),
  ),
] as const;
