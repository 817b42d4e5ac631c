import { expect, test } from 'vitest';
import { parameterSpecs, totalSize } from './parameters.ts';
import { sharedFloats } from './shared-memory.ts';
import { TINY } from './tiny.contract.ts';
import { weightsOf } from './weights.ts';

test('tensors of one’s own are written to the views of one buffer, in the order of their specs', () => {
  const options = { valueHead: true };
  const weights = weightsOf(TINY, options);
  let at = 0;
  for (const { data } of weights.tensors.values()) data.fill(++at);
  for (const [index, { name, offset, size, shape }] of parameterSpecs(TINY, options).entries()) {
    expect(weights.flat[offset], name).toBe(index + 1);
    expect(weights.flat[offset + size - 1], name).toBe(index + 1);
    expect(weights.tensors.get(name)?.shape).toEqual(shape);
  }
});

test('a buffer of another length is bad input', () => {
  const length = totalSize(parameterSpecs(TINY, { valueHead: false }));
  expect(() => weightsOf(TINY, { valueHead: false }, sharedFloats(length - 1))).toThrow(
    expect.objectContaining({ code: 'bad-weights', exitCode: 2, given: `${length - 1} numbers` }),
  );
});
