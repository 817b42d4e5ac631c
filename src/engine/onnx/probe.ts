import { runError } from '../../base/errors.ts';
import { encodeModel } from './model.ts';
import { onnxRuntime } from './session.ts';

const WIDTH = 4;

/** x * x: takes a hundredth of a second, and needs all that a large graph needs. */
const squares = (): Uint8Array =>
  encodeModel({
    name: 'probe',
    inputs: [{ name: 'x', type: 'float32', shape: [WIDTH] }],
    outputs: [{ name: 'y', type: 'float32', shape: [WIDTH] }],
    initializers: [],
    nodes: [{ op: 'Mul', inputs: ['x', 'x'], outputs: ['y'] }],
  });

/**
 * Resolves where ONNX Runtime loads on this machine and computes what it should. Throws `no-onnxruntime` and
 * `wrong-arithmetic`, and whatever the library itself throws.
 */
export const probeRuntime = async (load?: Parameters<typeof onnxRuntime>[0]): Promise<void> => {
  const runtime = await onnxRuntime(load);
  const session = await runtime.open(squares());
  try {
    const x = runtime.tensor(Float32Array.of(1, 2, 3, 4), [WIDTH]);
    const squared = new Float32Array(WIDTH);
    await session.run({ x }, { y: runtime.tensor(squared, [WIDTH]) });
    const got = squared.join(', ');
    if (got === '1, 4, 9, 16') return;
    throw runError({
      code: 'wrong-arithmetic',
      what: 'ONNX Runtime computes something else than it should.',
      given: `the squares of 1, 2, 3, 4: ${got}`,
      allowed: '1, 4, 9, 16',
      todo: 'Install onnxruntime-node again; if it stays so, report it with the kind of machine.',
    });
  } finally {
    await session.close();
  }
};
