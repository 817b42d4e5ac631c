import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../base/clock.ts';
import { takeLock } from '../store/lock.ts';
import { recipeNamed } from '../train/recipes.ts';
import { readSweep } from '../train/sweep.ts';
import type { Io } from './io.ts';
import { keepRecipes, type SweepPlan, sweepPlan } from './sweep-plan.ts';
import { runSweep, type SweepDrive } from './sweep-run.ts';
import { stateOf } from './sweep-state.ts';

/** Stands in for `subterfuge train`: says what it was asked, then does what the file `behave` of its entry says. */
const PROGRAM = `
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
const args = process.argv.slice(2);
const out = args[args.indexOf('--out') + 1];
const seed = args[args.indexOf('--seed') + 1];
const recipe = JSON.parse(readFileSync(args[args.indexOf('--recipe') + 1], 'utf8'));
mkdirSync(out, { recursive: true });
const root = dirname(dirname(out));
appendFileSync(join(root, 'started.txt'), recipe.name + '/' + seed + '\\n');
writeFileSync(join(root, recipe.name + '.pid'), String(process.pid));
writeFileSync(join(root, recipe.name + '.channel'), String(process.connected));
writeFileSync(join(root, recipe.name + '.args'), args.join(' '));
process.stderr.write('stage 1 of 1\\n');
const behave = process.env['BEHAVE_' + recipe.name.toUpperCase()] ?? 'done';
const matrix = { schema: 'subterfuge/matrix@1', recipe: recipe.name, algorithm: recipe.algorithm, seed, checkpoints: ['base'], cells: [], capability: [], dense: [], causes: [], tokens: { sampled: 0, prompt: 0, trained: 0 }, seconds: 1 };
if (behave === 'late') while (!existsSync(join(root, 'b.channel'))) await new Promise((done) => setTimeout(done, 20));
if (behave === 'done' || behave === 'late') writeFileSync(join(out, 'matrix.json'), JSON.stringify(matrix));
else if (behave === 'wait') setTimeout(() => process.exit(9), 120_000);
else { process.stderr.write('it went wrong\\n'); process.exit(Number(behave)); }
`;

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sweep-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const ioWith = (env: Record<string, string> = {}): Io => ({
  out: () => undefined,
  err: () => undefined,
  errStream: process.stderr,
  errIsTerminal: false,
  columns: 100,
  colour: false,
  env,
  cwd: dir,
  clock: systemClock,
});

const recipe = (name: string) => ({ ...recipeNamed('told'), name });

const planOf = async (seeds: readonly string[] = ['1', '2']): Promise<SweepPlan> => {
  const entries = ['a', 'b'].map((name) => ({ name, recipe: recipe(name), seeds: [...seeds] }));
  // A claim about both makes them go seed by seed.
  const claim = {
    kind: 'shift',
    paper: 'p',
    environment: 'tampering-dev-told',
    label: 'gamed',
    expect: 'higher',
    least: 0.1,
  };
  const claims = [{ ...claim, entry: 'a', against: ['b'] }];
  const plan = await sweepPlan(ioWith(), readSweep({ name: 's', entries, claims }), dir);
  await keepRecipes(plan);
  return plan;
};

const run = async (
  plan: SweepPlan,
  env: Record<string, string> = {},
  over: Partial<SweepDrive> = {},
): Promise<void> => {
  const program = join(dir, 'program.mjs');
  await writeFile(program, PROGRAM);
  const node = [process.execPath, program];
  await runSweep(ioWith(env), plan, {
    runs: plan.runs,
    prune: false,
    free: async () => 1e12,
    recount: false,
    jobs: 2,
    quiet: true,
    onRunEnded: async () => undefined,
    program: node,
    ...over,
  });
};

const started = async (): Promise<string[]> =>
  (await readFile(join(dir, 'started.txt'), 'utf8')).trim().split('\n').sort();

describe('a sweep drives its runs', () => {
  test('each once, and none that is whole again', async () => {
    const plan = await planOf();
    await run(plan);
    expect(await started()).toEqual(['a/1', 'a/2', 'b/1', 'b/2']);
    for (const one of plan.runs) expect((await stateOf(plan, one)).matrix?.seed).toBe(one.seed);
    await run(plan);
    expect((await started()).length).toBe(4);
    // By its channel a run notices that the sweep is gone.
    expect(await readFile(join(dir, 'a.channel'), 'utf8')).toBe('true');
    // Its report repeats them, and is shared.
    expect(await readFile(join(dir, 'a.args'), 'utf8')).not.toContain(dir);
  });

  test('one that fails is told with its last words, and the others go on', async () => {
    const plan = await planOf();
    await expect(run(plan, { BEHAVE_A: '3' })).rejects.toMatchObject({
      code: 'run-failed',
      exitCode: 3,
      message: expect.stringMatching(/a\/seed-1 failed with exit code 3:\nstage 1 of 1\nit went wrong/u),
    });
    expect(await started()).toEqual(['a/1', 'a/2', 'b/1', 'b/2']);
  });

  test('why one failed is kept until it is whole', async () => {
    const plan = await planOf(['1']);
    const [first] = plan.runs;
    if (first === undefined) throw new Error('no run');
    // Bad input of one run says nothing of the others.
    await expect(run(plan, { BEHAVE_A: '2' }, { jobs: 1 })).rejects.toMatchObject({ code: 'run-failed' });
    expect(await started()).toEqual(['a/1', 'b/1']);
    expect((await stateOf(plan, first)).problem).toBe('failed with exit code 2: stage 1 of 1 · it went wrong');
    await run(plan);
    expect(await stateOf(plan, first)).toMatchObject({ problem: null, matrix: { seed: '1' } });
  });

  test('those that are asked for, and none whose entry cannot be run', async () => {
    const plan = await planOf();
    await run(plan, {}, { runs: plan.runs.filter(({ seed }) => seed === '2') });
    expect(await started()).toEqual(['a/2', 'b/2']);
    const blocked = { ...plan, blocked: new Map([['b', 'no base']]) };
    await run(blocked);
    expect(await started()).toEqual(['a/1', 'a/2', 'b/2']);
    const open = plan.runs.find(({ place }) => place === 'b/seed-1');
    expect(open && (await stateOf(blocked, open)).problem).toBe('no base');
  });

  test('none is begun that the disk has no room for', async () => {
    await expect(run(await planOf(), {}, { free: async () => 5.5e8 })).rejects.toMatchObject({
      code: 'disk-nearly-full',
      given: expect.stringMatching(/^0\.[56] GB free/u),
    });
    await expect(started()).rejects.toThrow('ENOENT');
  });

  test('what was trained on is deleted where that is asked for, and a whole run counts itself again', async () => {
    const plan = await planOf(['1']);
    await run(plan);
    const rounds = join(dir, 'a', 'seed-1', 'rounds');
    await mkdir(rounds, { recursive: true });
    await run(plan, {}, { recount: true });
    expect((await stat(rounds)).isDirectory()).toBe(true);
    expect(await started()).toEqual(['a/1', 'a/1', 'b/1', 'b/1']);
    await run(plan, {}, { prune: true });
    await expect(stat(rounds)).rejects.toThrow('ENOENT');
    expect((await started()).length).toBe(4);
  });

  test('what breaks the sweep itself stops the child beside it', async () => {
    const onRunEnded = async (): Promise<void> => {
      throw new Error('the disk is full');
    };
    const env = { BEHAVE_A: 'late', BEHAVE_B: 'wait' };
    await expect(run(await planOf(), env, { onRunEnded })).rejects.toThrow('the disk is full');
    const beside = Number(await readFile(join(dir, 'b.pid'), 'utf8'));
    expect(() => process.kill(beside, 0)).toThrow('ESRCH');
    expect(await started()).toEqual(['a/1', 'b/1']);
  });

  test('a run that a killed sweep left going is waited for, not called a failure', async () => {
    const plan = await planOf(['1']);
    const place = join(dir, 'a', 'seed-1');
    await mkdir(place, { recursive: true });
    const orphan = await takeLock(place, systemClock);
    let isFree = false;
    const ended = run(plan, {}, { waitMs: 50 }).then(() => isFree);
    await expect.poll(() => started().catch(() => []), { timeout: 30_000 }).toEqual(['b/1']);
    isFree = true;
    await orphan[Symbol.asyncDispose]();
    expect(await ended).toBe(true);
    expect(await started()).toEqual(['a/1', 'b/1']);
  });
});

test('a recipe file that is torn is an error of its own', async () => {
  await planOf();
  await writeFile(join(dir, 'a', 'recipe.json'), '{"name"');
  await expect(planOf()).rejects.toMatchObject({ code: 'corrupt-recipe' });
});

describe('another recipe under the same name', () => {
  const planWith = (change: Partial<ReturnType<typeof recipe>>): Promise<SweepPlan> => {
    const other = { ...recipe('a'), ...change };
    return sweepPlan(ioWith(), readSweep({ name: 's', entries: [{ name: 'a', recipe: other, seeds: ['1'] }] }), dir);
  };

  test('is told by its keys where a run was begun with the first', async () => {
    await planOf();
    await mkdir(join(dir, 'a', 'seed-1'), { recursive: true });
    await writeFile(join(dir, 'a', 'seed-1', 'training.json'), '{}');
    await expect(planWith({ temperature: 0.5 })).rejects.toMatchObject({
      code: 'another-sweep',
      given: 'a/seed-1 was begun with other temperature',
    });
    // What is said about it changes no run; a run that was begun keeps its own words, or it would not go on.
    expect((await planWith({ about: 'in other words' })).recipes.get('a')?.about).toBe(recipe('a').about);
  });

  test('takes its place where nothing was begun', async () => {
    await planOf();
    const plan = await planWith({ temperature: 0.5 });
    await keepRecipes(plan);
    expect(JSON.parse(await readFile(join(dir, 'a', 'recipe.json'), 'utf8'))).toMatchObject({ temperature: 0.5 });
  });
});
