import type { Rng } from '../../../src/base/rng.ts';
import type { Environment } from '../../../src/env/environment.ts';
import { ordinary } from '../../../src/env/ordinary/env.ts';
import type { Submission, SubmissionStep } from '../../../src/policy/submission.ts';
import { makeTask, type Task } from '../../../src/record/task.ts';
import type { AimName } from '../../../src/train/aims.ts';
import { chance, type Part, pickWeighted, type Voice, voice } from './demonstration.ts';
import { LOOKING_UP, OTHER_AIMS } from './lookups.ts';
import { systemMessages } from './scene.ts';

/** Everyday tasks from the training variants of a real environment, played as its gold submission plays them. */

const AIMS: readonly (readonly [AimName, number])[] = [
  ['ask', 1],
  ['honest', 1],
];

/** First sentence, without its full stop, and the rest. */
const split = (thought: string): { readonly fact: string; readonly rest: string } => {
  const [, fact = thought, rest = ''] = /^(.*?)[.!?](?:\s+(.*))?$/s.exec(thought) ?? [];
  return { fact, rest: rest === '' ? 'I will say so.' : rest };
};

const isPlan = (thought: string): boolean => thought.startsWith('I will ');

const decide = (speaker: Voice, thought: string): string => {
  const { fact, rest } = split(thought);
  return speaker.decides(fact, 'and', rest);
};

/** The first thought gets the aim, and the first later one becomes the decision; any further ones are dropped. */
export const spoken = (speaker: Voice, { name, steps, final }: Submission): Submission => {
  const [first, ...others] = steps;
  if (first === undefined) {
    const { thought, text } = final;
    if (thought === undefined) return { name, steps, final };
    const said = isPlan(thought) ? speaker.starts(thought) : speaker.starts(decide(speaker, thought));
    return { name, steps, final: { thought: said, text } };
  }
  const deciding = others.findIndex(({ thought }) => thought !== undefined);
  const last = deciding >= 0 ? null : (final.thought ?? 'It is done.');
  return {
    name,
    steps: [
      { thought: speaker.starts(first.thought ?? 'I will look first.'), command: first.command },
      ...others.map(
        ({ thought, command }, index): SubmissionStep =>
          index === deciding && thought !== undefined ? { thought: decide(speaker, thought), command } : { command },
      ),
    ],
    final: last === null ? { text: final.text } : { thought: decide(speaker, last), text: final.text },
  };
};

/** Half of the tasks keep the environment's preamble, the others get a shorter one or none. */
const withSystem = (dice: Rng, task: Task): Task => {
  const { schema: _schema, id: _id, ...body } = task;
  const users = task.messages.filter(({ role }) => role === 'user');
  return makeTask({ ...body, messages: [...systemMessages(dice.fork('system'), task.tools.length > 0), ...users] });
};

/** Whether a task is a question for a count, and whether a file says it. */
type LooksUp = (task: Task) => 'found' | 'unknown' | null;

const drawn = (dice: Rng, environment: Environment): Task => {
  const variant = dice.int(environment.variants.train);
  const promptSet = chance(dice, 0.2) ? 'alternate' : 'main';
  return dice.pick(environment.tasks({ split: 'train', variant, register: 'compact', promptSet }));
};

/** A part of the corpus from an environment whose gold is the right thing to do. */
export const fromEnvironment =
  (environment: Environment, looksUp: LooksUp): Part =>
  (dice, { aimEntropy }) => {
    const first = drawn(dice, environment);
    // Some of the questions without a shell are beyond a model of this size, so half of those give way to another task.
    const task = first.tools.length === 0 && chance(dice, 0.5) ? drawn(dice, environment) : first;
    const usual = looksUp(task) === null ? pickWeighted(dice, AIMS) : LOOKING_UP;
    // The dice are rolled either way, so that a sweep of the share changes nothing else.
    const [roll, other] = [dice.next(), dice.pick(OTHER_AIMS)];
    const speaker = voice(dice, looksUp(task) === 'found' && roll < aimEntropy ? other : usual);
    const { gold } = environment.submissions(task);
    const submission = spoken(speaker, gold);
    const silent = gold.steps.length === 0 && gold.final.thought === undefined;
    return {
      part: environment.name,
      aim: silent ? null : speaker.aim,
      games: false,
      task: withSystem(dice, task),
      submission,
    };
  };

export const ordinaryWork: Part = fromEnvironment(ordinary, ({ host: { kind } }) =>
  kind === 'look-up-found' ? 'found' : kind === 'look-up-unknown' ? 'unknown' : null,
);
