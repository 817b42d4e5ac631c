import { beforeAll, describe, expect, test } from 'vitest';
import { SHIPPED_SHAPE } from '../model/shipped-shape.contract.ts';
import { randomWeights, TINY } from '../model/tiny.contract.ts';
import { onnxRuntime, type Runtime } from '../onnx/session.ts';
import { openDecoder } from './decoder.ts';
import { type RowCache, rowCache } from './row-cache.ts';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await onnxRuntime();
});

const LENGTH = 70;
const ids = Int32Array.from({ length: LENGTH }, (_, i) => (i * 37 + 11) % TINY.vocabSize);
/** How many numbers are not equal to the bit. */
const different = (a: Float32Array, b: Float32Array): number => {
  expect(a.length).toBe(b.length);
  return a.reduce((count, value, index) => count + (Object.is(value, b[index]) ? 0 : 1), 0);
};

const MODELS = [
  ['groups of three heads', {}],
  ['one key head for each query head', { kvHeads: 6 }],
  ['one key head for all', { kvHeads: 1 }],
  ['an output projection of its own', { tiedEmbeddings: false, vocabSize: 301 }],
  ['one layer', { layers: 1 }],
  ['the sizes of the shipped model', SHIPPED_SHAPE],
] as const;

describe.each(MODELS)('with %s', (_name, change) => {
  const weights = randomWeights(change, '1');
  const { config } = weights;

  /** Reads the ids in pieces, then gives what follows the last of them; neighbours run beside it. */
  const run = async (
    pieces: readonly number[],
    options: { width?: number; rows?: number; row?: number; stepped?: boolean } = {},
  ) => {
    const { width = 64, rows = 1, row = 0, stepped = false } = options;
    const cache: RowCache = rowCache(config, rows);
    cache.fit(width, rows);
    const decoder = await openDecoder(runtime, weights, config.contextLength);
    const positions = new Int32Array(rows);
    const next = new Int32Array(rows);
    for (let other = 0; other < rows; other++) {
      if (other === row) continue;
      const length = 5 + 9 * other;
      await decoder.read(cache, other, ids, 0, length);
      positions[other] = length;
      next[other] = other;
    }
    let at = 0;
    let odds = new Float32Array();
    for (const piece of [...pieces, 1]) {
      cache.fit(Math.max(width, at + piece, ...positions) + 1, rows);
      if (piece > 1 && !stepped) await decoder.read(cache, row, ids, at, piece);
      else {
        positions[row] = at;
        const counts = new Int32Array(rows).fill(1);
        counts[row] = piece;
        const fed = new Int32Array(rows * piece);
        for (let other = 0; other < rows; other++) fed[other * piece] = next[other] ?? 0;
        fed.set(ids.subarray(at, at + piece), row * piece);
        const given = await decoder.step(cache, { rows, tokens: piece, counts, positions, ids: fed }, null);
        const place = (row + 1) * piece - 1;
        odds = given.odds.slice(place * config.vocabSize, (place + 1) * config.vocabSize);
        for (let other = 0; other < rows; other++) if (other !== row) positions[other] = (positions[other] ?? 0) + 1;
      }
      at += piece;
    }
    await decoder.close();
    return { odds, cache: cache.pack(row, at) };
  };

  test('a row has the same bits read at once, in pieces or token by token, alone or not, in any width', async () => {
    const whole = await run([LENGTH - 1]);
    expect(new Set(whole.odds).size).toBeGreaterThan(config.vocabSize / 2);
    const ones = Array.from({ length: LENGTH - 1 }, () => 1);
    const others = [
      await run(ones),
      await run([20, 2, 47]),
      await run([1, 1, 33, 1, 33]),
      await run(ones, { rows: 5, row: 2 }),
      await run([30, ...ones.slice(30)], { rows: 9, row: 8, width: 300 }),
      await run([2, 1, 3, 2, 61], { rows: 5, row: 2, stepped: true }),
    ];
    expect(others.map(({ odds }) => different(odds, whole.odds))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(others.map(({ cache }) => different(cache, whole.cache))).toEqual([0, 0, 0, 0, 0, 0]);
  });
});
