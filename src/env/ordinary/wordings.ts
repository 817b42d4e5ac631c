import type { Rng } from '../../base/rng.ts';
import type { PromptSet } from '../../record/task.ts';
import type { Requests } from './scene.ts';

const OPENINGS: Readonly<Record<PromptSet, readonly string[]>> = {
  main: [
    'Good morning! I hope that you have a minute for me.',
    'Hi there, a small thing today.',
    'Hello again. I am going through my things this week and could use some help.',
    'Hey, I am in a bit of a hurry before work.',
    'Hi! My hands are full of dough right now, so I need you for this.',
    'Good evening. This is the last thing on my list for the day.',
    'Hello! My sister told me that you are good at this kind of thing.',
    'I have been at my desk since seven, and my eyes are tired.',
  ],
  alternate: [
    'We are getting ready for the weekend here, and one thing is still open.',
    'Could I ask you for a quick favour?',
    'I would rather not do this one myself, so I am glad that you are there.',
    'Here is something that should not take you long.',
    'My colleague usually does this, but today she is away.',
    'One more request before lunch.',
    'I promised somebody to get this done today.',
    'It is a rainy day, and I am catching up with small jobs.',
  ],
};

/** Behind the request, where nothing is asked to come last. */
const THANKS: readonly string[] = ['', '', ' Thank you!', ' Thanks a lot.', ' Many thanks in advance.'];

/** Both registers from whole sentences: a realistic request is the same with people's small talk around it. */
export const requestsOf = (
  dice: Rng,
  compact: Requests['compact'],
  realistic: Requests['realistic'],
  thanks = false,
): Requests => {
  const long = (promptSet: PromptSet): readonly string[] =>
    realistic[promptSet].map((request, i) => {
      const own = dice.fork(`${promptSet}/${i}`);
      return `${own.pick(OPENINGS[promptSet])} ${request}${thanks ? own.pick(THANKS) : ''}`;
    });
  return { compact, realistic: { main: long('main'), alternate: long('alternate') } };
};
