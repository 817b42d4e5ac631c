import { basename, join } from 'node:path';
import { z } from 'zod';
import { inputError } from '../../base/errors.ts';
import { sha256 } from '../../base/json.ts';
import { shapeText } from '../graph/graph.ts';
import type { ModelConfig } from '../model/config.ts';
import { OUTPUT, type ParameterOptions, parameterSpecs, VALUE_WEIGHT } from '../model/parameters.ts';
import { checkFinite, type Weights, weightsOf } from '../model/weights.ts';
import { readDirectory } from './atomic-directory.ts';
import { CONFIG_FILE, isFile, jsonOf, MODEL_FILE, TOKENIZER_FILE } from './files.ts';
import type { StoredTensor } from './header.ts';
import { fromHfConfig } from './hf-config.ts';
import { readHeader, readSafetensors } from './safetensors.ts';

/** A Hugging Face checkpoint directory: `config.json`, `model.safetensors` (or shards with an index), `tokenizer.json`. */
export interface Checkpoint {
  readonly weights: Weights;
  /** `tokenizer.json`; null where the directory has none. */
  readonly tokenizerPath: string | null;
  /** SHA-256, hex, of `model.safetensors`; of the shards' hashes in order where there are several. */
  readonly version: string;
  /** `config.json` as read, with the keys that mean nothing here. */
  readonly hfConfig: Readonly<Record<string, unknown>>;
}

const INDEX_FILE = 'model.safetensors.index.json';

const indexSchema = z.looseObject({ weight_map: z.record(z.string(), z.string()) });

/** The files that hold the tensors, each once, in name order. */
const shardsOf = async (directory: string): Promise<readonly string[]> => {
  const index = join(directory, INDEX_FILE);
  if ((await isFile(join(directory, MODEL_FILE))) || !(await isFile(index))) return [MODEL_FILE];
  const parsed = indexSchema.safeParse(await jsonOf(index));
  const names = parsed.success ? [...new Set(Object.values(parsed.data.weight_map))].sort() : [];
  const outside = names.find((name) => basename(name) !== name || !name.endsWith('.safetensors'));
  if (!parsed.success || names.length === 0 || outside !== undefined) {
    throw inputError({
      code: 'bad-checkpoint',
      what: `${index} does not say which files hold the tensors.`,
      given: parsed.success ? (outside ?? 'an empty weight_map') : z.prettifyError(parsed.error),
      allowed: '{"weight_map": {TENSOR: FILE.safetensors}} with files of the same directory',
    });
  }
  return names;
};

/** Tensors that some exporters write and that carry nothing: tables of positions; the embedding a second time. */
const isRedundant = (name: string, config: ModelConfig): boolean =>
  name.endsWith('.rotary_emb.inv_freq') || (config.tiedEmbeddings && name === OUTPUT);

const mismatch = (directory: string, code: string, what: string, given: string, allowed: string): Error =>
  inputError({
    code,
    what: `${directory}: ${what}`,
    given,
    allowed,
    todo: 'Check that weights and config.json are of one model.',
  });

/** The tensors of the files are those of the model, each once and in its shape. Gives whether a value head is among them. */
const checkTensors = (directory: string, config: ModelConfig, stored: readonly StoredTensor[]): ParameterOptions => {
  const tensors = stored.filter(({ name }) => !isRedundant(name, config));
  const options = { valueHead: tensors.some(({ name }) => name === VALUE_WEIGHT) };
  // A configuration of more layers than there are tensors is not spelled out: it may be of a million.
  const short = config.layers > tensors.length;
  const missing = new Map(
    parameterSpecs(short ? { ...config, layers: 0 } : config, options).map((spec) => [spec.name, spec]),
  );
  const total = missing.size;
  const given = `${tensors.length} tensors`;
  if (short)
    throw mismatch(directory, 'missing-tensor', 'layers are missing.', given, `${config.layers} layers of 9 tensors`);
  const seen = new Set<string>();
  for (const { name, shape } of tensors) {
    const spec = missing.get(name);
    if (spec === undefined) {
      const what = seen.has(name) ? 'a tensor is stored twice.' : 'holds a tensor that such a model does not have.';
      throw mismatch(directory, 'unexpected-tensor', what, name, 'the tensors of LlamaForCausalLM, each once');
    }
    if (spec.shape.join() !== shape.join()) {
      const what = `tensor "${name}" has another shape than config.json says.`;
      throw mismatch(directory, 'misshapen-tensor', what, shapeText(shape), shapeText(spec.shape));
    }
    missing.delete(name);
    seen.add(name);
  }
  if (missing.size > 0) {
    const names = [...missing.keys()];
    const without = `without ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`;
    throw mismatch(directory, 'missing-tensor', 'tensors are missing.', without, `${total} tensors`);
  }
  return options;
};

const objectOf = async (path: string): Promise<Record<string, unknown>> => {
  const value = z.record(z.string(), z.unknown()).safeParse(await jsonOf(path));
  if (value.success) return value.data;
  throw inputError({ code: 'bad-config', what: `${path} is not a JSON object.`, given: z.prettifyError(value.error) });
};

/**
 * Reads a checkpoint, all of it or nothing, also while a trainer saves to the same name. Throws `unreadable`, `bad-config`,
 * `unsupported-model`, `bad-checkpoint`, `unknown-dtype`, `missing-tensor`, `misshapen-tensor`, `unexpected-tensor` or
 * `bad-weights` (NaN or Infinity).
 */
export const loadCheckpoint = async (directory: string): Promise<Checkpoint> => {
  const loaded = await readDirectory(directory, checkpointIn);
  // Under its own name, also where it was read under the other one.
  const tokenizerPath = loaded.tokenizerPath === null ? null : join(directory, TOKENIZER_FILE);
  return { ...loaded, tokenizerPath };
};

/** The checkpoint of a directory at rest. */
export const checkpointIn = async (directory: string): Promise<Checkpoint> => {
  const hfConfig = await objectOf(join(directory, CONFIG_FILE));
  const config = fromHfConfig(join(directory, CONFIG_FILE), hfConfig);
  const paths = (await shardsOf(directory)).map((name) => join(directory, name));
  const stored: StoredTensor[] = [];
  for (const path of paths) stored.push(...(await readHeader(path)).tensors);
  const weights = weightsOf(config, checkTensors(directory, config, stored));
  const hashes: string[] = [];
  for (const path of paths) {
    // Sizes are checked once more where the numbers are read, should the file have changed in between.
    hashes.push((await readSafetensors(path, ({ name }) => weights.tensors.get(name)?.data ?? null)).sha256);
  }
  checkFinite(weights, directory);
  const [first = ''] = hashes;
  const version = hashes.length === 1 ? first : sha256(hashes.join());
  const tokenizer = join(directory, TOKENIZER_FILE);
  return { weights, tokenizerPath: (await isFile(tokenizer)) ? tokenizer : null, version, hfConfig };
};
