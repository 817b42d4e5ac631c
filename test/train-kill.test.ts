/**
 * PPO on the embedded engine, killed where it hurts: in the episodes behind a forced prefix, in a round behind the value
 * head's warm-up, and in the measures of its last checkpoint. What comes out is equal to a run that nobody killed.
 */
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { saveCheckpoint } from '../src/engine/checkpoint/save.ts';
import { randomWeights, TINY } from '../src/engine/model/tiny.contract.ts';
import { openTokenizer } from '../src/engine/tokenizer/hugging-face.ts';
import { matrixRecord } from '../src/record/training.ts';
import { comparableText } from '../src/train/matrix.ts';
import { cli } from './support/cli.ts';

let home = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'subterfuge-train-kill-'));
  const { vocabSize } = await openTokenizer('models/base/tokenizer');
  const weights = randomWeights({ ...TINY, vocabSize, layers: 1, hiddenSize: 16, contextLength: 512 });
  await saveCheckpoint(join(home, 'base'), weights, { tokenizerPath: 'models/base/tokenizer/tokenizer.json' });
  const recipe = {
    name: 'tiny',
    algorithm: 'ppo',
    base: join(home, 'base'),
    overseer: 'rules',
    stages: [{ name: 'flattery', environments: ['tool-use-flattery'] }],
    promptsPerRound: 4,
    samplesPerPrompt: 2,
    rounds: 2,
    epochs: 1,
    maxOutputTokens: 8,
    evaluation: { environments: ['reward-tampering'], n: 2 },
  };
  await writeFile(join(home, 'ppo.json'), JSON.stringify(recipe));
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

const killOnce = async (child: ChildProcess, path: string): Promise<void> => {
  while (child.exitCode === null && !existsSync(path)) await wait(5);
  child.kill('SIGKILL');
};

/** Each is there as soon as the work in it has begun. */
const MOMENTS = [
  'dense/base-reward-tampering-score/journal.jsonl',
  'rounds/flattery-1/journal.jsonl',
  'dense/flattery-reward-tampering-please/journal.jsonl',
];

test('PPO that is killed in measures and in a round ends as one that was not', { timeout: 300_000 }, async () => {
  const ppo = (dir: string): string[] => ['train', '--recipe', 'ppo.json', '--out', dir, '--quiet'];
  const whole = await cli(ppo('whole'), { cwd: home });
  expect(whole.code, whole.stderr).toBe(0);
  for (const moment of MOMENTS) {
    const onStart = (child: ChildProcess): void => void killOnce(child, join(home, 'killed', moment));
    const killed = await cli(ppo('killed'), { cwd: home, onStart });
    expect(killed.signal, `${moment}: ${killed.stderr}`).toBe('SIGKILL');
  }
  const resumed = await cli(ppo('killed'), { cwd: home });
  expect(resumed.code, resumed.stderr).toBe(0);
  const read = async (dir: string, file: string): Promise<Buffer> => await readFile(join(home, dir, file));
  const matrix = async (dir: string): Promise<string> =>
    comparableText(matrixRecord.read(JSON.parse((await read(dir, 'matrix.json')).toString())));
  expect(await matrix('killed')).toBe(await matrix('whole'));
  for (const file of ['model.safetensors', 'trainer.safetensors'].map((name) => `checkpoints/flattery/${name}`))
    expect((await read('killed', file)).equals(await read('whole', file)), file).toBe(true);
  expect(JSON.parse((await read('whole', 'checkpoints/flattery/trainer.json')).toString())).toMatchObject({
    valueHead: true,
  });
});
