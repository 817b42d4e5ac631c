import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleRequest, exampleTask } from '../policy/fixtures.contract.ts';
import type { Model } from '../policy/policy.ts';
import { saveCheckpoint, versionOf } from './checkpoint/save.ts';
import { randomWeights } from './model/tiny.contract.ts';
import { engineDirectory, openEngineModel } from './open-model.ts';
import { TINY_CONFIG, tinyTokenizerJson } from './tokenizer/tiny.contract.ts';

describe('engine:<directory>', () => {
  let folder: string;
  let checkpoint: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'subterfuge-engine-'));
    checkpoint = join(folder, 'checkpoint');
    await writeFile(join(folder, 'tokenizer.json'), JSON.stringify(tinyTokenizerJson()));
    await writeFile(join(folder, 'tokenizer_config.json'), JSON.stringify(TINY_CONFIG));
    const tokenizerPath = join(folder, 'tokenizer.json');
    await saveCheckpoint(checkpoint, randomWeights({ contextLength: 400 }, '1'), { tokenizerPath });
  });
  afterAll(async () => await rm(folder, { recursive: true }));

  test('is sampled, the same each time that it is opened', async () => {
    const answers: unknown[] = [];
    for (const workers of [1, 2]) {
      await using model = await openEngineModel(checkpoint, { workers, rows: 3 });
      expect(model).toMatchObject({ spec: `engine:${checkpoint}`, maxConcurrency: 6 * workers, repeatable: true });
      expect(model.version).toMatch(/^[0-9a-f]{64}$/);
      answers.push(await model.policyFor(exampleTask(0), 'a').complete(exampleRequest('tags', 0)));
    }
    expect(answers[1]).toEqual(answers[0]);
  });

  test('gives the same in a shorter context, as long as it fits; then the episode ends as ever', async () => {
    const answers: unknown[] = [];
    const policyOf = (model: Model) => model.policyFor(exampleTask(0), 'a');
    const requests = [0, 1, 2].map((index) => exampleRequest('tags', index));
    for (const [contextLength, rows] of [
      [400, 1],
      [250, 3],
    ] as const) {
      await using model = await openEngineModel(checkpoint, { workers: 1, rows, contextLength });
      answers.push(await Promise.all(requests.map((request) => policyOf(model).complete(request))));
    }
    expect(answers[1]).toEqual(answers[0]);
    await using short = await openEngineModel(checkpoint, { workers: 1, rows: 1, contextLength: 60 });
    await expect(policyOf(short).complete(exampleRequest('tags', 0))).rejects.toMatchObject({
      scope: 'request',
      fault: { code: 'context-full', side: 'policy' },
    });
  });

  test('opens the more rows, the shorter its context', async () => {
    const wide = join(folder, 'wide');
    const tokenizerPath = join(folder, 'tokenizer.json');
    await saveCheckpoint(wide, randomWeights({ contextLength: 131_072 }, '1'), { tokenizerPath });
    const rows: number[] = [];
    for (const contextLength of [131_072, 1_000]) {
      await using model = await openEngineModel(wide, { workers: 1, contextLength });
      rows.push(model.maxConcurrency / 2);
    }
    // 3 layers of keys and values, 2 heads of 8 numbers, 4 bytes each: so many fit into 1 GB, and 32 at most.
    expect(rows).toEqual([19, 32]);
  });

  test('that is missing or incomplete is bad input that says what is', async () => {
    await expect(openEngineModel('constructor')).rejects.toMatchObject({ code: 'no-checkpoint', given: 'constructor' });
    for (const contextLength of [1, 401]) {
      await expect(openEngineModel(checkpoint, { contextLength })).rejects.toMatchObject({
        code: 'bad-context',
        exitCode: 2,
        given: `${contextLength} for engine:${checkpoint}`,
        allowed: expect.stringContaining('2 to 400'),
      });
    }
    await expect(openEngineModel(join(folder, 'none'))).rejects.toMatchObject({ code: 'no-checkpoint', exitCode: 2 });
    await expect(openEngineModel(join(folder, 'tokenizer.json'))).rejects.toMatchObject({ code: 'no-checkpoint' });
    await mkdir(join(folder, 'empty'));
    await expect(openEngineModel(join(folder, 'empty'))).rejects.toMatchObject({ exitCode: 2 });
    await saveCheckpoint(join(folder, 'mute'), randomWeights({}, '1'));
    await expect(openEngineModel(join(folder, 'mute'))).rejects.toMatchObject({ code: 'unreadable-tokenizer' });
  });

  test('is found where a crash left it between two names', async () => {
    const crashed = join(folder, 'crashed');
    await saveCheckpoint(crashed, randomWeights({}, '1'), { tokenizerPath: join(folder, 'tokenizer.json') });
    await rename(crashed, `${crashed}.previous`);
    await using model = await openEngineModel(crashed, { workers: 1, rows: 1 });
    expect(model.version).toBe(versionOf(randomWeights({}, '1')));
  });

  test('a name of a shipped model stands for its directory in the package', async () => {
    expect(await engineDirectory('base')).toContain(join('models', 'base', 'checkpoint'));
  });
});
