import { gradientName, type ParameterInput } from '../model/model-graph.ts';
import { EMBEDDING, type ParameterSpec, parameterSpecs, totalSize } from '../model/parameters.ts';
import type { Runtime, RuntimeTensor } from '../onnx/session.ts';
import { layOut } from './layout.ts';
import { trainedSpecs } from './parameters.ts';
import type { BatchJob, OtherWeights, WorkerSetup } from './protocol.ts';
import { type SessionKey, type ShapedSession, sessionCache } from './sessions.ts';
import type { Reach, TokenScores } from './trainer.ts';
import { type Views, viewsOf } from './views.ts';

/** Runs micro-batches of one worker, on private copies of the weights: ONNX Runtime takes no shared memory. */
export interface Compute extends AsyncDisposable {
  /** Copies the trained weights, unless that version is held already. */
  load(version: number): void;
  score(batch: BatchJob, other: OtherWeights | null): Promise<TokenScores[]>;
  /** Adds to this worker's gradient. */
  accumulate(batch: BatchJob, reach: Reach): Promise<TokenScores[]>;
}

interface Model {
  readonly valueHead: boolean;
  readonly lora: WorkerSetup['lora'];
  /** The parameter's tensor, from whichever buffer has it. */
  tensor(input: ParameterInput): RuntimeTensor;
  /** [vocabulary, hidden]. */
  readonly embedding: Float32Array;
}

const modelOf = (
  views: readonly Views[],
  vocabulary: ParameterInput,
  about: Pick<Model, 'valueHead' | 'lora'>,
): Model => {
  const tensor = (input: ParameterInput): RuntimeTensor => {
    for (const view of views) {
      const found = view.tensor(input);
      if (found !== null) return found;
    }
    throw new Error(`no parameter ${input.name}`);
  };
  const { data } = tensor(vocabulary);
  if (!(data instanceof Float32Array)) throw new Error('an embedding that is not float32');
  return { ...about, tensor, embedding: data };
};

export const createCompute = (runtime: Runtime, setup: WorkerSetup): Compute => {
  const { config, valueHead, lora, weights, base } = setup;
  const width = config.hiddenSize;
  const specs = trainedSpecs(config, { lora, valueHead });
  const vocabulary: ParameterInput = { name: EMBEDDING, shape: [config.vocabSize, width] };
  const sessions = sessionCache(runtime, config);

  const copied = (source: Float32Array, of: readonly ParameterSpec[]): Views =>
    viewsOf(runtime, new Float32Array(source), of);
  const own = copied(weights, specs);
  const frozen = base === null ? [] : [copied(base, parameterSpecs(config, { valueHead: false }))];
  const current = modelOf([own, ...frozen], vocabulary, { valueHead, lora });
  let held = 0;

  // Where a graph writes its gradients; what it does not write stays 0.
  const scratch = viewsOf(runtime, new Float32Array(weights.length), specs);
  let wrote: Reach = 'all';
  const gradient = setup.gradients[setup.index];
  const embeddingOffset = specs.find(({ name }) => name === EMBEDDING)?.offset ?? null;
  if (gradient === undefined) throw new Error('a worker without a gradient');

  let other: { readonly id: number; readonly views: Views; readonly model: Model } | null = null;
  const otherModel = ({ id, flat, valueHead: head }: OtherWeights): Model => {
    if (other !== null && other.id === id) return other.model;
    const of = parameterSpecs(config, { valueHead: head });
    const room = other?.views.flat.length === totalSize(of) && other.model.valueHead === head ? other : null;
    if (room === null) {
      const views = copied(flat, of);
      other = { id, views, model: modelOf([views], vocabulary, { valueHead: head, lora: null }) };
    } else {
      room.views.flat.set(flat);
      other = { ...room, id };
    }
    return other.model;
  };

  const run = async (model: Model, shaped: ShapedSession, { shape, rows }: BatchJob): Promise<TokenScores[]> => {
    layOut(shaped.buffers, shape, rows);
    embed(shaped.embedded, model.embedding, width, shape.length, rows);
    const feeds: Record<string, RuntimeTensor> = { ...shaped.feeds };
    for (const input of shaped.graph.parameters) feeds[input.name] = model.tensor(input);
    const fetches: Record<string, RuntimeTensor> = { ...shaped.fetches };
    for (const input of shaped.graph.trained) {
      const target = scratch.tensor(input);
      if (target === null) throw new Error(`no room for the gradient of ${input.name}`);
      fetches[gradientName(input.name)] = target;
    }
    await shaped.session.run(feeds, fetches);
    return scoresOf(shaped, rows);
  };

  return {
    load: (version) => {
      if (version === held) return;
      own.flat.set(weights);
      held = version;
    },
    score: async (batch, given) => {
      const model = given === null ? current : otherModel(given);
      const key: SessionKey = { shape: batch.shape, valueHead: model.valueHead, lora: model.lora, train: null };
      return await run(model, await sessions.take(key), batch);
    },
    accumulate: async (batch, reach) => {
      const entropies = batch.rows.some(({ credit }) => credit?.entropies?.some((value) => value !== 0) ?? false);
      const shaped = await sessions.take({ shape: batch.shape, valueHead, lora, train: { entropies, reach } });
      // A graph that writes fewer gradients than the one before it leaves the others where they are.
      if (reach !== wrote) scratch.flat.fill(0);
      wrote = reach;
      const scores = await run(current, shaped, batch);
      addInto(gradient, scratch.flat);
      if (shaped.embeddedGradient !== null && embeddingOffset !== null) {
        const rows = gradient.subarray(embeddingOffset, embeddingOffset + config.vocabSize * width);
        scatter(rows, shaped.embeddedGradient, width, batch);
      }
      return scores;
    },
    [Symbol.asyncDispose]: () => sessions[Symbol.asyncDispose](),
  };
};

const addInto = (sum: Float32Array, values: Float32Array): void => {
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (values[i] ?? 0);
};

/** Rows of the embedding of each token; 0 where there is padding. */
const embed = (
  target: Float32Array,
  embedding: Float32Array,
  width: number,
  length: number,
  rows: BatchJob['rows'],
): void => {
  target.fill(0);
  for (const [row, { ids }] of rows.entries()) {
    for (let t = 0; t < ids.length; t++) {
      const from = (ids[t] ?? 0) * width;
      target.set(embedding.subarray(from, from + width), (row * length + t) * width);
    }
  }
};

/** Adds each position's gradient to the row of its token. In order, so that the sum is the same every time. */
const scatter = (target: Float32Array, gradient: Float32Array, width: number, { shape, rows }: BatchJob): void => {
  for (const [row, { ids }] of rows.entries()) {
    for (let t = 0; t < ids.length; t++) {
      const to = (ids[t] ?? 0) * width;
      const from = (row * shape.length + t) * width;
      for (let i = 0; i < width; i++) target[to + i] = (target[to + i] ?? 0) + (gradient[from + i] ?? 0);
    }
  }
};

const scoresOf = (shaped: ShapedSession, rows: BatchJob['rows']): TokenScores[] => {
  const { length } = shaped.key.shape;
  const scores = rows.map(({ ids }, row) => ({
    logprobs: new Float32Array(ids.length - 1).fill(Number.NaN),
    entropies: new Float32Array(ids.length - 1).fill(Number.NaN),
    values: shaped.values?.slice(row * length, row * length + ids.length) ?? null,
  }));
  const { scoredAt } = shaped.buffers;
  for (let place = 0; place < scoredAt.length; place++) {
    const at = scoredAt[place] ?? -1;
    if (at < 0) continue;
    const score = scores[Math.floor(at / length)];
    if (score === undefined) continue;
    score.logprobs[at % length] = shaped.logprobs[place] ?? Number.NaN;
    score.entropies[at % length] = shaped.entropies[place] ?? Number.NaN;
  }
  return scores;
};
