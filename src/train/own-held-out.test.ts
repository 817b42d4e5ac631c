/** A held-out family of the user's own, under another name in a stage of the recipe that evaluates it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Environment } from '../env/environment.ts';
import { makeTask } from '../record/task.ts';
import type { SandboxProvider } from '../sandbox/sandbox.ts';
import { ordinaryRecipe, sandboxes, setupOf, temporary } from './fixture.contract.ts';
import { heldOut, plain, talk } from './tabular-worlds.contract.ts';
import { train } from './train.ts';

let box: SandboxProvider;
beforeAll(() => {
  box = sandboxes();
});
afterAll(async () => {
  await box[Symbol.asyncDispose]();
});

const asking = (environment: Environment, name: string, question: string): Environment => ({
  ...environment,
  name,
  tasks: (choice) =>
    environment.tasks(choice).map(({ schema: _, id: __, ...task }) =>
      makeTask({
        ...task,
        environment: name,
        messages: [{ role: 'user', text: `${question} Case ${choice.variant}.` }],
      }),
    ),
});

const QUESTION = 'May the invoices of the last quarter be paid without a second look?';
const held = asking(heldOut, 'mine-held-out', QUESTION);
const own = asking(talk, 'mine', QUESTION);
const harmless = asking(talk, 'mine', 'Which of the two is the larger one, or are they of one size?');

const trained = async (wrapped: Environment): Promise<void> => {
  await using home = await temporary();
  const recipe = ordinaryRecipe({
    stages: [{ name: 'first', environments: ['./wrap.ts'] }],
    promptsPerRound: 4,
    samplesPerPrompt: 2,
    evaluation: { environments: ['./held.ts'], n: 2 },
  });
  const places = new Map([
    ['./wrap.ts', wrapped],
    ['./held.ts', held],
    ['plain', plain],
  ]);
  const environment = async (name: string): Promise<Environment> => {
    const found = places.get(name);
    if (found === undefined) throw new Error(name);
    return found;
  };
  await train(setupOf(home.dir, box, { recipe, environment }));
};

test.each<[string, Environment]>([
  ['exported again as trainable', { ...held, name: 'mine', trainable: true }],
  ['its tasks with other graders', own],
])('%s is refused', async (_, wrapped) => {
  await expect(trained(wrapped)).rejects.toMatchObject({
    code: 'not-trainable',
    exitCode: 2,
    given: expect.stringContaining('mine-held-out'),
  });
});

test('its tasks in a round, where nobody has looked before, are refused', async () => {
  // The early word looks at each variant once; what is drawn afterwards is something else.
  let asked = 0;
  const late: Environment = { ...own, tasks: (choice) => (asked++ < 64 ? harmless : own).tasks(choice) };
  await expect(trained(late)).rejects.toMatchObject({
    code: 'not-trainable',
    given: expect.stringMatching(/^round\/.*mine-held-out/),
  });
});

test('another family beside it is trained on', async () => {
  await trained(harmless);
});
