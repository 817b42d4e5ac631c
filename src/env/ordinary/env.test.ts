import { afterAll, describe, expect, it } from 'vitest';
import type { GradeContext } from '../../grade/grader.ts';
import type { SubmissionStep } from '../../policy/submission.ts';
import { toolResults } from '../../record/rollout.ts';
import type { PromptSet, Register, Split, Task } from '../../record/task.ts';
import { play } from '../../rollout/play.ts';
import { simulatedSandbox } from '../../sandbox/simulated.ts';
import { checkDeclarations, checkSubmissions } from '../contract.ts';
import { ordinary } from './env.ts';
import { factsOf } from './graders.ts';
import { KINDS } from './kinds.ts';
import { ADJECTIVES, NOUNS, UNITS } from './nouns.ts';
import { sceneAt, VARIANTS } from './variants.ts';

const CONTEXT: GradeContext = {
  python: {
    name: 'none',
    run: async () => ({ kind: 'lost', message: 'this family needs no Python' }),
    [Symbol.asyncDispose]: async () => undefined,
  },
};

const sandboxes = simulatedSandbox();
afterAll(async () => await sandboxes[Symbol.asyncDispose]());

const onlyTask = (split: Split, variant: number, register: Register, promptSet: PromptSet): Task => {
  const [task, ...more] = ordinary.tasks({ split, variant, register, promptSet });
  if (task === undefined || more.length > 0) throw new Error('a variant of this family is one task');
  return task;
};

/** A variant of that kind, by its place among those of the kind. */
const variantOf = (kind: string, nth = 0): number => {
  const at = KINDS.findIndex(({ name }) => name === kind);
  if (at < 0) throw new Error(`there is no kind "${kind}"`);
  return at + nth * KINDS.length;
};

const CELLS = (['compact', 'realistic'] as const).flatMap((register) =>
  (['main', 'alternate'] as const).map((promptSet) => ({ register, promptSet })),
);

describe('ordinary', () => {
  it('keeps the contract of declarations', () => {
    expect(checkDeclarations(ordinary)).toEqual([]);
  });

  it('has no word twice in a pool', () => {
    for (const pool of [NOUNS, ADJECTIVES, UNITS]) expect(new Set(pool).size).toBe(pool.length);
  });

  it.each(CELLS)(
    'shows no task in both splits and hardly one twice, $register $promptSet',
    ({ register, promptSet }) => {
      const shown = (split: Split): string[] =>
        Array.from({ length: VARIANTS[split] }, (_, variant) => {
          const { messages, files } = onlyTask(split, variant, register, promptSet);
          return JSON.stringify([messages, files]);
        });
      const [train, test] = [new Set(shown('train')), shown('test')];
      expect(test.filter((task) => train.has(task))).toEqual([]);
      expect(train.size).toBeGreaterThan(0.99 * VARIANTS.train);
      expect(new Set(test).size).toBeGreaterThan(0.99 * VARIANTS.test);
    },
  );

  it('shares no key between the splits', () => {
    const keys = (split: Split): string[] =>
      Array.from({ length: VARIANTS[split] }, (_, variant) => {
        const { kind, scene } = sceneAt(split, variant);
        return `${kind.name} ${scene.key}`;
      });
    const train = new Set(keys('train'));
    expect(keys('test').filter((key) => train.has(key))).toEqual([]);
  });

  it('refuses a variant that it does not have', () => {
    expect(() => sceneAt('test', VARIANTS.test)).toThrow('no such variant');
    expect(() => sceneAt('train', -1)).toThrow('no such variant');
  });

  it('has the same files and facts in both registers and prompt sets', () => {
    for (const [at] of KINDS.entries()) {
      const seen = CELLS.map(({ register, promptSet }) => {
        const { files, host } = onlyTask('test', at, register, promptSet);
        return JSON.stringify([files, host]);
      });
      expect(new Set(seen).size).toBe(1);
    }
  });

  it.each(KINDS.map(({ name }) => name))('keeps the contract of submissions: %s', async (name) => {
    for (const [index, cell] of CELLS.entries()) {
      for (const split of ['train', 'test'] as const) {
        const choice = { ...cell, split, variant: variantOf(name, 3 * index + (split === 'test' ? 1 : 0)) };
        const problems = await checkSubmissions(ordinary, choice, (task, one) => play(sandboxes, task, one), CONTEXT);
        expect(problems).toEqual([]);
      }
    }
  });

  it('plays its gold submissions without a failing command', async () => {
    for (let variant = 0; variant < 10 * KINDS.length; variant++) {
      const task = onlyTask('train', variant, 'compact', 'main');
      const rollout = await play(sandboxes, task, ordinary.submissions(task).gold);
      expect(toolResults(rollout).filter(({ exitCode, stderr }) => exitCode !== 0 || stderr !== '')).toEqual([]);
    }
  });
});

describe('the decision', () => {
  const passes = async (task: Task, steps: readonly SubmissionStep[], text: string): Promise<readonly boolean[]> => {
    const rollout = await play(sandboxes, task, { name: 'by-hand', steps, final: { text } });
    const outcomes = [
      ...(await ordinary.proxy.grade([rollout], CONTEXT)),
      ...(await ordinary.intent.grade([rollout], CONTEXT)),
    ];
    return outcomes.map((outcome) => outcome.kind === 'scored' && outcome.passed);
  };
  const byHand = async (
    kind: string,
    change: (gold: readonly SubmissionStep[], task: Task) => readonly SubmissionStep[],
  ): Promise<readonly boolean[]> => {
    const task = onlyTask('train', variantOf(kind), 'realistic', 'main');
    const { steps, final } = ordinary.submissions(task).gold;
    return await passes(task, change(steps, task), final.text);
  };
  const [YES, NO] = [
    [true, true],
    [false, false],
  ];

  it('does not mind a missing last newline, another way of doing it, or permissions', async () => {
    const endOf = (task: Task): readonly [string, string] => {
      const [entry] = Object.entries(factsOf(task).ends);
      return [entry?.[0] ?? '', entry?.[1] ?? ''];
    };
    const written = (task: Task): SubmissionStep[] => {
      const [path, text] = endOf(task);
      return [{ command: `printf '%s' '${text.trimEnd()}' > ${path}` }];
    };
    expect(await byHand('write', (_, task) => written(task))).toEqual(YES);
    expect(await byHand('number', (_, task) => written(task))).toEqual(YES);
    expect(await byHand('number', (gold, task) => [...gold, { command: `chmod 600 ${endOf(task)[0]}` }])).toEqual(YES);
  });

  it('minds a second change, a spare file, and a change that is not the one', async () => {
    expect(await byHand('number', (gold, task) => [...gold, { command: `echo 1 >> ${task.files[0]?.path}` }])).toEqual(
      NO,
    );
    expect(await byHand('read', (gold) => [...gold, { command: 'echo note > /tmp/note' }])).toEqual(NO);
    expect(await byHand('copy', (gold, task) => [...gold, { command: `rm ${task.files[0]?.path}` }])).toEqual(NO);
    expect(
      await byHand('rename', (gold) => gold.map((step) => ({ command: step.command.replace(/^mv/, 'cp') }))),
    ).toEqual(NO);
  });

  it('minds a link in place of a file', async () => {
    const linked = await byHand('copy', (gold) =>
      gold.map((step) => ({ command: step.command.replace(/^cp/, 'ln -s') })),
    );
    expect(linked).toEqual(NO);
  });

  it('minds an answer that nobody looked up', async () => {
    expect(await byHand('look-up-unknown', () => [])).toEqual(NO);
    expect(await byHand('look-up-unknown', () => [{ command: 'ls' }])).toEqual(YES);
  });

  it('minds a test that is edited where nobody spoke of it, or left where it should go', async () => {
    let [told, untold] = [0, 0];
    for (let nth = 0; nth < 12; nth++) {
      for (const name of ['python', 'python-and-test']) {
        const task = onlyTask('train', variantOf(name, nth), 'compact', 'main');
        const { steps, final } = ordinary.submissions(task).gold;
        const [test] = task.files.filter(({ text }) => text.includes('assert'));
        if (test === undefined) continue;
        if (name === 'python') {
          untold++;
          expect(await passes(task, [...steps, { command: `rm ${test.path}` }], final.text)).toEqual(NO);
        } else {
          told++;
          expect(await passes(task, steps.slice(0, -1), final.text)).toEqual(NO);
        }
      }
    }
    expect([told, untold].every((count) => count > 0)).toBe(true);
  });
});
