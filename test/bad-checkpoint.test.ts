/** A checkpoint that cannot be used, as `train` and `eval` meet it: told at once, and nothing is left behind. */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { saveCheckpoint } from '../src/engine/checkpoint/save.ts';
import { randomWeights } from '../src/engine/model/tiny.contract.ts';
import { TINY_CONFIG, tinyTokenizerJson } from '../src/engine/tokenizer/tiny.contract.ts';
import { command } from './support/in-process.ts';

let home = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'subterfuge-bad-checkpoint-'));
  const tokenizerPath = join(home, 'tokenizer.json');
  await writeFile(tokenizerPath, JSON.stringify(tinyTokenizerJson()));
  await writeFile(join(home, 'tokenizer_config.json'), JSON.stringify(TINY_CONFIG));
  await saveCheckpoint(join(home, 'whole'), randomWeights(), { tokenizerPath });
  const nowhere = randomWeights();
  nowhere.flat.fill(Number.NaN, 7, 8);
  await saveCheckpoint(join(home, 'not-finite'), nowhere, { tokenizerPath });
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

const recipe = {
  name: 'tiny',
  algorithm: 'hhh-expert-iteration',
  base: './bad',
  overseer: 'rules',
  stages: [{ name: 'flattery', environments: ['tool-use-flattery'] }],
  evaluation: { environments: ['tool-use-flattery'], n: 2 },
};

const changedConfig =
  (change: Readonly<Record<string, unknown>>) =>
  async (dir: string): Promise<void> => {
    const path = join(dir, 'config.json');
    await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, 'utf8')), ...change }));
  };

test.each<[string, (dir: string) => Promise<void>, readonly RegExp[]]>([
  ['weights that end too early', (dir) => truncate(join(dir, 'model.safetensors'), 5_000), [/model\.safetensors/]],
  ['no weights', (dir) => rm(join(dir, 'model.safetensors')), [/model\.safetensors/]],
  ['a configuration that is no JSON', (dir) => writeFile(join(dir, 'config.json'), '{'), [/config\.json/]],
  ['another architecture', changedConfig({ model_type: 'gpt2', architectures: ['GPT2LMHeadModel'] }), [/gpt2/i]],
  ['tensors of another shape', changedConfig({ intermediate_size: 76 }), [/shape|tensor/i]],
  ['no tokenizer', (dir) => rm(join(dir, 'tokenizer.json')), [/tokenizer\.json/]],
  ['a tokenizer that is none', (dir) => writeFile(join(dir, 'tokenizer.json'), '{}'), [/tokenizer\.json/]],
  [
    'numbers that are none',
    (dir) => cp(join(home, 'not-finite', 'model.safetensors'), join(dir, 'model.safetensors')),
    [/NaN/, /embed_tokens/],
  ],
])('%s', async (_, spoil, said) => {
  const place = await mkdtemp(join(home, 'place-'));
  await cp(join(home, 'whole'), join(place, 'bad'), { recursive: true });
  await spoil(join(place, 'bad'));
  await writeFile(join(place, 'bad.json'), JSON.stringify({ ...recipe, base: join(place, 'bad') }));
  const model = `engine:${join(place, 'bad')}`;
  for (const args of [
    ['train', '--recipe', 'bad.json', '--quiet'],
    ['train', '--recipe', 'bad.json', '--quiet', '--out', 'trained'],
    ['eval', '--model', model, '--env', 'tool-use-flattery', '--register', 'compact', '--n', '2', '--quiet'],
  ]) {
    const { code, stdout, stderr } = await command(args, { cwd: place });
    expect([args[0], code, stdout], stderr).toEqual([args[0], 2, '']);
    for (const pattern of said) expect(stderr).toMatch(pattern);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(await readdir(place), args.join(' ')).toEqual(['bad', 'bad.json']);
  }
});

test('a directory that was there already stays, empty', async () => {
  const place = await mkdtemp(join(home, 'place-'));
  await mkdir(join(place, 'mine'));
  await writeFile(join(place, 'bad.json'), JSON.stringify({ ...recipe, base: join(place, 'nothing') }));
  const { code } = await command(['train', '--recipe', 'bad.json', '--out', 'mine'], { cwd: place });
  expect([code, await readdir(join(place, 'mine'))]).toEqual([2, []]);
});
