import { expect, test } from 'vitest';
import { encodeModel } from './model.ts';
import { onnxRuntime } from './session.ts';

const doubling = encodeModel({
  name: 'doubling',
  inputs: [{ name: 'x', type: 'float32', shape: ['n'] }],
  outputs: [
    { name: 'y', type: 'float32', shape: ['n'] },
    { name: 'z', type: 'float32', shape: ['n'] },
  ],
  initializers: [],
  nodes: [
    { op: 'Add', inputs: ['x', 'x'], outputs: ['y'] },
    { op: 'Mul', inputs: ['x', 'x'], outputs: ['z'] },
  ],
});

test('a run writes into the tensors that it was given, and gives only what was asked for', async () => {
  const runtime = await onnxRuntime();
  const session = await runtime.open(doubling);
  const x = Float32Array.of(1, 2, 3);
  const y = new Float32Array(3);
  const feeds = { x: runtime.tensor(x, [3]) };
  const target = runtime.tensor(y, [3]);
  const results = await session.run(feeds, { y: target });
  expect(y).toEqual(Float32Array.of(2, 4, 6));
  expect(Object.keys(results)).toEqual(['y']);
  expect(Object.values(results)[0]).toBe(target);
  x.fill(5);
  await session.run(feeds, { y: target });
  expect(y).toEqual(Float32Array.of(10, 10, 10));
  expect(await session.run(feeds, { z: null })).toMatchObject({ z: { data: Float32Array.of(25, 25, 25) } });
  await session.close();
});

test('a target of another shape is an error, not a silent copy', async () => {
  const runtime = await onnxRuntime();
  const session = await runtime.open(doubling);
  const feeds = { x: runtime.tensor(new Float32Array(3), [3]) };
  await expect(session.run(feeds, { y: runtime.tensor(new Float32Array(2), [2]) })).rejects.toThrow(/shape/i);
  await session.close();
});

test('shared memory, sizes that do not fit and tensors made elsewhere are refused', async () => {
  const runtime = await onnxRuntime();
  const session = await runtime.open(doubling);
  const shared = new Float32Array(new SharedArrayBuffer(8));
  expect(() => runtime.tensor(shared, [2])).toThrow(expect.objectContaining({ code: 'shared-tensor' }));
  expect(() => runtime.tensor(new Float32Array(2), [3])).toThrow(expect.objectContaining({ code: 'tensor-size' }));
  const foreign = { type: 'float32', shape: [1], data: new Float32Array(1) } as const;
  await expect(session.run({ x: foreign }, { y: null })).rejects.toThrow(
    expect.objectContaining({ code: 'foreign-tensor' }),
  );
  await session.close();
});

test('without the package the error says how to install it', async () => {
  const missing = onnxRuntime(() => Promise.reject(new Error('Cannot find package')));
  await expect(missing).rejects.toMatchObject({
    code: 'no-onnxruntime',
    exitCode: 2,
    todo: expect.stringContaining('ONNXRUNTIME_NODE_INSTALL=skip npm i onnxruntime-node'),
  });
});
