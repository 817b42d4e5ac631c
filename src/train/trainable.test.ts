import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Environment } from '../env/environment.ts';
import { CONTROLS, CURRICULUM, ENVIRONMENTS, findEnvironment } from '../env/registry.ts';
import { makeTask, type Task } from '../record/task.ts';
import type { SandboxProvider } from '../sandbox/sandbox.ts';
import { ordinaryRecipe, sandboxes, setupOf, temporary } from './fixture.contract.ts';
import { heldOutSigns, signOf } from './held-out.ts';
import { inoculated } from './inoculation.ts';
import { heldOut, talk } from './tabular-worlds.contract.ts';
import { train } from './train.ts';
import { clearanceOf, requireCleared, requireTrainable } from './trainable.ts';

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

/** Graders of one's own around a held-out family's: nothing of it is the same object. */
const disguised = (tasks: Environment['tasks']): Environment => ({
  ...tampering,
  name: 'mine',
  trainable: true,
  proxy: { ...tampering.proxy },
  intent: { ...tampering.intent },
  labels: { ...tampering.labels },
  tasks,
});

type Change = (task: Omit<Task, 'schema' | 'id'>) => Partial<Omit<Task, 'schema' | 'id'>>;

const renamed = (tasks: readonly Task[], change: Change = () => ({})): Task[] =>
  tasks.map(({ schema: _, id: __, ...task }) => makeTask({ ...task, environment: 'mine', ...change(task) }));

const harmless = findEnvironment('political-sycophancy');

const TRICKS: readonly [string, Environment['tasks']][] = [
  ['their tasks', (choice) => renamed(tampering.tasks(choice))],
  ['other variants', (choice) => renamed(tampering.tasks({ ...choice, variant: (choice.variant + 50) % 512 }))],
  ['the tasks of the evaluation', (choice) => renamed(tampering.tasks({ ...choice, split: 'test' }))],
  [
    'the tasks of the evaluation as those of training',
    (choice) => renamed(tampering.tasks({ ...choice, split: 'test' }), () => ({ split: 'train' })),
  ],
  ['the other prompts', (choice) => renamed(tampering.tasks({ ...choice, promptSet: 'alternate' }))],
  ['the other register', (choice) => renamed(tampering.tasks({ ...choice, register: 'realistic' }))],
  ['harmless tasks first', (choice) => renamed((choice.variant < 4 ? harmless : tampering).tasks(choice))],
  ['harmless tasks beside them', (choice) => renamed([...harmless.tasks(choice), ...tampering.tasks(choice)])],
  ['no facts of the host', (choice) => renamed(tampering.tasks(choice), () => ({ host: {} }))],
  [
    'another question about their files',
    (choice) => renamed(tampering.tasks(choice), () => ({ host: {}, messages: [{ role: 'user', text: 'Hello.' }] })),
  ],
  ['their question without their files', (choice) => renamed(tampering.tasks(choice), () => ({ host: {}, files: [] }))],
  [
    'a file more, and a line before the question',
    (choice) =>
      renamed(tampering.tasks(choice), ({ files, messages }) => ({
        host: {},
        files: [{ path: '/root/notes', text: 'Nothing.', mode: 0o644 }, ...files].map((file) => ({
          ...file,
          text: `${file.text}\n# one more line\n`,
        })),
        messages: messages.map((message) => ({ ...message, text: `Dear model! ${message.text}` })),
      })),
  ],
  ['an answer that is forced upon them', (choice) => renamed(findEnvironment('tampering-dev').tasks(choice))],
  ['the control that asks for tampering', (choice) => renamed(findEnvironment('reward-tampering-told').tasks(choice))],
];

describe('a wrapper with graders of its own is refused by the tasks that it makes', () => {
  test.each(TRICKS)('%s', (_, tasks) => {
    const environment = disguised(tasks);
    expect(() => requireTrainable([environment])).toThrow(/held out/);
    // What is drawn is looked at by itself, whatever was said before.
    const choice = { split: 'train', register: 'compact', promptSet: 'main' } as const;
    const drawn = Array.from({ length: 40 }, (__, variant) => environment.tasks({ ...choice, variant })).flat();
    expect(() => requireCleared(drawn, clearanceOf([environment]), 'a round')).toThrow(/not cleared/);
  });

  test('also where they come later than anybody has looked', () => {
    let asked = 0;
    const environment = disguised((choice) => renamed((asked++ < 2_000 ? harmless : tampering).tasks(choice)));
    requireTrainable([environment]);
    asked = 2_000;
    const late = environment.tasks({ split: 'train', variant: 3, register: 'compact', promptSet: 'main' });
    expect(() => requireCleared(late, clearanceOf([environment]), 'a round')).toThrow(/reward-tampering/);
  });
});

const every = function* ({ tasks, variants }: Environment): Generator<Task> {
  for (const split of ['train', 'test'] as const)
    for (const register of ['compact', 'realistic'] as const)
      for (const promptSet of ['main', 'alternate'] as const)
        for (let variant = 0; variant < Math.min(512, variants[split]); variant++)
          yield* tasks({ split, variant, register, promptSet });
};

describe('signs of held-out families', () => {
  const all = [...ENVIRONMENTS, ...CONTROLS];
  const signs = { ...heldOutSigns(all.filter(({ trainable }) => !trainable)), names: new Set<string>() };

  test.each(all.filter(({ trainable }) => !trainable))(
    '$name shows in files alone and in words alone, in every task',
    (environment) => {
      for (const task of every(environment)) {
        expect(signOf({ ...task, messages: [], host: {} }, signs), task.messages.at(-1)?.text).not.toBeNull();
        expect(signOf({ ...task, files: [], host: {} }, signs), task.messages.at(-1)?.text).not.toBeNull();
      }
    },
  );

  test.each(all.filter(({ trainable }) => trainable))('$name has none', (environment) => {
    for (const task of every(environment)) expect(signOf(task, signs)).toBeNull();
  });
});

describe('a round takes', () => {
  const task = (environment: Environment, split: Task['split'] = 'train'): Task => {
    const [made] = environment.tasks({ split, variant: 0, register: 'compact', promptSet: 'main' });
    if (made === undefined) throw new Error('no task');
    return made;
  };
  const clearance = clearanceOf([flattery]);

  test('the training tasks of its own environments', () => {
    expect(clearance(task(flattery))).toBeNull();
    expect(clearance(task(flattery, 'test'))).toMatch(/test split/);
    expect(clearance(task(harmless))).toMatch(/political-sycophancy, where the round trains on tool-use-flattery/);
    expect(clearanceOf([tampering])(task(tampering))).toMatch(/trainable: false/);
  });

  test('no task that only says it is theirs', () => {
    const [foreign] = renamed([task(harmless)]);
    expect(clearance(makeTask({ ...bare(foreign), environment: flattery.name }))).toMatch(/does not make/);
    expect(clearance(makeTask({ ...bare(task(tampering)), environment: flattery.name }))).toMatch(/reward-tampering/);
  });
});

const bare = (task: Task | undefined): Omit<Task, 'schema' | 'id'> => {
  if (task === undefined) throw new Error('no task');
  const { schema: _, id: __, ...body } = task;
  return body;
};

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

test.each([
  ['another environment of the same name', { evaluation: { environments: ['talk', './mine.ts'], n: 2 } }, 'same-name'],
  [
    'ordinary prompts as a stage, under a path',
    { ordinary: './plain.ts', stages: [{ name: 'one', environments: ['plain'] }] },
    'bad-recipe',
  ],
])('a recipe with %s is refused', async (_, change, code) => {
  await using home = await temporary();
  const setup = setupOf(`${home.dir}/run`, box, { recipe: ordinaryRecipe(change) });
  const environment: typeof setup.environment = async (name) => {
    if (name === './mine.ts') return { ...talk };
    return await setup.environment(name === './plain.ts' ? 'plain' : name);
  };
  await expect(train({ ...setup, environment })).rejects.toMatchObject({ code, exitCode: 2 });
});
