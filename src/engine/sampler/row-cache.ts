import type { ModelConfig } from '../model/config.ts';

/**
 * Keys and values of the rows of a batch. One position axis serves all rows: its width is a multiple of 32 and follows
 * the longest row, since a product over the cache costs by its width. What no token was written to is 0: a mask gives it
 * probability 0, and 0 times what an earlier row left (it could be NaN) is not always 0.
 */
export interface RowCache {
  readonly width: number;
  /** By layer: [rows, kvHeads, headSize, width], of which the first rows are in use. */
  readonly keys: readonly Float32Array[];
  /** By layer: [rows, kvHeads, width, headSize]. */
  readonly values: readonly Float32Array[];
  /** Makes the width enough for `positions`, or smaller if much less will do. Keeps rows 0 to `rows` - 1. True: it changed. */
  fit(positions: number, rows: number): boolean;
  /** Empties a row. */
  clear(row: number): void;
  /** Copies the first `length` positions of a row to a cleared row. */
  copy(from: number, to: number, length: number): void;
  /** A whole row takes the place of another. */
  move(from: number, to: number): void;
  /** Writes what a session gave for `count` tokens of a row, which stand at `token` and after, at positions from `position`. */
  write(layer: number, row: number, position: number, count: number, token: number, given: NewKeyValues): void;
  /** The first `length` positions of a row, packed. */
  pack(row: number, length: number): Float32Array;
  /** Puts `length` of the `packedLength` packed positions into a cleared row. */
  unpack(packed: Float32Array, packedLength: number, row: number, length: number): void;
}

/** As the sessions give them: [tokens, (heads + kvHeads) * headSize] and [tokens, kvHeads * headSize]. */
export interface NewKeyValues {
  readonly queryKey: Float32Array;
  readonly value: Float32Array;
}

/** What is masked costs a softmax twice what is not, and each change of the width moves the whole cache. */
const STEP = 32;
const roundUp = (positions: number): number => Math.max(1, Math.ceil(positions / STEP)) * STEP;

/** Gives every line another length in the same buffer; what is added is 0. */
const relay = (data: Float32Array, lines: number, from: number, to: number): void => {
  if (to < from) {
    for (let line = 1; line < lines; line++) data.copyWithin(line * to, line * from, line * from + to);
    return;
  }
  for (let line = lines - 1; line >= 0; line--) {
    data.copyWithin(line * to, line * from, (line + 1) * from);
    data.fill(0, line * to + from, (line + 1) * to);
  }
};

export const rowCache = (config: ModelConfig, maxRows: number): RowCache => {
  const { layers, heads, kvHeads, headSize } = config;
  const perPosition = kvHeads * headSize;
  const queryWidth = heads * headSize;
  const tokenWidth = queryWidth + perPosition;
  let width = STEP;
  const buffers = (): Float32Array[] =>
    Array.from({ length: layers }, () => new Float32Array(maxRows * perPosition * width));
  let keys = buffers();
  let values = buffers();
  const rowSize = (): number => perPosition * width;

  const grown = (data: Float32Array, rows: number, to: number): Float32Array => {
    if (maxRows * perPosition * to <= data.length) return data;
    const larger = new Float32Array(maxRows * perPosition * to);
    larger.set(data.subarray(0, rows * rowSize()));
    return larger;
  };

  const setWidth = (to: number, rows: number): void => {
    keys = keys.map((data) => grown(data, rows, to));
    values = values.map((data) => grown(data, rows, to));
    for (const data of keys) relay(data, rows * perPosition, width, to);
    for (const data of values) relay(data, rows * kvHeads, width * headSize, to * headSize);
    width = to;
  };

  const at = (buffersOf: readonly Float32Array[], layer: number): Float32Array => {
    const buffer = buffersOf[layer];
    if (buffer === undefined) throw new Error(`no layer ${layer}`);
    return buffer;
  };

  return {
    get width() {
      return width;
    },
    get keys() {
      return keys;
    },
    get values() {
      return values;
    },
    fit: (positions, rows) => {
      const wanted = roundUp(positions);
      // Room that may be wanted again at once is kept.
      if (wanted === width || (wanted < width && wanted > width - 2 * STEP)) return false;
      setWidth(wanted, rows);
      return true;
    },
    clear: (row) => {
      for (const data of keys) data.fill(0, row * rowSize(), (row + 1) * rowSize());
      for (const data of values) data.fill(0, row * rowSize(), (row + 1) * rowSize());
    },
    copy: (from, to, length) => {
      for (const data of keys) {
        for (let line = 0; line < perPosition; line++) {
          const start = (from * perPosition + line) * width;
          data.copyWithin((to * perPosition + line) * width, start, start + length);
        }
      }
      for (const data of values) {
        for (let head = 0; head < kvHeads; head++) {
          const start = (from * kvHeads + head) * width * headSize;
          data.copyWithin((to * kvHeads + head) * width * headSize, start, start + length * headSize);
        }
      }
    },
    move: (from, to) => {
      for (const data of keys) data.copyWithin(to * rowSize(), from * rowSize(), (from + 1) * rowSize());
      for (const data of values) data.copyWithin(to * rowSize(), from * rowSize(), (from + 1) * rowSize());
    },
    write: (layer, row, position, count, token, { queryKey, value }) => {
      const keyData = at(keys, layer);
      const valueData = at(values, layer);
      for (let s = 0; s < count; s++) {
        const keyFrom = (token + s) * tokenWidth + queryWidth;
        const valueFrom = (token + s) * perPosition;
        const place = position + s;
        for (let line = 0; line < perPosition; line++) {
          keyData[(row * perPosition + line) * width + place] = queryKey[keyFrom + line] ?? 0;
        }
        for (let head = 0; head < kvHeads; head++) {
          const to = ((row * kvHeads + head) * width + place) * headSize;
          const from = valueFrom + head * headSize;
          for (let i = 0; i < headSize; i++) valueData[to + i] = value[from + i] ?? 0;
        }
      }
    },
    pack: (row, length) => {
      const packed = new Float32Array(2 * layers * perPosition * length);
      let offset = 0;
      for (const data of keys) {
        for (let line = 0; line < perPosition; line++) {
          const start = (row * perPosition + line) * width;
          for (let i = 0; i < length; i++) packed[offset + i] = data[start + i] ?? 0;
          offset += length;
        }
      }
      for (const data of values) {
        for (let head = 0; head < kvHeads; head++) {
          const start = (row * kvHeads + head) * width * headSize;
          packed.set(data.subarray(start, start + length * headSize), offset);
          offset += length * headSize;
        }
      }
      return packed;
    },
    unpack: (packed, packedLength, row, length) => {
      let offset = 0;
      for (const data of keys) {
        for (let line = 0; line < perPosition; line++) {
          const start = (row * perPosition + line) * width;
          for (let i = 0; i < length; i++) data[start + i] = packed[offset + i] ?? 0;
          offset += packedLength;
        }
      }
      for (const data of values) {
        for (let head = 0; head < kvHeads; head++) {
          const start = (row * kvHeads + head) * width * headSize;
          data.set(packed.subarray(offset, offset + length * headSize), start);
          offset += packedLength * headSize;
        }
      }
    },
  };
};
