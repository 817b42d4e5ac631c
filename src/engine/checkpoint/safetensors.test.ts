import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SubterfugeError } from '../../base/errors.ts';
import type { Dtype } from './header.ts';
import { decodeNumbers } from './numbers.ts';
import { type NamedTensor, readSafetensors, writeSafetensors } from './safetensors.ts';

let base = '';
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'subterfuge-safetensors-'));
});
afterAll(async () => {
  await rm(base, { recursive: true, force: true });
});

const float32 = fc.float({ noNaN: true });
const tensors: fc.Arbitrary<NamedTensor[]> = fc
  .uniqueArray(
    fc.string({ minLength: 1, unit: 'binary' }).filter((name) => name !== '__metadata__' && name.isWellFormed()),
    {
      maxLength: 5,
    },
  )
  .chain((names) =>
    fc.tuple(
      ...names.map((name) =>
        fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }).chain((shape) => {
          const length = shape.reduce((a, b) => a * b, 1);
          return fc
            .array(float32, { minLength: length, maxLength: length })
            .map((data) => ({ name, shape, data: Float32Array.from(data) }));
        }),
      ),
    ),
  );

const read = async (path: string): Promise<Map<string, { shape: readonly number[]; data: Float32Array }>> => {
  const found = new Map<string, { shape: readonly number[]; data: Float32Array }>();
  await readSafetensors(path, ({ name, shape }) => {
    const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
    found.set(name, { shape, data });
    return data;
  });
  return found;
};

describe('a safetensors file', () => {
  it('gives back what was written, and its hash', async () => {
    const path = join(base, 'round');
    await fc.assert(
      fc.asyncProperty(tensors, async (given) => {
        const hash = await writeSafetensors(path, given);
        expect(hash).toBe(
          createHash('sha256')
            .update(await readFile(path))
            .digest('hex'),
        );
        expect((await readSafetensors(path, () => null)).sha256).toBe(hash);
        const found = await read(path);
        expect(found.size).toBe(given.length);
        for (const { name, shape, data } of given) expect(found.get(name)).toEqual({ shape, data });
      }),
      { numRuns: 60 },
    );
  });

  it('is written from shared memory, and larger than one chunk', async () => {
    const path = join(base, 'large');
    const data = new Float32Array(new SharedArrayBuffer(4 * 2_500_001)).map((_, i) => i);
    await writeSafetensors(path, [
      { name: 'odd', shape: [3], data: Float32Array.of(1, 2, 3) },
      { name: 'a', shape: [data.length], data },
    ]);
    expect((await read(path)).get('a')?.data).toEqual(new Float32Array(data));
  });

  it('that was spoilt is an error and never another tensor', async () => {
    const path = join(base, 'spoilt');
    await fc.assert(
      fc.asyncProperty(
        tensors,
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        fc.constantFrom('flip', 'cut', 'grow'),
        async (given, at, bits, how) => {
          await writeSafetensors(path, given);
          const bytes = new Uint8Array(await readFile(path));
          const place = at % bytes.length;
          const flipped = bytes.map((byte, i) => (i === place ? byte ^ bits : byte));
          const spoilt = { flip: flipped, cut: bytes.subarray(0, place), grow: Uint8Array.of(...bytes, bits) }[how];
          await writeFile(path, spoilt);
          try {
            const found = await read(path);
            // What is read all the same differs in names alone, which the loader of a checkpoint refuses, or in nothing.
            const originals = given.map(({ shape, data }) => JSON.stringify([shape, [...data]]));
            for (const { shape, data } of found.values())
              expect(originals).toContain(JSON.stringify([shape, [...data]]));
          } catch (thrown) {
            if (!(thrown instanceof SubterfugeError)) throw thrown;
            expect(thrown.exitCode).toBe(2);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  const file = async (name: string, header: unknown, data: Uint8Array): Promise<string> => {
    const json = new TextEncoder().encode(JSON.stringify(header));
    const prefix = new Uint8Array(8);
    new DataView(prefix.buffer).setBigUint64(0, BigInt(json.length), true);
    const path = join(base, name);
    await writeFile(path, Buffer.concat([prefix, json, data]));
    return path;
  };
  const one = (dtype: string, shape: number[], from: number, to: number) => ({
    a: { dtype, shape, data_offsets: [from, to] },
  });

  it.each([
    ['an unknown dtype', one('I8', [4], 0, 4), 4, 'unknown-dtype', 'I8'],
    ['a shape that is not its length', one('F32', [2], 0, 4), 4, 'bad-checkpoint', 'not as long as its shape'],
    ['a gap', one('F32', [1], 4, 8), 8, 'bad-checkpoint', 'gap'],
    [
      'an overlap',
      { ...one('F32', [1], 0, 4), b: { dtype: 'F32', shape: [1], data_offsets: [2, 6] } },
      6,
      'bad-checkpoint',
      'overlaps',
    ],
    ['offsets beyond the end', one('F32', [2], 0, 8), 4, 'bad-checkpoint', 'cut short'],
    ['bytes behind the end', one('F32', [1], 0, 4), 8, 'bad-checkpoint', 'goes on'],
    ['negative offsets', one('F32', [1], -4, 0), 0, 'bad-checkpoint', 'not described'],
    ['no object', [1], 0, 'bad-checkpoint', 'not a JSON object'],
  ])('with %s is refused', async (name, header, bytes, code, what) => {
    const path = await file(name, header, new Uint8Array(bytes));
    await expect(read(path)).rejects.toMatchObject({ code, exitCode: 2, message: expect.stringContaining(what) });
  });

  it.each([
    ['empty', [], 'too short'],
    ['a header of 2^63 bytes', [0, 0, 0, 0, 0, 0, 0, 0x80, 1, 2], 'impossible length'],
    ['a header longer than the file', [99, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d], 'ends inside its header'],
  ])('that is %s is refused', async (name, bytes, what) => {
    const path = join(base, name);
    await writeFile(path, Uint8Array.from(bytes));
    await expect(read(path)).rejects.toMatchObject({ code: 'bad-checkpoint', message: expect.stringContaining(what) });
  });

  it('whose tensor has another size than its target is refused', async () => {
    const path = await file('resized', one('F32', [2], 0, 8), new Uint8Array(8));
    for (const length of [1, 3]) {
      await expect(readSafetensors(path, () => new Float32Array(length))).rejects.toMatchObject({
        code: 'bad-checkpoint',
        exitCode: 2,
        given: '2 numbers',
        allowed: `${length} numbers`,
      });
    }
  });

  it('that is not there is unreadable', async () => {
    await expect(read(join(base, 'nowhere'))).rejects.toMatchObject({ code: 'unreadable', exitCode: 2 });
  });
});

describe('numbers of 16 bits', () => {
  const decoded = (dtype: Dtype, words: number[]): number[] => {
    const target = new Float32Array(words.length);
    decodeNumbers(dtype, new Uint8Array(Uint16Array.from(words).buffer), target);
    return [...target];
  };

  it('of half precision are exact', () => {
    const words = [0x0000, 0x8000, 0x3c00, 0xc000, 0x7bff, 0x0001, 0x03ff, 0x0400, 0x3555, 0x7c00, 0xfc00];
    const third = (1 + 0x155 / 1024) / 4;
    expect(decoded('F16', words)).toEqual([
      0,
      -0,
      1,
      -2,
      65504,
      2 ** -24,
      1023 * 2 ** -24,
      2 ** -14,
      third,
      Infinity,
      -Infinity,
    ]);
    expect(decoded('F16', [0x7e00])[0]).toBeNaN();
  });

  it('of bfloat16 are the upper half of float32', () => {
    fc.assert(
      fc.property(float32, (value) => {
        const bits = new Uint32Array(Float32Array.of(value).buffer)[0] ?? 0;
        const cut = new Float32Array(Uint32Array.of((bits & 0xffff0000) >>> 0).buffer)[0];
        expect(decoded('BF16', [bits >>> 16])[0]).toBe(cut);
      }),
    );
  });
});
