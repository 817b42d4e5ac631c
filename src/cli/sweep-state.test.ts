import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../base/clock.ts';
import { inputError } from '../base/errors.ts';
import { madeMatrix } from '../train/matrix-fixture.contract.ts';
import { openPhaseJournal, spentOn } from '../train/phase-journal.ts';
import { recipeNamed } from '../train/recipes.ts';
import { readSweep } from '../train/sweep.ts';
import { beginTraining } from '../train/training-directory.ts';
import type { Io } from './io.ts';
import { checkEntries, requireSameModels } from './sweep-checks.ts';
import { type SweepPlan, sweepPlan } from './sweep-plan.ts';
import { writeResults } from './sweep-results.ts';
import { stateOf } from './sweep-state.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sweep-state-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const io = (): Io => ({
  out: () => undefined,
  err: () => undefined,
  errStream: process.stderr,
  errIsTerminal: false,
  columns: 100,
  colour: false,
  env: {},
  cwd: dir,
  clock: systemClock,
});

const told = { ...recipeNamed('told'), threads: 1 };

const planOf = (...more: readonly Partial<typeof told>[]): Promise<SweepPlan> => {
  const entries = [{}, ...more].map((change, index) => ({
    name: `entry-${index}`,
    recipe: { ...told, ...change },
    seeds: ['1'],
  }));
  return sweepPlan(io(), readSweep({ name: 's', entries }), dir);
};

const firstOf = (plan: SweepPlan) => {
  const [first] = plan.runs;
  if (first === undefined) throw new Error('no run');
  return first;
};

/** A run of the plan with its matrix, in which these phases came to their end. */
const begin = async (plan: SweepPlan, phases: readonly string[], build: string | null = null): Promise<void> => {
  const place = plan.placeOf(firstOf(plan));
  await mkdir(place, { recursive: true });
  const versions = { subterfuge: '0', node: 'v24' };
  const asked = { recipe: told, seed: '1', overseer: 'o', witnesses: {}, base: 'hash', learner: {}, versions };
  await beginTraining(place, asked, systemClock);
  await using journal = await openPhaseJournal(place, build);
  const tokens = { sampled: 3, prompt: 2, trained: 1 };
  for (const phase of phases)
    await journal.append({ phase, seconds: 1, tokens, weights: '', updates: [], counts: null });
  const matrix = madeMatrix([], { checkpoints: ['base'], ...spentOn(journal.ends) });
  await writeFile(join(place, 'matrix.json'), JSON.stringify(matrix));
};

test('a run that was stopped between its last evaluation and its measures is not whole', async () => {
  const plan = await planOf();
  await begin(plan, ['evaluate/base']);
  expect(await stateOf(plan, firstOf(plan))).toMatchObject({ matrix: null, isBegun: true, problem: null });
  await begin(plan, ['measure/base'], 'b');
  expect(await stateOf(plan, firstOf(plan))).toMatchObject({
    matrix: { checkpoints: ['base'] },
    made: { base: { name: 'base', hash: 'hash' }, overseer: { asked: told.overseer, name: 'o' }, builds: ['b'] },
  });
});

test('a matrix that was counted before the last phases of its run ended is not that of the whole run', async () => {
  const plan = await planOf();
  await begin(plan, ['evaluate/base']);
  const matrix = join(plan.placeOf(firstOf(plan)), 'matrix.json');
  const early = await readFile(matrix);
  await begin(plan, ['measure/base']);
  expect((await stateOf(plan, firstOf(plan))).matrix?.seconds).toBe(2);
  // Every phase has ended, and whoever was to count them anew was killed.
  await writeFile(matrix, early);
  expect(await stateOf(plan, firstOf(plan))).toMatchObject({
    matrix: null,
    isBegun: true,
    problem: expect.stringContaining('was not counted since'),
  });
});

test('a damaged matrix is made again; what else is damaged is told, and breaks no table', async () => {
  const plan = await planOf();
  await begin(plan, ['evaluate/base', 'measure/base']);
  const place = plan.placeOf(firstOf(plan));
  await writeFile(join(place, 'matrix.json'), '{');
  expect(await stateOf(plan, firstOf(plan))).toMatchObject({
    matrix: null,
    problem: expect.stringContaining('start the same command again'),
  });
  await writeFile(join(place, 'training.json'), '{');
  expect(await stateOf(plan, firstOf(plan))).toMatchObject({
    matrix: null,
    problem: expect.stringContaining('damaged'),
  });
});

test('the matrix of another seed is told, and stands in no table', async () => {
  const plan = await planOf();
  const place = plan.placeOf(firstOf(plan));
  await mkdir(place, { recursive: true });
  await writeFile(join(place, 'matrix.json'), JSON.stringify(madeMatrix([], { seed: '9', checkpoints: ['base'] })));
  expect(await stateOf(plan, firstOf(plan))).toMatchObject({ matrix: null, problem: 'its matrix.json is of seed 9' });
});

test('matrices are kept before their tables can be read: results that were seen are known to have been', async () => {
  const plan = await planOf();
  const sweep = readSweep({ name: 's', entries: [{ name: 'entry-0', recipe: told, seeds: ['1'] }] });
  // In the way of the tables.
  await mkdir(join(dir, 'RESULTS.md', 'x'), { recursive: true });
  await expect(writeResults(io(), sweep, plan, 'c', [join(dir, 'RESULTS.md')])).rejects.toThrow();
  expect(JSON.parse(await readFile(join(dir, 'results.json'), 'utf8'))).toEqual([
    { entry: 'entry-0', seed: '1', matrix: null },
  ]);
});

const called = async (overseer: string): Promise<string | null> => {
  if (overseer === 'rules') return null;
  if (overseer === told.overseer) return 'preference:now';
  throw inputError({ code: 'no-checkpoint', what: 'There is no preference model here.', given: overseer });
};

const hashOf = async (base: string): Promise<string> => {
  if (base === 'base') return 'now';
  throw inputError({ code: 'no-checkpoint', what: 'There is no checkpoint directory here.', given: base });
};

test('entries whose base or environment is missing are left out, each with its reason', async () => {
  const stages = [{ name: 'cheat', environments: ['reward-tampering'] }];
  const plan = await planOf(
    { base: 'base-without-thoughts' },
    { ordinary: 'nowhere' },
    { stages },
    { overseer: 'preference:gone' },
    { overseer: 'rules' },
  );
  const { blocked, bases, overseers } = await checkEntries(io(), plan, hashOf, called);
  expect([...bases]).toEqual([['base', 'now']]);
  expect([...overseers]).toEqual([[told.overseer, 'preference:now']]);
  // Nothing is trained in the second, so nothing ordinary is asked for.
  expect([...blocked.keys()]).toEqual(['entry-1', 'entry-3', 'entry-4']);
  expect(blocked.get('entry-4')).toMatch(/overseer "preference:gone" cannot be used: There is no preference model/u);
  expect(blocked.get('entry-1')).toBe(
    'its base "base-without-thoughts" cannot be used: There is no checkpoint directory here. base-without-thoughts',
  );
  expect(blocked.get('entry-3')).toMatch(/reward-tampering/u);
});

test('runs that stand on other weights than new ones would are refused', async () => {
  const plan = await planOf();
  await begin(plan, []);
  const states = [await stateOf(plan, firstOf(plan))];
  const overseers = new Map([[told.overseer, 'o']]);
  requireSameModels(states, { bases: new Map([['base', 'hash']]), overseers });
  // What is not known by now is no other one.
  requireSameModels(states, { bases: new Map(), overseers: new Map() });
  expect(() => requireSameModels(states, { bases: new Map([['base', 'now']]), overseers })).toThrow(
    /entry-0\/seed-1 stands on base hash, which is now now/u,
  );
  const other = new Map([[told.overseer, 'preference:now']]);
  expect(() => requireSameModels(states, { bases: new Map(), overseers: other })).toThrow(
    /rewarded by two.*\n.*entry-0\/seed-1 stands on .* o, which is preference:now now/u,
  );
});
