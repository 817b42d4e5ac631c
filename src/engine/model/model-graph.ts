import {
  add,
  compile,
  type GraphBuilder,
  gradients,
  graph,
  matMul,
  mul,
  reduceSum,
  reshape,
  tokenScores,
  type Value,
} from '../graph/index.ts';
import type { ModelConfig } from './config.ts';
import { decoder, type ParameterSource } from './decoder.ts';
import { type Lora, loraSpecs } from './lora.ts';
import { EMBEDDING, OUTPUT, VALUE_BIAS, VALUE_WEIGHT } from './parameters.ts';
import { selectRows } from './select.ts';

/** The static sizes of one graph. */
export interface BatchShape {
  /** Sequences. */
  readonly rows: number;
  /** Positions of each, padding included. */
  readonly length: number;
  /** Places at which the next token is scored: at most `rows * length`. */
  readonly scored: number;
}

export interface ModelGraphOptions {
  readonly config: ModelConfig;
  readonly shape: BatchShape;
  readonly valueHead: boolean;
  readonly lora: Lora | null;
  /** Null: forward only. */
  readonly train: TrainOptions | null;
}

/** What a loss is let reach: everything that is trained, or the value head alone, as over a detached trunk. */
export type Reach = 'all' | 'value-head';

export interface TrainOptions {
  /** Whether the loss depends on entropies. Where it does not, the backward pass over the vocabulary is shorter. */
  readonly entropies: boolean;
  readonly reach: Reach;
}

/** A parameter, or neighbours in the flat buffer that begin with it, as one input of the graph. */
export interface ParameterInput {
  readonly name: string;
  readonly shape: readonly number[];
}

/**
 * One ONNX model. With N = rows * length, S = scored, D = hidden size, its inputs beside the parameters are
 * `embedded` [N, D], the embedding of each token; `targets` [S] int64, the next tokens; where S < N, `positions` [S] int64
 * and `inverse` [N] int64 as in `selectRows` (else place n is position n); for training the derivatives of the loss
 * `creditLogprobs` [S] (not where the value head alone is reached), `creditEntropies` [S] where it depends on them, and
 * `creditValues` [N]. Outputs: `logprobs` [S], `entropies` [S], `values` [N] with a value head, and for training
 * `gradient:NAME` for each of `trained`, and `gradient:embedded` where the embedding is trained: the caller adds its rows
 * to the embedding's gradient.
 */
export interface ModelGraph {
  readonly bytes: Uint8Array;
  readonly parameters: readonly ParameterInput[];
  readonly trained: readonly ParameterInput[];
  readonly embeddingTrained: boolean;
}

export const gradientName = (name: string): string => `gradient:${name}`;
export const EMBEDDED = 'embedded';

interface Inputs {
  readonly source: ParameterSource;
  readonly parameters: Map<string, Value>;
}

const parameterInputs = (on: GraphBuilder): Inputs => {
  const parameters = new Map<string, Value>();
  const source: ParameterSource = (name, shape) => {
    const value = parameters.get(name) ?? on.input(name, shape);
    parameters.set(name, value);
    return value;
  };
  return { source, parameters };
};

/** The loss is linear in what the model says, so that every algorithm is the numbers it multiplies with. */
const lossOf = (on: GraphBuilder, said: readonly { readonly name: string; readonly value: Value }[]): Value => {
  const terms = said.map(({ name, value }) => reduceSum(mul(on.input(name, value.shape), value), [0]));
  return terms.reduce((sum, term) => add(sum, term));
};

export const modelGraph = ({ config, shape, valueHead, lora, train }: ModelGraphOptions): ModelGraph => {
  const { rows, length, scored } = shape;
  const { hiddenSize, vocabSize } = config;
  const positions = rows * length;
  const on = graph();
  const { source, parameters } = parameterInputs(on);
  const embedded = on.input(EMBEDDED, [positions, hiddenSize]);
  const hidden = decoder(on, source, embedded, { config, rows, length, lora });
  const read =
    scored === positions
      ? hidden
      : selectRows(hidden, on.input('positions', [scored], 'int64'), on.input('inverse', [positions], 'int64'));
  const output = source(config.tiedEmbeddings ? EMBEDDING : OUTPUT, [vocabSize, hiddenSize]);
  const targets = on.input('targets', [scored], 'int64');
  const { logprobs, entropies } = tokenScores(matMul(read, output, { transposeB: true }), targets);
  const values = valueHead ? valuesOf(source, hidden, hiddenSize) : null;
  const said = { logprobs, entropies, ...(values === null ? {} : { values }) };
  const inputs = (): ParameterInput[] => [...parameters].map(([name, { shape: of }]) => ({ name, shape: of }));
  if (train === null) return { bytes: compile(on, said), parameters: inputs(), trained: [], embeddingTrained: false };

  const isHeadAlone = train.reach === 'value-head';
  const loss = lossOf(on, [
    ...(isHeadAlone ? [] : [{ name: 'creditLogprobs', value: logprobs }]),
    ...(train.entropies ? [{ name: 'creditEntropies', value: entropies }] : []),
    ...(values === null ? [] : [{ name: 'creditValues', value: values }]),
  ]);
  const adapters = lora === null ? null : new Set(loraSpecs(config, lora).map(({ name }) => name));
  const trained = [...parameters].filter(
    ([name]) =>
      name === VALUE_WEIGHT || name === VALUE_BIAS || (!isHeadAlone && (adapters === null || adapters.has(name))),
  );
  const embeddingTrained = adapters === null && !isHeadAlone;
  const wanted = embeddingTrained ? [...trained, [EMBEDDED, embedded] as const] : trained;
  const found = gradients(
    on,
    loss,
    wanted.map(([, value]) => value),
  );
  const outputs: Record<string, Value> = { ...said };
  for (const [index, [name]] of wanted.entries()) {
    const gradient = found[index];
    if (gradient !== undefined) outputs[gradientName(name)] = gradient;
  }
  return {
    bytes: compile(on, outputs),
    parameters: inputs(),
    trained: trained.map(([name, value]) => ({ name, shape: value.shape })),
    embeddingTrained,
  };
};

const valuesOf = (source: ParameterSource, hidden: Value, hiddenSize: number): Value => {
  const column = matMul(hidden, source(VALUE_WEIGHT, [1, hiddenSize]), { transposeB: true });
  return reshape(add(column, source(VALUE_BIAS, [1])), [hidden.shape[0] ?? 0]);
};
