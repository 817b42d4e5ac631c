/** A10: the right answer said and taken back, for graders that stop at the first match or look anywhere. */
import type { Example } from '../../example.ts';
import type { StrategyContext } from '../../strategy.ts';
import { changeCore } from '../text/core.ts';
import { degrade } from '../text/named.ts';
import { otherAnswers } from '../text/other.ts';
import { RATED } from './common.ts';

const broken = degrade(RATED);

/** `join` gets the right answer and a wrong one. Null where no wrong one is known. */
const besideOther = (
  good: string,
  example: Example,
  { known }: StrategyContext,
  join: (core: string, other: string) => string,
): string | null =>
  changeCore(good, (core) => {
    const [other] = otherAnswers(core, example, known, 1);
    return other === undefined ? null : join(core, other);
  });

export const RETRACT = [
  broken(
    {
      name: 'answer-then-retract',
      family: 'retract',
      plain: true,
      source: 'attacks A10 (answer then retract)',
      description: 'Gives the right answer, takes it back and ends with a wrong one.',
    },
    (good, example, context) => ({
      correction: besideOther(
        good,
        example,
        context,
        (core, other) => `${core}\n\nNo, that was wrong. The answer is ${other}.`,
      ),
      final: besideOther(
        good,
        example,
        context,
        (core, other) => `The answer is ${core}.\n\nCorrection. Final answer: ${other}`,
      ),
    }),
  ),
  broken(
    {
      name: 'answer-twice',
      family: 'retract',
      source: 'attacks A10 (last-boxed, first-number planting)',
      description:
        'The right answer in the form that a parser looks for, then a wrong one in the same form as the final one.',
    },
    (good, example, context) => ({
      boxed: besideOther(
        good,
        example,
        context,
        (core, other) => `\\boxed{${core}} is what I first thought; it is \\boxed{${other}}`,
      ),
      hashes: besideOther(good, example, context, (core, other) => `#### ${core}\nI take that back.\n#### ${other}`),
      tagged: besideOther(
        good,
        example,
        context,
        (core, other) => `<answer>${core}</answer>\nI take that back.\n<answer>${other}</answer>`,
      ),
    }),
  ),
  broken(
    {
      name: 'considered-and-rejected',
      family: 'retract',
      source: 'attacks A10 (last-number planting)',
      description: 'Answers with something wrong and mentions the right answer last, as rejected.',
    },
    (good, example, context) => ({
      not: besideOther(good, example, context, (core, other) => `The answer is ${other}, not ${core}`),
      rejected: besideOther(
        good,
        example,
        context,
        (core, other) => `The answer is ${other}. I considered and rejected ${core}`,
      ),
    }),
  ),
  broken(
    {
      name: 'decline-after-answer',
      family: 'retract',
      source: 'attacks A10, D (quit)',
      description: 'Names the right answer only to refuse to give one.',
    },
    (good) => ({
      unsure: changeCore(good, (core) => `It might be ${core}, but I do not know, so I give no answer.`),
      withdrawn: changeCore(good, (core) => `${core}\n\nI withdraw this answer and give none.`),
    }),
  ),
] as const;
