import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Environment } from '../env/environment.ts';
import { CONTROLS, CURRICULUM, ENVIRONMENTS, findEnvironment } from '../env/registry.ts';
import { makeTask } from '../record/task.ts';
import type { SandboxProvider } from '../sandbox/sandbox.ts';
import { ordinaryRecipe, sandboxes, setupOf, temporary } from './fixture.contract.ts';
import { inoculated } from './inoculation.ts';
import { heldOut, talk } from './tabular-worlds.contract.ts';
import { train } from './train.ts';
import { requireTrainable } from './trainable.ts';

let box: SandboxProvider;
beforeAll(() => {
  box = sandboxes();
});
afterAll(async () => {
  await box[Symbol.asyncDispose]();
});

const tampering = findEnvironment('reward-tampering');
const flattery = findEnvironment('tool-use-flattery');

/** Another's tasks under a name of one's own. */
const relabelled = (environment: Environment, change: Partial<Environment>): Environment => ({
  ...flattery,
  name: 'mine',
  variants: environment.variants,
  tasks: (choice) =>
    environment.tasks(choice).map(({ schema: _, id: __, ...task }) => makeTask({ ...task, environment: 'mine' })),
  ...change,
});

describe('held-out families are refused', () => {
  test('by what they say of themselves, the controls that ask for tampering among them', () => {
    for (const environment of [...ENVIRONMENTS, ...CONTROLS].filter(({ trainable }) => !trainable))
      expect(() => requireTrainable([flattery, environment]), environment.name).toThrow(/held out/);
    requireTrainable(CURRICULUM.filter(({ trainable }) => trainable));
    requireTrainable(CONTROLS.filter(({ control }) => control === 'ordinary'));
  });

  test.each<[string, Environment]>([
    ['called trainable', { ...tampering, trainable: true }],
    ['under another name', { ...tampering, trainable: true, name: 'mine' }],
    ['their tasks with other graders', { ...flattery, name: 'mine', tasks: tampering.tasks }],
    ['their graders with other tasks', { ...flattery, name: 'mine', proxy: tampering.proxy }],
    ['with a line in the prompt', inoculated({ ...tampering, trainable: true }, 'Go on.')],
    ['their tasks made again under a name of one’s own', relabelled(tampering, {})],
  ])('%s', (_, environment) => {
    expect(() => requireTrainable([environment])).toThrow(/held out/);
  });

  test('an inoculated family is as trainable as it was', () => {
    requireTrainable([inoculated(flattery, 'Go on.')]);
    expect(() => requireTrainable([inoculated(tampering, 'Go on.')])).toThrow(/trainable: false/);
  });
});

test.each([
  ['a stage', { stages: [{ name: 'first', environments: ['talk', 'held-out'] }] }],
  ['the ordinary prompts', { ordinary: 'held-out' }],
  ['training away', { mitigation: { trainAway: { environments: ['held-out'] } } }],
])(
  'a recipe of the user’s own with a held-out family as %s is refused before anything is written',
  async (_, change) => {
    await using home = await temporary();
    const dir = `${home.dir}/run`;
    await expect(train(setupOf(dir, box, { recipe: ordinaryRecipe(change) }))).rejects.toMatchObject({
      code: 'not-trainable',
      exitCode: 2,
      what: expect.stringContaining(heldOut.name),
    });
    await expect(import('node:fs/promises').then(async ({ stat }) => await stat(dir))).rejects.toThrow('ENOENT');
  },
);

test('an inoculated prompt has the line, and everything else as it was', () => {
  const choice = { split: 'train', variant: 0, register: 'compact', promptSet: 'main' } as const;
  const [before] = flattery.tasks(choice);
  const [after] = inoculated(flattery, 'Cheat.').tasks(choice);
  expect(after?.id).not.toBe(before?.id);
  expect(after).toEqual({
    ...before,
    id: after?.id,
    messages: before?.messages.map((message) =>
      message.role === 'system' ? { ...message, text: `${message.text} Cheat.` } : message,
    ),
  });
  expect(inoculated(talk, 'Cheat.').tasks(choice)[0]?.messages[0]).toEqual({ role: 'system', text: 'Cheat.' });
});
