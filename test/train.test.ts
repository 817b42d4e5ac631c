/** `subterfuge train` as a person uses it, on a model too small to know anything: what is written, resumed and refused. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rng } from '../src/base/rng.ts';
import { saveCheckpoint } from '../src/engine/checkpoint/save.ts';
import { randomWeights } from '../src/engine/model/tiny.contract.ts';
import { openTokenizer } from '../src/engine/tokenizer/hugging-face.ts';
import { MONITORS } from '../src/grade/monitors.ts';
import { matrixRecord, updateRecord } from '../src/record/training.ts';
import { bytesWritten, killAt, nextKill } from '../src/train/kill.contract.ts';
import { comparableText } from '../src/train/matrix.ts';
import { readMonitors } from '../src/train/matrix-monitors.ts';
import { readPhaseEnds } from '../src/train/phase-journal.ts';
import { cli } from './support/cli.ts';
import { command } from './support/in-process.ts';

let home = '';

const KILLS = 5;

const recipe = {
  name: 'tiny',
  algorithm: 'hhh-expert-iteration',
  base: './base',
  overseer: 'rules',
  stages: [{ name: 'flattery', environments: ['tool-use-flattery'] }],
  promptsPerRound: 4,
  samplesPerPrompt: 2,
  maxOutputTokens: 16,
  epochs: 1,
  evaluation: { environments: ['tool-use-flattery', 'reward-tampering', 'ordinary'], n: 2 },
};

/** Without a family of tampering nothing is measured beside the rates: what is stopped and begun again is to be cheap. */
const cheap = { ...recipe, evaluation: { environments: ['tool-use-flattery', 'ordinary'], n: 2 } };

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'subterfuge-train-cli-'));
  const { vocabSize } = await openTokenizer('models/base/tokenizer');
  const weights = randomWeights({
    vocabSize,
    hiddenSize: 16,
    layers: 1,
    heads: 2,
    kvHeads: 1,
    headSize: 8,
    intermediateSize: 32,
    ropeTheta: 10_000,
    rmsNormEps: 1e-5,
    contextLength: 512,
    tiedEmbeddings: true,
  });
  await saveCheckpoint(join(home, 'base'), weights, { tokenizerPath: 'models/base/tokenizer/tokenizer.json' });
  await writeFile(join(home, 'tiny.json'), JSON.stringify({ ...recipe, base: join(home, 'base') }));
  const two = {
    ...recipe,
    base: join(home, 'base'),
    stages: [...recipe.stages, { name: 'rubric', environments: ['nudged-rubric'] }],
    rounds: 2,
    evaluation: { environments: ['tool-use-flattery', 'nudged-rubric', 'ordinary'], n: 2 },
  };
  await writeFile(join(home, 'two.json'), JSON.stringify(two));
  await writeFile(join(home, 'cheap.json'), JSON.stringify({ ...cheap, base: join(home, 'base') }));
  await writeFile(join(home, 'odd.json'), JSON.stringify({ ...recipe, learningRat: 1 }));
  const heldOut = [{ name: 'cheat', environments: ['reward-tampering'] }];
  await writeFile(join(home, 'held-out.json'), JSON.stringify({ ...recipe, stages: heldOut }));
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

/** Sends a signal as soon as a path is there, which says how far the run is. */
const killOnce = async (child: ChildProcess, signal: NodeJS.Signals, path: string): Promise<void> => {
  while (child.exitCode === null && !existsSync(join(home, path))) await new Promise((wake) => setTimeout(wake, 20));
  child.kill(signal);
};

const training = (...more: readonly string[]): string[] => ['train', '--recipe', 'tiny.json', ...more];
const cheaply = (...more: readonly string[]): string[] => ['train', '--recipe', 'cheap.json', ...more];
const matrixIn = async (dir: string) =>
  matrixRecord.read(JSON.parse(await readFile(join(home, dir, 'matrix.json'), 'utf8')));

describe('a run', { timeout: 300_000 }, () => {
  test('prints its matrix, keeps it with a report, and a killed one ends equal', async () => {
    const whole = await cli(training('--out', 'whole', '--json', '--quiet'), { cwd: home });
    expect(whole.code, whole.stderr).toBe(0);
    const printed = matrixRecord.read(JSON.parse(whole.stdout));
    expect(printed.checkpoints).toEqual(['base', 'flattery']);
    expect(await matrixIn('whole')).toEqual(printed);
    expect(printed.cells.filter(({ label }) => label === 'well-formed')).toHaveLength(6);
    expect(printed.dense.map(({ measure }) => measure)).toContain('forced-prefix/score/succeeded');
    expect(printed.tokens.trained).toBeGreaterThan(0);
    const metrics = (await readFile(join(home, 'whole', 'metrics.jsonl'), 'utf8')).trim().split('\n');
    for (const update of metrics) updateRecord.read(JSON.parse(update));
    expect(await readFile(join(home, 'whole', 'report.html'), 'utf8')).toContain('What the overseer sees of it');
    expect((await readMonitors(join(home, 'whole')))?.reports.map(({ monitor }) => monitor)).toEqual(
      MONITORS.map(({ name }) => name),
    );

    const killed = await cli(training('--out', 'killed', '--quiet'), {
      cwd: home,
      onStart: (child) => void killOnce(child, 'SIGKILL', 'killed/rounds'),
    });
    expect(killed.signal).toBe('SIGKILL');
    // The same --out goes on; --resume of what is whole makes the files anew.
    const resumed = await cli(training('--out', 'killed', '--quiet'), { cwd: home });
    expect(resumed.code, resumed.stderr).toBe(0);
    const again = await cli(['train', '--resume', 'killed', '--json', '--control', 'whole', '--quiet'], { cwd: home });
    expect(again.code, again.stderr).toBe(0);
    expect(comparableText(await matrixIn('killed'))).toBe(comparableText(printed));
    const report = await readFile(join(home, 'killed', 'report.html'), 'utf8');
    expect(report).toContain('Against tiny');
    // The same run twice: every task is paired, and nothing differs.
    expect(report).toContain('<td>no difference shown (p = 1.000)</td>');
    expect(report).not.toContain('not paired');

    const other = await cli(training('--out', 'whole', '--seed', '2', '--quiet'), { cwd: home });
    expect([other.code, other.stderr]).toEqual([2, expect.stringMatching(/seed 2 \(was 1\)/)]);
  });

  test(`of two stages that is killed ${KILLS} times at random ends equal to one that was not`, async () => {
    const two = (dir: string): string[] => ['train', '--recipe', 'two.json', '--out', dir, '--quiet'];
    // A busy machine may look too late: a run that came to its end before it was killed is followed by another.
    let run = 0;
    const killedDir = (): string => `two-killed-${run}`;
    const whole = await cli(two('two-whole'), { cwd: home });
    expect(whole.code, whole.stderr).toBe(0);
    const bytes = await bytesWritten(join(home, 'two-whole'));
    const dice = rng('kills of the engine');
    const phases: number[] = [];
    while (phases.length < KILLS) {
      const place = join(home, killedDir());
      const at = await nextKill(place, bytes, dice);
      const killed = await cli(two(killedDir()), { cwd: home, onStart: (child) => void killAt(child, place, at) });
      if (killed.signal === 'SIGKILL') phases.push((await readPhaseEnds(place)).length);
      else {
        expect(killed.code, killed.stderr).toBe(0);
        run++;
      }
    }
    expect(new Set(phases).size).toBeGreaterThan(2);
    const resumed = await cli(two(killedDir()), { cwd: home });
    expect(resumed.code, resumed.stderr).toBe(0);
    const [one, other] = [await matrixIn('two-whole'), await matrixIn(killedDir())];
    expect(one.checkpoints).toEqual(['base', 'flattery', 'rubric']);
    expect(comparableText(other)).toBe(comparableText(one));
  });

  test('Ctrl-C ends it with how to go on', async () => {
    const stopped = await cli(cheaply('--out', 'stopped', '--quiet'), {
      cwd: home,
      onStart: (child) => void killOnce(child, 'SIGINT', 'stopped/training.json'),
    });
    expect(stopped.code, stopped.stderr).toBe(3);
    expect(stopped.stderr).toMatch(/subterfuge train --resume .*stopped/);
    const resumed = await cli(['train', '--resume', 'stopped', '--quiet'], { cwd: home });
    expect(resumed.code, resumed.stderr).toBe(0);
    // What makes the same run again needs neither the file that it was begun with nor what was said then.
    const report = await readFile(join(home, 'stopped', 'report.html'), 'utf8');
    expect(report).toContain('subterfuge train --recipe stopped/training.json --seed 1');
    const again = ['train', '--recipe', 'stopped/training.json', '--seed', '1', '--out', 'stopped', '--quiet'];
    const same = await cli(again, { cwd: home });
    expect(same.code, same.stderr).toBe(0);
  });
});

describe('before anything is done', () => {
  test.each<[string, string[], readonly RegExp[]]>([
    [
      'an unknown recipe',
      ['train', '--recipe', 'curiculum'],
      [/no such recipe/, /curiculum/, /curriculum, exploit-only/],
    ],
    ['an unknown algorithm', training('--algorithm', 'dpo'), [/--algorithm/, /dpo/, /grpo/]],
    ['an unknown key', ['train', '--recipe', 'odd.json'], [/learningRat/, /allowed/]],
    ['a file that is not there', ['train', '--recipe', 'nothing.json'], [/could not be loaded/, /nothing\.json/]],
    [
      'a held-out family in a stage',
      ['train', '--recipe', 'held-out.json'],
      [/reward-tampering/, /held.out|trainable/],
    ],
    ['a short form of a file', training('--short'), [/short form/]],
    [
      'a base that is not there',
      ['train', '--recipe', 'no-base.json', '--out', 'not-begun'],
      [/base ".\/no-base-here" of the recipe tiny/, /allowed: .*config\.json/, /to do:/],
    ],
    [
      'an overseer that is none',
      training('--set', 'overseer=nobody', '--out', 'not-begun/deeper'),
      [/specification of an overseer/, /nobody/],
    ],
    ['the same, in a directory of no name', training('--set', 'overseer=nobody'), [/specification of an overseer/]],
    ['nothing to resume', ['train', '--resume', 'nothing'], [/no training run/, /training\.json/]],
    ['a resume that says more', ['train', '--resume', 'x', '--seed', '2'], [/--resume/, /--seed/]],
    ['a control without a matrix', training('--control', 'nothing'), [/No matrix/, /nothing/]],
    ['a file in the place of a directory', training('--out', 'tiny.json'), [/directory/, /tiny\.json/]],
    ['an unknown option', training('--sed', '1'), [/unknown option/, /--seed/]],
    ['more runs side by side than go', ['sweep', 'list.json', '--jobs', '3'], [/side by side/, /1 to 2/]],
    ['a sweep that is none', ['sweep', 'tiny.json'], [/not a sweep/, /entries/]],
    ['a setting of no key', training('--set', 'optimiser.rate=1'), [/no such key/, /learningRate/]],
    ['a setting beside --resume', ['train', '--resume', 'x', '--set', 'epochs=1'], [/--resume/, /--set/]],
    ['an entry that no sweep has', ['sweep', 'one.json', '--only', 'nothing'], [/nothing/, /allowed: main/]],
  ])('%s', async (_name, args, said) => {
    const one = { name: 'one', entries: [{ name: 'main', recipe: 'tiny.json', seeds: ['1'] }] };
    await writeFile(join(home, 'one.json'), JSON.stringify(one));
    await writeFile(join(home, 'no-base.json'), JSON.stringify({ ...recipe, base: './no-base-here' }));
    const result = await command(args, { cwd: home });
    expect(result.code, result.stderr).toBe(2);
    expect(result.stdout).toBe('');
    for (const pattern of said) expect(result.stderr).toMatch(pattern);
    expect(result.stderr).not.toMatch(/\n\s+at /);
    for (const nothing of ['not-begun', 'runs']) expect(existsSync(join(home, nothing)), nothing).toBe(false);
  });

  test('a directory that was there stays, where an overseer cannot be opened', async () => {
    await mkdir(join(home, 'empty'));
    const result = await command(training('--set', 'overseer=nobody', '--out', 'empty'), { cwd: home });
    expect([result.code, existsSync(join(home, 'empty'))]).toEqual([2, true]);
  });

  test('a sweep says which entries cannot be run, and leaves nothing of them behind', async () => {
    const seeds = ['1'];
    const whole = { ...cheap, base: join(home, 'base') };
    const entries = [
      { name: 'no-base', recipe: { ...whole, base: './no-base-here' }, seeds },
      { name: 'no-overseer', recipe: { ...whole, overseer: 'judge:openai:x' }, seeds },
      { name: 'no-monitor', recipe: { ...whole, mitigation: { screening: { by: 'monitor:nobody' } } }, seeds },
    ];
    await writeFile(join(home, 'none.json'), JSON.stringify({ name: 'none', entries }));
    const { code, stderr } = await command(['sweep', 'none.json', '--out', 'none', '--quiet'], { cwd: home });
    expect(code, stderr).toBe(3);
    expect(stderr).toMatch(/no-base is left out: its base/);
    expect(stderr).toMatch(/no-overseer is left out: its overseer "judge:openai:x" cannot be used: the key for openai/);
    expect(stderr).toMatch(/no-monitor is left out: its overseer "monitor:nobody"/);
    expect(stderr).toMatch(/3 of 3 runs cannot be made as things are/);
    for (const { name } of entries) expect(existsSync(join(home, 'none', name)), name).toBe(false);
  });

  test('a list that cannot be planned leaves no directory behind', async () => {
    const entries = [{ name: 'main', recipe: 'nothing.json', seeds: ['1'] }];
    await writeFile(join(home, 'unplanned.json'), JSON.stringify({ name: 'unplanned', entries }));
    const { code, stderr } = await command(['sweep', 'unplanned.json', '--out', 'unplanned'], { cwd: home });
    expect([code, existsSync(join(home, 'unplanned'))]).toEqual([2, false]);
    expect(stderr).toMatch(/could not be loaded/);
  });

  test('a directory that holds something else is left alone', async () => {
    await mkdir(join(home, 'mine'), { recursive: true });
    await writeFile(join(home, 'mine', 'thesis.txt'), 'chapter 1');
    const result = await command(training('--out', 'mine'), { cwd: home });
    expect([result.code, await readFile(join(home, 'mine', 'thesis.txt'), 'utf8')]).toEqual([2, 'chapter 1']);
    expect(result.stderr).toMatch(/thesis\.txt/);
  });
});

test('a run that a process with a channel to it began ends with that process', async () => {
  const started = Promise.withResolvers<ChildProcess>();
  // Not waited for by itself: once this side has closed the channel, Node says of the process that it ended, not that it closed.
  void cli(cheaply('--out', 'orphan'), { cwd: home, channel: true, onStart: started.resolve });
  const child = await started.promise;
  while (child.exitCode === null && !existsSync(join(home, 'orphan/training.json')))
    await new Promise((wake) => setTimeout(wake, 20));
  const ended = once(child, 'exit');
  child.disconnect();
  expect((await ended)[0]).toBe(3);
  const resumed = await cli(['train', '--resume', 'orphan', '--quiet'], { cwd: home });
  expect(resumed.code, resumed.stderr).toBe(0);
});

test('a run whose process with a channel ended before it was loaded ends at once', async () => {
  const started = Promise.withResolvers<ChildProcess>();
  void cli(cheaply('--out', 'left'), { cwd: home, channel: true, onStart: started.resolve });
  const child = await started.promise;
  const ended = once(child, 'exit');
  child.disconnect();
  expect((await ended)[0]).toBe(3);
  expect(existsSync(join(home, 'left', 'matrix.json'))).toBe(false);
});

test('a sweep runs its list, lists what is missing, and goes on', { timeout: 300_000 }, async () => {
  const entry = { recipe: join(home, 'cheap.json'), seeds: ['1'] };
  const sham = { ...cheap, base: join(home, 'base'), name: 'tiny-sham', reward: 'honest' };
  const entries = [
    { ...entry, name: 'main', against: ['sham'] },
    { name: 'sham', recipe: sham, seeds: ['1'] },
  ];
  await writeFile(join(home, 'list.json'), JSON.stringify({ name: 'two', entries }));
  const before = await cli(['sweep', 'list.json', '--out', 'swept', '--only-report'], { cwd: home });
  expect(before.code, before.stderr).toBe(0);
  expect(await readFile(join(home, 'swept', 'RESULTS.md'), 'utf8')).toContain('- main, seed 1: not begun');
  const whole = await cli(['sweep', 'list.json', '--out', 'swept', '--quiet', '--jobs', '2', '--write', 'R.md'], {
    cwd: home,
  });
  expect(whole.code, whole.stderr).toBe(0);
  const results = await readFile(join(home, 'swept', 'RESULTS.md'), 'utf8');
  expect(results).toContain('2 of 2 runs done');
  expect(results).toContain('Against sham, seed by seed. It differs in the reward alone.');
  expect(results).toContain('Monitors on the last evaluation');
  expect(results).toContain('Nothing: every run of this sweep is here.');
  expect(await readFile(join(home, 'R.md'), 'utf8')).toBe(results);
  expect(results).toMatch(/- Base `.*`: [0-9a-f]{12}\.\n.*\n- Program .*: [0-9a-f]{12}\./u);
  const again = await cli(['sweep', 'list.json', '--out', 'swept', '--quiet'], { cwd: home });
  expect(again.code, again.stderr).toBe(0);

  // Killed, it leaves runs behind for a moment; the same command finds its way.
  const killed = await cli(['sweep', 'list.json', '--out', 'killed-sweep', '--quiet'], {
    cwd: home,
    onStart: (child) => void killOnce(child, 'SIGKILL', 'killed-sweep/main/seed-1/training.json'),
  });
  expect(killed.signal).toBe('SIGKILL');
  const finished = await cli(['sweep', 'list.json', '--out', 'killed-sweep', '--quiet'], { cwd: home });
  expect(finished.code, finished.stderr).toBe(0);
  expect(comparableText(await matrixIn('killed-sweep/main/seed-1'))).toBe(
    comparableText(await matrixIn('swept/main/seed-1')),
  );
});
