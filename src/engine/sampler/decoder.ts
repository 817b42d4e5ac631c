import type { Weights } from '../model/weights.ts';
import type { Runtime, RuntimeTensor, Session } from '../onnx/session.ts';
import { FLOW, firstGraph, lastGraph, middleGraph, NEXT } from './graphs.ts';
import type { RowCache } from './row-cache.ts';

/** The model over a `RowCache`: reads prompts, and gives the distribution of each row's next token. */
export interface Decoder {
  /** Reads `count` ids from `ids[start]` on, which stand at positions from `start`, into a row whose cache holds `start`. */
  read(cache: RowCache, row: number, ids: Int32Array, start: number, count: number): Promise<void>;
  /** The next tokens of each row, and what follows each of them. */
  step(cache: RowCache, given: StepTokens, temperatures: Float64Array | null): Promise<Distribution>;
  close(): Promise<void>;
}

/** Tokens of rows 0 to `rows` - 1, `tokens` places for each. Places that a row does not need are not read. */
export interface StepTokens {
  readonly rows: number;
  readonly tokens: number;
  /** By row: how many of its places are used (at least 1), and the position of the first. */
  readonly counts: Int32Array;
  readonly positions: Int32Array;
  /** [rows, tokens] */
  readonly ids: Int32Array;
}

/** Both [rows, tokens, vocabSize], unnormalised, greatest 1 in each line. */
export interface Distribution {
  /** At temperature 1. */
  readonly odds: Float32Array;
  /**
   * At the row's temperature; the same array as `odds` where `temperatures` was null: every row has 1. Greedy (temperature
   * 0) leaves 1 at the most probable tokens, else 0.
   */
  readonly tempered: Float32Array;
}

/** So sharp that only what equals the greatest logit keeps any probability: two float32 logits differ by far more. */
const GREEDY = 1e9;
/** Sharper would be no float32 any more, and 0 times it no number. */
const SHARPEST = 3e38;
const HIDDEN = Number.NEGATIVE_INFINITY;

/** Int64 tensors are written through their low words: BigInts would be allocated, and every number here is small. */
interface Int64s {
  readonly tensor: RuntimeTensor;
  readonly words: Int32Array;
}

const int64s = (runtime: Runtime, shape: readonly [number, number]): Int64s => {
  const data = new BigInt64Array(shape[0] * shape[1]);
  return { tensor: runtime.tensor(data, shape), words: new Int32Array(data.buffer) };
};

/** The inputs of a shape: made once and written at each step while neither rows nor width change. */
interface Shape {
  readonly rows: number;
  readonly tokens: number;
  readonly width: number;
  readonly ids: Int64s;
  readonly positions: Int64s;
  readonly mask: Float32Array;
  readonly maskTensor: RuntimeTensor;
  readonly sharpness: Float32Array;
  readonly sharpnessTensor: RuntimeTensor;
  /** By layer. */
  readonly keys: readonly RuntimeTensor[];
  readonly values: readonly RuntimeTensor[];
  /** What the key tensors are views of: the cache may have moved. */
  readonly source: Float32Array | undefined;
}

const floatsOf = (tensor: RuntimeTensor | undefined): Float32Array => {
  if (tensor?.data instanceof Float32Array) return tensor.data;
  throw new Error('a session gave no float32 output');
};

const item = <T>(items: readonly T[], index: number): T => {
  const found = items[index];
  if (found === undefined) throw new Error(`no session or layer ${index}`);
  return found;
};

const OUTPUTS = {
  [NEXT + FLOW.stream]: null,
  [NEXT + FLOW.queryKey]: null,
  [NEXT + FLOW.value]: null,
} as const;

/** `positions`: the most that a row may hold. */
export const openDecoder = async (runtime: Runtime, weights: Weights, positions: number): Promise<Decoder> => {
  const { config } = weights;
  const { layers, kvHeads, headSize } = config;
  const open = (bytes: Uint8Array): Promise<Session> => runtime.open(bytes);
  const sessions: Session[] = [await open(firstGraph(weights, positions))];
  for (let layer = 0; layer + 1 < layers; layer++) sessions.push(await open(middleGraph(weights, layer, positions)));
  const last = await open(lastGraph(weights, false));
  // Opened when first asked for: most runs sample at temperature 1 only.
  let temperedLast: Promise<Session> | null = null;

  const shapeOf = (cache: RowCache, firstRow: number, rows: number, tokens: number): Shape => {
    const { width } = cache;
    const rowSize = kvHeads * headSize * width;
    const part = (data: Float32Array): Float32Array => data.subarray(firstRow * rowSize, (firstRow + rows) * rowSize);
    const mask = new Float32Array(rows * tokens * width);
    const sharpness = new Float32Array(rows);
    return {
      rows,
      tokens,
      width,
      ids: int64s(runtime, [rows, tokens]),
      positions: int64s(runtime, [rows, tokens]),
      mask,
      maskTensor: runtime.tensor(mask, [rows, 1, 1, tokens, width]),
      sharpness,
      sharpnessTensor: runtime.tensor(sharpness, [rows, 1, 1]),
      keys: cache.keys.map((data) => runtime.tensor(part(data), [rows, kvHeads, headSize, width])),
      values: cache.values.map((data) => runtime.tensor(part(data), [rows, kvHeads, width, headSize])),
      source: cache.keys[0],
    };
  };

  /** Runs up to the query, key and value of the last layer, writing every layer's into the cache. */
  const through = async (
    shape: Shape,
    write: (layer: number, queryKey: Float32Array, value: Float32Array) => void,
  ): Promise<Readonly<Record<string, RuntimeTensor>>> => {
    let given = await item(sessions, 0).run(
      { [FLOW.ids]: shape.ids.tensor, [FLOW.positions]: shape.positions.tensor },
      OUTPUTS,
    );
    for (let layer = 0; layer < layers; layer++) {
      write(layer, floatsOf(given[NEXT + FLOW.queryKey]), floatsOf(given[NEXT + FLOW.value]));
      if (layer + 1 === layers) break;
      const feeds = { ...attentionFeeds(shape, layer, given), [FLOW.positions]: shape.positions.tensor };
      given = await item(sessions, layer + 1).run(feeds, OUTPUTS);
    }
    return given;
  };

  const attentionFeeds = (
    shape: Shape,
    layer: number,
    given: Readonly<Record<string, RuntimeTensor>>,
  ): Record<string, RuntimeTensor> => {
    const stream = given[NEXT + FLOW.stream];
    const queryKey = given[NEXT + FLOW.queryKey];
    if (stream === undefined || queryKey === undefined) throw new Error('a session gave no stream');
    return {
      [FLOW.stream]: stream,
      [FLOW.queryKey]: queryKey,
      [FLOW.keyCache]: item(shape.keys, layer),
      [FLOW.valueCache]: item(shape.values, layer),
      [FLOW.mask]: shape.maskTensor,
    };
  };

  let current: Shape | null = null;
  const stepShape = (cache: RowCache, rows: number, tokens: number): Shape => {
    const known = current?.rows === rows && current.tokens === tokens;
    const fits = known && current?.width === cache.width && current.source === cache.keys[0];
    if (current === null || !fits) current = shapeOf(cache, 0, rows, tokens);
    return current;
  };

  return {
    read: async (cache, row, ids, start, count) => {
      const shape = shapeOf(cache, row, 1, count);
      const { width, mask } = shape;
      for (let s = 0; s < count; s++) {
        shape.ids.words[2 * s] = ids[start + s] ?? 0;
        shape.positions.words[2 * s] = start + s;
        mask.fill(HIDDEN, s * width + start + s + 1, (s + 1) * width);
      }
      await through(shape, (layer, queryKey, value) => {
        cache.write(layer, row, start, count, 0, { queryKey, value });
      });
    },
    step: async (cache, { rows, tokens, counts, positions: positionsOfRows, ids }, temperatures) => {
      const shape = stepShape(cache, rows, tokens);
      const { width, mask } = shape;
      for (let row = 0; row < rows; row++) {
        const count = counts[row] ?? 1;
        for (let s = 0; s < tokens; s++) {
          const place = row * tokens + s;
          // A place that is not used repeats the last that is, and is not written to the cache.
          const used = Math.min(s, count - 1);
          const position = (positionsOfRows[row] ?? 0) + used;
          shape.ids.words[2 * place] = ids[row * tokens + used] ?? 0;
          shape.positions.words[2 * place] = position;
          mask.fill(0, place * width, place * width + position + 1);
          mask.fill(HIDDEN, place * width + position + 1, (place + 1) * width);
        }
      }
      const given = await through(shape, (layer, queryKey, value) => {
        const fresh = { queryKey, value };
        for (let row = 0; row < rows; row++)
          cache.write(layer, row, positionsOfRows[row] ?? 0, counts[row] ?? 1, row * tokens, fresh);
      });
      const feeds = attentionFeeds(shape, layers - 1, given);
      if (temperatures === null) {
        const odds = floatsOf((await last.run(feeds, { [FLOW.odds]: null }))[FLOW.odds]);
        return { odds, tempered: odds };
      }
      for (let row = 0; row < rows; row++) {
        const temperature = temperatures[row] ?? 1;
        shape.sharpness[row] = temperature === 0 ? GREEDY : Math.min(SHARPEST, 1 / temperature);
      }
      temperedLast ??= open(lastGraph(weights, true));
      const fetched = await (await temperedLast).run(
        { ...feeds, [FLOW.sharpness]: shape.sharpnessTensor },
        { [FLOW.odds]: null, [FLOW.temperedOdds]: null },
      );
      return { odds: floatsOf(fetched[FLOW.odds]), tempered: floatsOf(fetched[FLOW.temperedOdds]) };
    },
    close: async () => {
      for (const session of sessions) await session.close();
      await last.close();
      if (temperedLast !== null) await (await temperedLast).close();
    },
  };
};
