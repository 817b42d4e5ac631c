import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomWeights, TINY } from '../model/tiny.contract.ts';
import { writeDirectory } from './atomic-directory.ts';
import { loadCheckpoint } from './checkpoint.ts';
import { fromHfConfig, toHfConfig } from './hf-config.ts';
import { type NamedTensor, writeSafetensors } from './safetensors.ts';
import { saveCheckpoint, versionOf } from './save.ts';

let base = '';
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'subterfuge-checkpoint-'));
});
afterAll(async () => {
  await rm(base, { recursive: true, force: true });
});

const { vocabSize, hiddenSize } = TINY;
const WEIGHTS = randomWeights(TINY, 'checkpoint', { valueHead: true });
const named = (): NamedTensor[] => [...WEIGHTS.tensors].map(([name, { shape, data }]) => ({ name, shape, data }));
const [EMBEDDING, NORM] = ['model.embed_tokens.weight', 'model.norm.weight'];

const saved = async (name: string): Promise<string> => {
  const dir = join(base, name);
  await saveCheckpoint(dir, WEIGHTS);
  return dir;
};

describe('a checkpoint', () => {
  it('that was saved is loaded, version and all, with or without value head, tied or not', async () => {
    for (const [valueHead, tiedEmbeddings] of [
      [true, true],
      [false, false],
    ] as const) {
      const weights = randomWeights({ ...TINY, tiedEmbeddings }, 'x', { valueHead });
      const dir = join(base, `saved ${valueHead}`);
      const version = await saveCheckpoint(dir, weights, { hfConfig: { eos_token_id: 5, architectures: ['Other'] } });
      const loaded = await loadCheckpoint(dir);
      expect(loaded.weights.flat).toEqual(weights.flat);
      expect(loaded.weights.config).toEqual(weights.config);
      expect([loaded.version, loaded.tokenizerPath]).toEqual([version, null]);
      expect(versionOf(weights)).toBe(version);
      expect(loaded.hfConfig).toMatchObject({ eos_token_id: 5, architectures: ['LlamaForCausalLM'] });
    }
  });

  it('in several files is one model', async () => {
    const dir = await saved('shards');
    await rm(join(dir, 'model.safetensors'));
    const all = named();
    await writeSafetensors(join(dir, 'model-1.safetensors'), all.slice(0, 9));
    await writeSafetensors(join(dir, 'model-2.safetensors'), all.slice(9));
    const map = all.map(({ name }, i) => [name, i < 9 ? 'model-1.safetensors' : 'model-2.safetensors']);
    await writeFile(join(dir, 'model.safetensors.index.json'), JSON.stringify({ weight_map: Object.fromEntries(map) }));
    const loaded = await loadCheckpoint(dir);
    expect(loaded.weights.flat).toEqual(WEIGHTS.flat);
    expect(loaded.version).toMatch(/^[0-9a-f]{64}$/);
    await writeFile(
      join(dir, 'model.safetensors.index.json'),
      JSON.stringify({ weight_map: { a: '../../secret.safetensors' } }),
    );
    await expect(loadCheckpoint(dir)).rejects.toMatchObject({
      code: 'bad-checkpoint',
      given: '../../secret.safetensors',
    });
  });

  it('with a number that is none says in which tensor', async () => {
    const dir = await saved('sick');
    const sick = named().map((one) =>
      one.name === NORM ? { ...one, data: one.data.map((x, i) => (i === 3 ? Number.NaN : x)) } : one,
    );
    await writeSafetensors(join(dir, 'model.safetensors'), sick);
    await expect(loadCheckpoint(dir)).rejects.toMatchObject({
      code: 'bad-weights',
      exitCode: 2,
      what: expect.stringContaining(NORM),
      given: 'NaN at place 3',
    });
  });

  it('that is not there says which file, and what there ought to be', async () => {
    await writeFile(join(base, 'a file'), '');
    const dir = await saved('no weights');
    await rm(join(dir, 'model.safetensors'));
    for (const [place, file] of [
      [join(base, 'nowhere'), 'config.json'],
      [join(base, 'a file', 'x'), 'config.json'],
      [dir, 'model.safetensors'],
    ] as const) {
      await expect(loadCheckpoint(place)).rejects.toMatchObject({
        code: 'unreadable',
        exitCode: 2,
        what: `${join(place, file)} is not there.`,
        allowed: expect.stringContaining('model.safetensors'),
      });
    }
  });

  it('whose weights are a directory says which cannot be read', async () => {
    const dir = await saved('weights in a directory');
    await rm(join(dir, 'model.safetensors'));
    await mkdir(join(dir, 'model.safetensors'));
    await expect(loadCheckpoint(dir)).rejects.toMatchObject({
      code: 'unreadable',
      exitCode: 2,
      what: expect.stringContaining('model.safetensors'),
    });
  });

  it('is never saved over what is no checkpoint', async () => {
    const file = join(base, 'notes.txt');
    await writeFile(file, 'mine');
    const folder = join(base, 'project');
    await mkdir(folder);
    await writeFile(join(folder, 'notes.txt'), 'mine');
    for (const place of [file, folder]) {
      await expect(saveCheckpoint(place, WEIGHTS)).rejects.toMatchObject({ code: 'not-a-checkpoint', exitCode: 2 });
    }
    expect(await readFile(file, 'utf8')).toBe('mine');
    expect(await readFile(join(folder, 'notes.txt'), 'utf8')).toBe('mine');
    await rm(join(folder, 'notes.txt'));
    expect(await saveCheckpoint(folder, WEIGHTS)).toBe(versionOf(WEIGHTS));
  });

  it('gets files of the tokenizer that can be written to, whatever they were', async () => {
    const from = join(base, 'installed');
    await mkdir(from);
    for (const name of ['tokenizer.json', 'tokenizer_config.json', 'chat_template.jinja']) {
      await writeFile(join(from, name), name);
      await chmod(join(from, name), 0o444);
    }
    const dir = join(base, 'writable');
    await saveCheckpoint(dir, WEIGHTS, { tokenizerPath: join(from, 'tokenizer.json') });
    for (const name of ['tokenizer.json', 'tokenizer_config.json', 'chat_template.jinja']) {
      expect(await readFile(join(dir, name), 'utf8')).toBe(name);
      expect((await stat(join(dir, name))).mode & 0o200).toBe(0o200);
    }
    const gone = saveCheckpoint(dir, WEIGHTS, { tokenizerPath: join(from, 'gone.json') });
    await expect(gone).rejects.toMatchObject({ code: 'unreadable', what: expect.stringContaining('gone.json') });
    expect((await loadCheckpoint(dir)).tokenizerPath).toBe(join(dir, 'tokenizer.json'));
  });

  it('may hold what exporters repeat', async () => {
    const dir = await saved('redundant');
    const inverse = { name: 'model.layers.0.self_attn.rotary_emb.inv_freq', shape: [1], data: Float32Array.of(7) };
    const head = {
      name: 'lm_head.weight',
      shape: [vocabSize, hiddenSize],
      data: new Float32Array(vocabSize * hiddenSize),
    };
    await writeSafetensors(join(dir, 'model.safetensors'), [inverse, head, ...named()]);
    expect((await loadCheckpoint(dir)).weights.flat).toEqual(WEIGHTS.flat);
  });

  it.each([
    ['a missing tensor', (all: NamedTensor[]) => all.filter(({ name }) => name !== NORM), 'missing-tensor', NORM],
    [
      'a misshapen tensor',
      (all: NamedTensor[]) =>
        all.map((one) => (one.name === EMBEDDING ? { ...one, shape: [hiddenSize, vocabSize] } : one)),
      'misshapen-tensor',
      `[${hiddenSize}, ${vocabSize}]`,
    ],
    [
      'an unexpected tensor',
      (all: NamedTensor[]) => [...all, { name: 'model.layers.2.bias', shape: [0], data: new Float32Array(0) }],
      'unexpected-tensor',
      'model.layers.2.bias',
    ],
    ['no tensor at all', () => [], 'missing-tensor', '0 tensors'],
  ])('with %s is refused', async (name, spoil, code, given) => {
    const dir = await saved(name);
    await writeSafetensors(join(dir, 'model.safetensors'), spoil(named()));
    await expect(loadCheckpoint(dir)).rejects.toMatchObject({
      code,
      exitCode: 2,
      given: expect.stringContaining(given),
    });
  });

  it('of a size that no machine has is refused before memory is taken', async () => {
    const dir = await saved('huge');
    const config = JSON.parse(await readFile(join(dir, 'config.json'), 'utf8'));
    for (const change of [{ vocab_size: 2 ** 52 }, { num_hidden_layers: 10 ** 9 }]) {
      await writeFile(join(dir, 'config.json'), JSON.stringify({ ...config, ...change }));
      await expect(loadCheckpoint(dir)).rejects.toMatchObject({ exitCode: 2 });
    }
  });

  it.each([
    ['no JSON', '{', 'bad-checkpoint'],
    ['no object', '3', 'bad-config'],
    ['nothing', '{}', 'bad-config'],
  ])('with a config.json of %s is refused', async (name, text, code) => {
    const dir = await saved(`config ${name}`);
    await writeFile(join(dir, 'config.json'), text);
    await expect(loadCheckpoint(dir)).rejects.toMatchObject({ code, exitCode: 2 });
  });
});

describe('config.json', () => {
  const smol = { ...toHfConfig(TINY), rope_theta: undefined };

  it('gives the model back', () => {
    expect(fromHfConfig('config.json', JSON.parse(JSON.stringify(toHfConfig(TINY))))).toEqual(TINY);
    expect(fromHfConfig('x', { ...smol, rope_parameters: { rope_type: 'default', rope_theta: 500 } }).ropeTheta).toBe(
      500,
    );
    expect(
      fromHfConfig('x', { ...smol, head_dim: null, num_attention_heads: 12, num_key_value_heads: undefined }),
    ).toMatchObject({ headSize: 4, kvHeads: 12, ropeTheta: 10_000 });
    expect(fromHfConfig('x', { ...smol, architectures: null, num_key_value_heads: null })).toMatchObject({
      kvHeads: TINY.heads,
    });
  });

  it('of a model with other keys names its architecture', () => {
    const gpt2 = {
      activation_function: 'gelu_new',
      architectures: ['GPT2LMHeadModel'],
      model_type: 'gpt2',
      n_ctx: 1024,
      n_embd: 768,
      n_head: 12,
      n_layer: 12,
      vocab_size: 50257,
    };
    expect(() => fromHfConfig('config.json', gpt2)).toThrow(
      expect.objectContaining({ code: 'unsupported-model', exitCode: 2, given: 'gpt2 (GPT2LMHeadModel)' }),
    );
  });

  it.each([
    [{ model_type: 'mistral' }, 'another architecture'],
    [{ architectures: ['LlamaForSequenceClassification'] }, 'another architecture'],
    [{ rope_scaling: { rope_type: 'llama3', factor: 8 } }, 'scaled rotary positions'],
    [{ attention_bias: true }, 'attention_bias'],
    [{ hidden_act: 'gelu' }, 'hidden_act'],
    [{ quantization_config: { bits: 4 } }, 'quantization_config'],
    [{ num_key_value_heads: 4 }, 'evenly'],
    [{ head_dim: 5 }, 'even head size'],
    [{ head_dim: null, num_attention_heads: 10, num_key_value_heads: 5 }, 'even head size'],
  ])('with %j is refused', (change, what) => {
    expect(() => fromHfConfig('config.json', { ...smol, ...change })).toThrow(what);
  });
});

describe('an atomic directory', () => {
  it('keeps the old version where the new one fails, and leaves nothing behind', async () => {
    const dir = await saved('kept');
    const before = await loadCheckpoint(dir);
    const failing = writeDirectory(dir, async (temporary) => {
      await writeFile(join(temporary, 'config.json'), 'half');
      throw new Error('the power went');
    });
    await expect(failing).rejects.toThrow('the power went');
    expect((await loadCheckpoint(dir)).version).toBe(before.version);
    expect((await readdir(base)).filter((name) => name.startsWith('kept'))).toEqual(['kept']);
  });

  it('is whole after a crash at any moment', async () => {
    const dir = await saved('crashed');
    const { version } = await loadCheckpoint(dir);
    // Killed while the new version was being written.
    await mkdir(`${dir}.partial`);
    await writeFile(join(`${dir}.partial`, 'model.safetensors'), 'half');
    expect((await loadCheckpoint(dir)).version).toBe(version);
    // Killed between the two renames.
    await rename(dir, `${dir}.previous`);
    expect((await loadCheckpoint(dir)).version).toBe(version);
    // A reader renames nothing: there may be a writer.
    expect((await readdir(base)).filter((name) => name.startsWith('crashed.p'))).toHaveLength(2);
    // And the next save clears up.
    await saveCheckpoint(dir, WEIGHTS);
    expect((await readdir(base)).filter((name) => name.startsWith('crashed'))).toEqual(['crashed']);
  });

  it('is of one version for a reader, however often it is written meanwhile', async () => {
    const other = randomWeights(TINY, 'other', { valueHead: true });
    const dir = await saved('busy');
    const versions = new Map([WEIGHTS, other].map((weights) => [versionOf(weights), weights]));
    let writing = true;
    const writer = (async () => {
      for (let i = 0; i < 40; i++) await saveCheckpoint(dir, i % 2 === 0 ? other : WEIGHTS);
      writing = false;
    })();
    let read = 0;
    while (writing) {
      const loaded = await loadCheckpoint(dir).catch((thrown: unknown) => thrown);
      // Three exchanges during one reading are possible here, and said as such.
      if (loaded instanceof Error) expect(loaded).toMatchObject({ name: 'SubterfugeError', exitCode: 2 });
      else {
        const { version, weights } = loaded as Awaited<ReturnType<typeof loadCheckpoint>>;
        expect(weights.flat).toEqual(versions.get(version)?.flat);
        read++;
      }
    }
    await writer;
    expect(read).toBeGreaterThan(3);
  });

  it('that cannot be written is an error of the disk', async () => {
    await writeFile(join(base, 'file'), '');
    await expect(saveCheckpoint(join(base, 'file', 'x'), WEIGHTS)).rejects.toMatchObject({
      code: 'disk-failed',
      exitCode: 3,
    });
  });
});
