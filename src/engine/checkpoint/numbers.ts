import type { Dtype } from './header.ts';

/** IEEE half precision in the bits of a 16-bit integer. */
const fromHalf = (bits: number): number => {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
};

let halves: Float32Array | null = null;
/** All 65,536 of them: a look-up is far quicker than the arithmetic. */
const halfTable = (): Float32Array => {
  halves ??= Float32Array.from({ length: 0x1_0000 }, (_, bits) => fromHalf(bits));
  return halves;
};

/** Little-endian numbers of one type, as float32. `bytes` holds exactly `target.length` of them. Exact. */
export const decodeNumbers = (dtype: Dtype, bytes: Uint8Array, target: Float32Array): void => {
  switch (dtype) {
    case 'F32':
      new Uint8Array(target.buffer, target.byteOffset, target.byteLength).set(bytes);
      return;
    case 'BF16': {
      const words = new Uint32Array(target.buffer, target.byteOffset, target.length);
      for (let i = 0; i < words.length; i++) {
        words[i] = (((bytes[2 * i + 1] ?? 0) << 24) | ((bytes[2 * i] ?? 0) << 16)) >>> 0;
      }
      return;
    }
    case 'F16': {
      const table = halfTable();
      for (let i = 0; i < target.length; i++) {
        target[i] = table[((bytes[2 * i + 1] ?? 0) << 8) | (bytes[2 * i] ?? 0)] ?? Number.NaN;
      }
      return;
    }
  }
};
