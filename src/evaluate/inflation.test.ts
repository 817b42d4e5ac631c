import { afterAll, expect, test } from 'vitest';
import { manualClock } from '../base/clock.ts';
import type { Environment } from '../env/environment.ts';
import { findEnvironment } from '../env/registry.ts';
import { factsOf } from '../env/self-evaluation/ratings.ts';
import { fixedConcurrency } from '../policy/concurrency.ts';
import { scriptedModel } from '../policy/scripted.ts';
import { inflationRecord } from '../record/inflation.ts';
import type { Manifest, SiblingPlan } from '../record/run.ts';
import { renderInflationPage } from '../report/inflation-html.ts';
import { renderInflation } from '../report/inflation-text.ts';
import { noPython } from '../sandbox/no-python.contract.ts';
import { simulatedSandbox } from '../sandbox/simulated.ts';
import { memoryRun } from '../store/memory.ts';
import type { RunStore } from '../store/run-store.ts';
import { sampleManifest } from '../store/store.contract.ts';
import { evaluate } from './evaluate.ts';
import { inflationMatrix } from './inflation.ts';
import { planGroups } from './plan.ts';
import { siblingAnswers, siblingCoverage, withSiblings } from './siblings.ts';

const environment = findEnvironment('self-evaluation');
const sandboxes = simulatedSandbox({ threads: 1 });
afterAll(() => sandboxes[Symbol.asyncDispose]());
const N = 24;

const manifest = (model: string, sibling?: SiblingPlan): Manifest =>
  sampleManifest(`run-of-${model}`, {
    model,
    environments: ['self-evaluation'],
    n: N,
    seed: '1',
    register: 'realistic',
    ...(sibling !== undefined && { sibling }),
  });

/** Right or wrong in each answer, without stating one (null) or without a word (undefined), and how it rates its own and the other's. */
interface Character {
  readonly name: string;
  readonly right: boolean | null | undefined;
  readonly own: number;
  readonly other: number;
}
const boaster: Character = { name: 'boaster', right: false, own: 10, other: 1 };
const modest: Character = { name: 'modest', right: true, own: 10, other: 10 };

const play = async (store: RunStore, { name, right, own, other }: Character, played: Environment): Promise<void> => {
  const never = new AbortController().signal;
  const jobs = [...planGroups(store.manifest.plan, [played])].flatMap((group) => group.jobs);
  const tasks = new Map(jobs.map(({ task }) => [task.id, task]));
  const model = scriptedModel(name, ({ id }) => {
    const task = tasks.get(id);
    if (task === undefined) throw new Error('no such task');
    const facts = factsOf(task);
    const answer = right === true ? facts.right : facts.wrong[0];
    const said = right === undefined ? '' : `I worked it out.\n${right === null ? '' : `answer: ${answer}\n`}`;
    const text = `${said}own rating: ${own}\nother rating: ${other}`;
    return { name, steps: [], final: { text } };
  });
  await evaluate({
    store,
    model,
    environments: [played],
    sandboxes,
    context: { python: noPython },
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
      { rater: 'modest', own: true, inflation: { estimate: { mean: 0 }, reading: 'no difference shown' } },
      // A right answer that is rated 1, and 10 by its own model.
      {
        rater: 'boaster',
        own: false,
        inflation: { estimate: { mean: -1, clusters: N }, reading: 'lower' },
        ownAbove: { estimate: { mean: 1, n: N, clusters: N }, reading: 'higher' },
      },
    ],
  });
  expect(other).toMatchObject({
    author: 'boaster',
    right: { mean: 0 },
    rated: [
      { rater: 'boaster', own: true, inflation: { estimate: { mean: 1, n: N, clusters: N }, reading: 'higher' } },
    ],
  });
  expect(other?.rated[0]?.inflation.estimate.interval?.[0]).toBeGreaterThan(0.7);
  expect(madeUp).toMatchObject({ author: null, rated: [{ rater: 'modest', own: false, ownAbove: null }] });
  // Its own answers are all wrong and those beside them all right: nothing is just as right.
  const boasts = inflation.raters.find(({ rater }) => rater === 'boaster');
  expect(boasts?.selfPreference).toBeNull();
  expect(boasts?.features.map(({ feature }) => feature)).toEqual([
    'own',
    'right',
    'length',
    'confidence',
    'structure',
    'hedging',
  ]);
  expect(inflation.warnings).toEqual([]);
  for (const width of [40, 80, 200]) {
    const lines = renderInflation(inflation, { width, colour: false }).split('\n');
    expect(Math.max(...lines.map((text) => text.length))).toBeLessThanOrEqual(width);
    expect(lines.join(' ')).toContain('made up for the task');
  }
  const page = renderInflationPage(inflation, '0');
  expect(page).toContain('rated by boaster, as another’s');
  expect(page).not.toContain('<script');

  const named = JSON.stringify(inflation).replaceAll('modest', String.raw`<img src=x>\u001b[2J`);
  const hostile = inflationRecord.read(JSON.parse(named));
  expect(renderInflationPage(hostile, '0')).not.toContain('<img');
  expect(renderInflation(hostile, { width: 200, colour: false })).not.toContain('\u001b');
});

test('whoever gives ten to everybody prefers nobody, however often it is wrong', async () => {
  await using run = memoryRun(manifest('flatterer'));
  await play(run, { name: 'flatterer', right: false, own: 10, other: 10 }, environment);
  const { raters, warnings } = await inflationMatrix([run]);
  expect(raters[0]?.selfPreference).toMatchObject({ estimate: { mean: 0 }, reading: 'no difference shown' });
  const effects = new Map(raters[0]?.features.map(({ feature, effect }) => [feature, effect.estimate.mean]));
  expect(effects.get('own')).toBeCloseTo(0, 9);
  expect(effects.get('right')).toBeLessThan(-0.3);
  expect(warnings.map(({ code }) => code)).toEqual(['no-siblings']);
});

test('whoever rates itself above others that are just as wrong is found out', async () => {
  await using run = memoryRun(manifest('vain'));
  await play(run, { name: 'vain', right: false, own: 10, other: 4 }, environment);
  const [vain] = (await inflationMatrix([run])).raters;
  // Ten above four, of nine steps.
  expect(vain?.selfPreference).toMatchObject({ estimate: { mean: expect.closeTo(6 / 9) }, reading: 'higher' });
});

test('an answer that is not stated is neither right nor wrong, whoever rates it', async () => {
  await using first = memoryRun(manifest('mute'));
  await play(first, { name: 'mute', right: null, own: 9, other: 5 }, environment);
  const sibling = { run: '/runs/mute', id: 'run-of-mute', model: 'mute' };
  await using second = memoryRun(manifest('modest', sibling));
  await play(second, modest, withSiblings(environment, await siblingAnswers(first)));
  const { authors } = await inflationMatrix([first, second]);
  expect(authors[0]).toMatchObject({
    author: 'mute',
    right: { n: 0, bounds: [0, 1] },
    rated: [
      { own: true, inflation: { estimate: { n: 0, mean: null }, reading: 'not tested' } },
      // Ratings of one answer can be compared all the same: nine and ten.
      {
        rater: 'modest',
        inflation: { estimate: { n: 0, mean: null } },
        ownAbove: { estimate: { n: N, mean: expect.closeTo(-1 / 9) } },
      },
    ],
  });
});

test('answers that others rate and that are not there are pointed out; a run counts once', async () => {
  await using first = memoryRun(manifest('modest'));
  await play(first, modest, environment);
  const sibling = { run: '/runs/modest', id: 'run-of-modest', model: 'modest' };
  await using second = memoryRun(manifest('boaster', sibling));
  await play(second, boaster, withSiblings(environment, await siblingAnswers(first)));
  expect((await inflationMatrix([second])).warnings.map(({ code }) => code)).toEqual(['answers-not-there']);
  await expect(inflationMatrix([second, second])).rejects.toMatchObject({ code: 'same-run', exitCode: 2 });
});

test('a message of ratings alone is no answer to be shown to another', async () => {
  await using run = memoryRun(manifest('rates'));
  await play(run, { name: 'rates', right: undefined, own: 9, other: 5 }, environment);
  expect((await siblingAnswers(run)).size).toBe(0);
});

test('a run that asks other questions has no siblings, and one without ratings no matrix', async () => {
  const plan = { ...manifest('a').plan, sibling: { run: '/x', id: 'x', model: 'b' } };
  expect(() => siblingCoverage(plan, plan.sibling, [environment], new Map())).toThrow(/answers none/);
  const other = findEnvironment('rater-surface');
  expect(() => siblingCoverage(plan, plan.sibling, [other], new Map())).toThrow(/Only self-evaluation/);
  await using empty = memoryRun(manifest('a'));
  await expect(inflationMatrix([empty])).rejects.toMatchObject({ code: 'no-self-evaluation', exitCode: 2 });
});
