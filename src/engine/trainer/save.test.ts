import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rng } from '../../base/rng.ts';
import { loadCheckpoint } from '../checkpoint/checkpoint.ts';
import { saveCheckpoint } from '../checkpoint/save.ts';
import { createTrainer, type TrainerOptions } from './create-trainer.ts';
import { hasTrainerState, openTrainer } from './open.ts';
import { randomCredits, SEQUENCES, STEP, WEIGHTS } from './trainer.contract.ts';
import type { Trainer } from './trainer.ts';

let base = '';
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'subterfuge-trainer-'));
});
afterAll(async () => {
  await rm(base, { recursive: true, force: true });
});

const steps = async (trainer: Trainer, from: number, to: number): Promise<void> => {
  for (let i = from; i < to; i++) {
    await trainer.accumulate(randomCredits(false, SEQUENCES.slice(i % 3)));
    await trainer.apply(STEP);
  }
};

const kinds: readonly [string, TrainerOptions][] = [
  ['full', { weights: WEIGHTS }],
  ['full with a value head and muon', { weights: WEIGHTS, optimiser: 'muon', valueHead: true }],
  ['adapters', { weights: WEIGHTS, lora: { rank: 2, alpha: 3, rng: rng('lora') } }],
  ['adapters with a value head', { weights: WEIGHTS, lora: { rank: 2, alpha: 3, rng: rng('lora') }, valueHead: true }],
];

describe('a trainer that was saved and opened', () => {
  it.each(kinds)('%s goes on as if it had not been', async (name, options) => {
    const dir = join(base, name);
    await using whole = await createTrainer(options);
    await steps(whole, 0, 5);
    {
      await using first = await createTrainer(options);
      await steps(first, 0, 3);
      await first.save(dir);
      // What comes after the save is not in it.
      await steps(first, 0, 1);
    }
    await using second = await openTrainer(dir);
    await steps(second, 3, 5);
    expect((await second.snapshot()).flat).toEqual((await whole.snapshot()).flat);
    expect(await second.score(SEQUENCES)).toEqual(await whole.score(SEQUENCES));
    await second.accumulate(randomCredits(false));
    expect(await second.apply(STEP)).toMatchObject({ step: 6 });
  });

  it('is a checkpoint with its tokenizer, and is replaced by the next', async () => {
    const tokenizerPath = join(base, 'tokenizer.json');
    await writeFile(tokenizerPath, '{"model": {}}');
    const dir = join(base, 'latest');
    await using trainer = await createTrainer({ weights: WEIGHTS, tokenizerPath, hfConfig: { eos_token_id: 1 } });
    await trainer.save(dir);
    const before = await loadCheckpoint(dir);
    expect(before.weights.flat).toEqual(WEIGHTS.flat);
    await steps(trainer, 0, 1);
    await trainer.save(dir);
    const after = await loadCheckpoint(dir);
    expect(after.version).not.toBe(before.version);
    expect(after.hfConfig).toMatchObject({ eos_token_id: 1 });
    expect(await readFile(after.tokenizerPath ?? '', 'utf8')).toBe('{"model": {}}');
    expect((await readdir(base)).filter((name) => name.startsWith('latest'))).toEqual(['latest']);
    await using again = await openTrainer(dir);
    await again.save(join(base, 'copy'));
    expect((await loadCheckpoint(join(base, 'copy'))).version).toBe(after.version);
    expect(await readFile(join(base, 'copy', 'tokenizer.json'), 'utf8')).toBe('{"model": {}}');
  });
});

describe('a state that cannot be gone on from', () => {
  it.each([
    [
      'another model beside it',
      async (dir: string, other: string) =>
        writeFile(join(dir, 'model.safetensors'), await readFile(join(other, 'model.safetensors'))),
    ],
    [
      'another state beside it',
      async (dir: string, other: string) =>
        writeFile(join(dir, 'trainer.safetensors'), await readFile(join(other, 'trainer.safetensors'))),
    ],
    [
      'another kind of optimiser state',
      async (dir: string) => writeFile(join(dir, 'trainer.json'), '{"schema": "subterfuge/trainer@2"}'),
    ],
  ])('%s is refused', async (name, spoil) => {
    const [dir, other] = [join(base, name), join(base, `${name} other`)];
    await using trainer = await createTrainer({ weights: WEIGHTS });
    await trainer.save(dir);
    await steps(trainer, 0, 1);
    await trainer.save(other);
    await spoil(dir, other);
    await expect(openTrainer(dir)).rejects.toMatchObject({ code: 'bad-trainer-state', exitCode: 2 });
  });

  it('a checkpoint that no trainer saved is refused', async () => {
    await expect(openTrainer(join(base, 'nowhere'))).rejects.toMatchObject({
      code: 'unreadable',
      exitCode: 2,
      what: expect.stringContaining('is not there'),
    });
    const dir = join(base, 'weights only');
    await saveCheckpoint(dir, WEIGHTS);
    expect(await hasTrainerState(dir)).toBe(false);
    await expect(openTrainer(dir)).rejects.toMatchObject({
      code: 'no-trainer-state',
      exitCode: 2,
      todo: expect.stringContaining('createTrainer'),
    });
  });

  it('but what a crash left between two names is found, and saved over', async () => {
    const tokenizerPath = join(base, 'tokenizer.json');
    await writeFile(tokenizerPath, '{"model": {}}');
    const dir = join(base, 'crashed');
    await using trainer = await createTrainer({ weights: WEIGHTS, tokenizerPath });
    await trainer.save(dir);
    await rename(dir, `${dir}.previous`);
    expect(await hasTrainerState(dir)).toBe(true);
    await using again = await openTrainer(dir);
    await again.save(join(base, 'elsewhere'));
    await again.save(dir);
    expect((await readdir(base)).filter((name) => name.startsWith('crashed'))).toEqual(['crashed']);
    for (const place of [dir, join(base, 'elsewhere')]) {
      expect(await readFile(join(place, 'tokenizer.json'), 'utf8')).toBe('{"model": {}}');
    }
  });
});
