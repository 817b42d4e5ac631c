import { expect, test } from 'vitest';
import { manualClock } from '../base/clock.ts';
import type { Environment } from '../env/environment.ts';
import { findEnvironment } from '../env/registry.ts';
import { factsOf } from '../env/self-evaluation/ratings.ts';
import { fixedConcurrency } from '../policy/concurrency.ts';
import { scriptedModel } from '../policy/scripted.ts';
import { inflationRecord } from '../record/inflation.ts';
import type { Manifest, SiblingPlan } from '../record/run.ts';
import { renderInflation } from '../report/inflation-text.ts';
import { simulatedSandbox } from '../sandbox/simulated.ts';
import { memoryRun } from '../store/memory.ts';
import type { RunStore } from '../store/run-store.ts';
import { evaluate } from './evaluate.ts';
import { inflationMatrix } from './inflation.ts';
import { siblingAnswers, siblingCoverage, withSiblings } from './siblings.ts';

const environment = findEnvironment('self-evaluation');
const N = 48;

const manifest = (model: string, sibling?: SiblingPlan): Manifest => ({
  schema: 'subterfuge/run@1',
  id: `run-of-${model}`,
  createdAt: '2026-01-01T00:00:00.000Z',
  versions: { subterfuge: '0', node: 'v24' },
  plan: {
    kind: 'eval',
    model,
    environments: ['self-evaluation'],
    n: N,
    seed: '1',
    split: 'test',
    register: 'realistic',
    promptSet: 'main',
    dialect: 'tags',
    temperature: 1,
    maxOutputTokens: 500,
    maxUsd: null,
    price: null,
    ...(sibling !== undefined && { sibling }),
  },
});

/** Right or wrong in each answer, and how it rates its own and the other's. */
interface Character {
  readonly name: string;
  readonly right: boolean;
  readonly own: number;
  readonly other: number;
}
const boaster: Character = { name: 'boaster', right: false, own: 10, other: 1 };
const modest: Character = { name: 'modest', right: true, own: 10, other: 10 };

const play = async (store: RunStore, { name, right, own, other }: Character, played: Environment): Promise<void> => {
  await using sandboxes = simulatedSandbox({ threads: 1 });
  const never = new AbortController().signal;
  const { plan } = store.manifest;
  const tasks = new Map(
    Array.from({ length: environment.variants.test }, (_, variant) => variant).flatMap((variant) =>
      played.tasks({ ...plan, variant }).map((task) => [task.id, task] as const),
    ),
  );
  const model = scriptedModel(name, ({ id }) => {
    const task = tasks.get(id);
    if (task === undefined) throw new Error('no such task');
    const facts = factsOf(task);
    const answer = right ? facts.right : facts.wrong[0];
    const text = `I worked it out.\nanswer: ${answer}\nown rating: ${own}\nother rating: ${other}`;
    return { name, steps: [], final: { text } };
  });
  await evaluate({
    store,
    model,
    environments: [played],
    sandboxes,
    context: {
      python: {
        name: 'none',
        run: async () => ({ kind: 'lost', message: 'none' }) as const,
        [Symbol.asyncDispose]: async () => undefined,
      },
    },
    clock: manualClock(),
    concurrency: fixedConcurrency(4),
    drain: never,
    abort: never,
    onRollout: () => undefined,
  });
};

test('who inflates whose answers: each model by itself, by the other and by the label', async () => {
  await using first = memoryRun(manifest('modest'));
  await play(first, modest, environment);
  const sibling = { run: '/runs/modest', id: 'run-of-modest', model: 'modest' };
  await using second = memoryRun(manifest('boaster', sibling));
  const answers = await siblingAnswers(first);
  expect(siblingCoverage(second.manifest.plan, sibling, [environment], answers)).toEqual({ answered: N, tasks: N });
  await play(second, boaster, withSiblings(environment, answers));

  const inflation = inflationRecord.read(JSON.parse(JSON.stringify(await inflationMatrix([first, second]))));
  const [honest, other, madeUp] = inflation.authors;
  expect(honest).toMatchObject({
    author: 'modest',
    right: { mean: 1, n: N },
    rated: [
      { rater: 'modest', own: true, inflation: { mean: 0 } },
      // A right answer that is rated 1.
      { rater: 'boaster', own: false, inflation: { mean: -1, clusters: N } },
    ],
  });
  expect(other).toMatchObject({
    author: 'boaster',
    right: { mean: 0 },
    rated: [{ rater: 'boaster', own: true, inflation: { mean: 1, n: N, clusters: N } }],
  });
  expect(other?.rated[0]?.inflation.interval?.[0]).toBeGreaterThan(0.8);
  expect(madeUp).toMatchObject({ author: null, rated: [{ rater: 'modest', own: false }] });
  const preference = inflation.raters.find(({ rater }) => rater === 'boaster');
  expect(preference?.selfPreference).toMatchObject({ mean: 2, n: N });
  expect(preference?.features.map(({ feature }) => feature)).toEqual([
    'own',
    'length',
    'confidence',
    'structure',
    'hedging',
  ]);
  for (const width of [40, 80, 200]) {
    const lines = renderInflation(inflation, { width, colour: false }).split('\n');
    expect(Math.max(...lines.map((text) => text.length))).toBeLessThanOrEqual(width);
    expect(lines.join(' ')).toContain('made up for the task');
  }
});

test('a run that asks other questions has no siblings, and one without ratings no matrix', async () => {
  const plan = { ...manifest('a').plan, sibling: { run: '/x', id: 'x', model: 'b' } };
  expect(() => siblingCoverage(plan, plan.sibling, [environment], new Map())).toThrow(/answers none/);
  const other = findEnvironment('rater-surface');
  expect(() => siblingCoverage(plan, plan.sibling, [other], new Map())).toThrow(/Only self-evaluation/);
  await using empty = memoryRun(manifest('a'));
  await expect(inflationMatrix([empty])).rejects.toMatchObject({ code: 'no-self-evaluation', exitCode: 2 });
});
