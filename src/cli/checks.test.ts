import { expect, test } from 'vitest';
import { engine } from './checks.ts';

const failing = (message: string) => engine(() => Promise.reject(new Error(message)));

test('the embedded engine computes, and the shipped base opens', async () => {
  expect(await engine()).toEqual({
    name: 'embedded engine',
    state: 'ok',
    detail: 'onnxruntime-node computes, and the shipped base opens',
  });
});

test('a library that is not installed is an option that is off, with the command that installs it', async () => {
  expect(await failing("Cannot find package 'onnxruntime-node' imported from session.js")).toMatchObject({
    state: 'off',
    detail: expect.stringMatching(/could not be loaded.*To do: ONNXRUNTIME_NODE_INSTALL=skip npm i onnxruntime-node/),
  });
});

test('one that is there and does not load is broken, and its own words are told', async () => {
  expect(await failing('libonnxruntime.so.1: cannot open shared object file')).toMatchObject({
    state: 'no',
    detail: expect.stringMatching(/libonnxruntime\.so\.1: cannot open.*To do:/),
  });
});

test('one that loads and computes something else is broken', async () => {
  const real = await import('onnxruntime-node');
  // What comes in is written down one too high; what goes out is the caller's array, filled by the library.
  const Tensor = new Proxy(real.Tensor, {
    construct: (made, [type, data, ...rest]: readonly unknown[]): object => {
      const isInput = data instanceof Float32Array && data.some((value) => value !== 0);
      return Reflect.construct(made, [type, isInput ? data.map((value) => value + 1) : data, ...rest]);
    },
  });
  const wrong = await engine(async () => ({ ...real, Tensor }));
  expect(wrong).toMatchObject({ state: 'no', detail: expect.stringContaining('4, 9, 16, 25') });
});
