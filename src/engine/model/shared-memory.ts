/**
 * Shared memory, handed out again. The garbage collector does not count it: a program that takes 11 MB for each new set of
 * weights and makes little other garbage would hold a gigabyte before a collection comes. So what has an owner with an end
 * is given back here. Buffers that wait are held weakly: a collection may have them.
 */
const waiting = new Map<number, WeakRef<Float32Array<SharedArrayBuffer>>[]>();

/** Zeros. */
export const sharedFloats = (length: number): Float32Array<SharedArrayBuffer> => {
  const refs = waiting.get(length) ?? [];
  for (let ref = refs.pop(); ref !== undefined; ref = refs.pop()) {
    const floats = ref.deref();
    if (floats !== undefined) return floats.fill(0);
  }
  waiting.delete(length);
  return new Float32Array(new SharedArrayBuffer(length * Float32Array.BYTES_PER_ELEMENT));
};

/** The caller, and every thread that it gave the buffer to, will not touch it again. For whole buffers only. */
export const giveBack = (floats: Float32Array<SharedArrayBuffer>): void => {
  const refs = waiting.get(floats.length) ?? [];
  if (refs.some((ref) => ref.deref() === floats)) throw new Error('a buffer was given back twice');
  refs.push(new WeakRef(floats));
  waiting.set(floats.length, refs);
};
