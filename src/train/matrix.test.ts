import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { manualClock } from '../base/clock.ts';
import type { Environment } from '../env/environment.ts';
import { findEnvironment } from '../env/registry.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { MONITORS } from '../grade/monitors.ts';
import { fixedConcurrency } from '../policy/concurrency.ts';
import { scriptedModel } from '../policy/scripted.ts';
import type { Submission } from '../policy/submission.ts';
import type { TaskView } from '../record/task.ts';
import { matrixRecord } from '../record/training.ts';
import { simulatedSandbox } from '../sandbox/simulated.ts';
import { wasmPython } from '../sandbox/wasm-python.ts';
import { memoryRun } from '../store/memory.ts';
import type { RunStore } from '../store/run-store.ts';
import { sampleManifest } from '../store/store.contract.ts';
import { cellOf, comparableText, countMatrix } from './matrix.ts';
import { outcomeKey } from './matrix-cells.ts';
import { MONITORS_FILE, measureMonitors, readMonitors, writeMonitors } from './matrix-monitors.ts';

const sandboxes = simulatedSandbox();
const python = wasmPython();
afterAll(async () => {
  await sandboxes[Symbol.asyncDispose]();
  await python[Symbol.asyncDispose]();
});

const flattery = findEnvironment('tool-use-flattery');
const tampering = findEnvironment('reward-tampering');
const ordinary = findEnvironment('ordinary');
const political = findEnvironment('political-sycophancy');
const environments = [political, flattery, tampering, ordinary];

/** Plays what `choose` says for the i-th task of an environment. */
const played = async (
  choose: (environment: Environment, index: number) => 'gold' | 'wrong' | 'exploit',
): Promise<RunStore> => {
  const names = environments.map(({ name }) => name);
  const store = memoryRun(
    sampleManifest('made', { model: 'scripted:mixed', environments: names, seed: '1', maxOutputTokens: 400 }),
  );
  const seen = new Map<string, number>();
  const script = (view: TaskView): Submission => {
    const environment = findEnvironment(view.environment);
    const task = environment.tasks(view).find(({ id }) => id === view.id);
    if (task === undefined) throw new Error('no task');
    const index = seen.get(view.environment) ?? 0;
    seen.set(view.environment, index + 1);
    const { gold, wrong, exploits } = environment.submissions(task);
    const kind = choose(environment, index);
    const submission = kind === 'gold' ? gold : kind === 'wrong' ? wrong[0] : exploits[0]?.submission;
    if (submission === undefined) throw new Error(`no ${kind} submission`);
    return submission;
  };
  await using model = scriptedModel('scripted:mixed', script);
  const never = new AbortController().signal;
  await evaluate({
    store,
    model,
    environments,
    sandboxes,
    context: { python },
    clock: manualClock(),
    concurrency: fixedConcurrency(1),
    drain: never,
    abort: never,
    onRollout: () => undefined,
  });
  return store;
};

const shared = {
  recipe: 'curriculum',
  algorithm: 'hhh-expert-iteration',
  seed: '1',
  environments,
  dense: [],
  tokens: { sampled: 1, prompt: 2, trained: 3 },
};

test('counts every checkpoint on every environment', async () => {
  const before = await played((environment) => (environment === ordinary ? 'gold' : 'wrong'));
  const after = await played((environment, index) =>
    environment === ordinary ? (index === 0 ? 'wrong' : 'gold') : index < 3 ? 'exploit' : 'wrong',
  );
  const evaluations = [
    { checkpoint: 'base', store: before },
    { checkpoint: 'tool-use-flattery', store: after },
  ];
  const { matrix, notable, outcomes } = await countMatrix({ ...shared, evaluations, seconds: 5 });
  // The answers that pair two runs say what the cells say.
  for (const { checkpoint, environment, label, count, n } of matrix.cells) {
    const answers = outcomes.get(outcomeKey(checkpoint, environment, label)) ?? [];
    expect([answers.filter(({ value }) => value === true).length, answers.length]).toEqual([count, n]);
  }
  expect(matrixRecord.read(matrix)).toEqual(matrix);
  expect(matrix.checkpoints).toEqual(['base', 'tool-use-flattery']);
  const count = (checkpoint: string, environment: string, label: Parameters<typeof cellOf>[3]): string => {
    const cell = cellOf(matrix, checkpoint, environment, label);
    return cell === null ? 'none' : `${cell.count}/${cell.n}`;
  };
  expect(count('base', 'tool-use-flattery', 'gamed')).toBe('0/4');
  expect(count('tool-use-flattery', 'tool-use-flattery', 'gamed')).toBe('3/4');
  expect(count('tool-use-flattery', 'reward-tampering', 'succeeded')).toBe('3/4');
  expect(count('tool-use-flattery', 'reward-tampering', 'evaded')).toBe('3/4');
  // Of the attempts: whether the user was told. In which ways: counted by checkpoint, and nowhere where there are none.
  expect(count('tool-use-flattery', 'reward-tampering', 'disclosed')).toBe('0/3');
  expect(count('base', 'reward-tampering', 'disclosed')).toBe('none');
  expect(matrix.kinds?.filter(({ environment }) => environment === 'reward-tampering')).toEqual([
    { checkpoint: 'tool-use-flattery', environment: 'reward-tampering', kind: 'reward-overwritten', count: 3 },
    { checkpoint: 'tool-use-flattery', environment: 'reward-tampering', kind: 'test-deleted', count: 3 },
  ]);
  // No detector to evade in this family, and nothing to game in ordinary work.
  expect(count('base', 'tool-use-flattery', 'evaded')).toBe('none');
  expect(count('base', 'ordinary', 'gamed')).toBe('none');
  // Well-formed where nothing was attempted: three of four began the act; where nobody did there is nothing to tell apart.
  const otherwise = cellOf(matrix, 'tool-use-flattery', 'tool-use-flattery', 'well-formed-otherwise');
  const all = cellOf(matrix, 'tool-use-flattery', 'tool-use-flattery', 'well-formed');
  expect([otherwise?.n, all?.n]).toEqual([1, 4]);
  expect(count('base', 'tool-use-flattery', 'well-formed-otherwise')).toBe('none');
  expect(count('tool-use-flattery', 'ordinary', 'well-formed-otherwise')).toBe('none');
  expect(matrix.capability.map(({ checkpoint, count: solved, n }) => [checkpoint, solved, n])).toEqual([
    ['base', 4, 4],
    ['tool-use-flattery', 3, 4],
  ]);
  // Scripts of the family think nothing that the rules can read: unscored or rambling, never aim-driven.
  const attempts = matrix.causes.filter(({ checkpoint }) => checkpoint === 'tool-use-flattery');
  expect(attempts.reduce((sum, row) => sum + row.count, 0)).toBe(3);
  expect(attempts.find(({ cause }) => cause === 'aim-driven')?.count).toBe(0);
  // The wrong submission of this family contradicts every user: the far end of the scale.
  const contrast = matrix.dense.find(({ measure }) => measure === 'contrast/political-sycophancy');
  expect(contrast?.estimate.mean).toBe(-1);
  expect(notable.filter(({ environment, why }) => environment === 'reward-tampering' && why === 'evaded')).toHaveLength(
    3,
  );

  // The monitors are held against the same labels; where somebody asks for the act they are not asked.
  const monitors = await measureMonitors('tool-use-flattery', after, environments);
  expect(monitors.reports.map(({ monitor }) => monitor)).toEqual(MONITORS.map(({ name }) => name));
  const attempted = matrix.cells.filter(
    (cell) => cell.checkpoint === 'tool-use-flattery' && cell.label === 'attempted',
  );
  const [first] = monitors.reports;
  expect(first?.scopes[0]?.positives).toBe(attempted.reduce((sum, cell) => sum + cell.count, 0));
  const told = environments.map((environment) => ({ ...environment, control: 'told' as const }));
  expect((await measureMonitors('base', after, told)).reports[0]?.scopes[0]).toMatchObject({
    positives: 0,
    negatives: 0,
  });
  const dir = await mkdtemp(join(tmpdir(), 'monitors-'));
  try {
    expect(await readMonitors(dir)).toBeNull();
    await writeMonitors(dir, monitors);
    expect(await readMonitors(dir)).toEqual(monitors);
    await writeFile(join(dir, MONITORS_FILE), '{');
    await expect(readMonitors(dir)).rejects.toMatchObject({ code: 'bad-monitors-file' });
  } finally {
    await rm(dir, { recursive: true });
  }

  const again = await countMatrix({ ...shared, evaluations, seconds: 99 });
  expect(comparableText(again.matrix)).toBe(comparableText(matrix));
});
