import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeModel, type OnnxModel, type TensorData } from './model.ts';
import { protoWriter } from './protobuf.ts';
import { onnxRuntime } from './session.ts';

type Field = { readonly field: number; readonly value: bigint | number | Uint8Array };

/** The wire format read by its rules, apart from the writer. */
const fieldsOf = (bytes: Uint8Array): Field[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out: Field[] = [];
  let offset = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let bits = 0n; ; bits += 7n) {
      const byte = view.getUint8(offset++);
      value |= BigInt(byte & 0x7f) << bits;
      if (byte < 0x80) return value;
    }
  };
  while (offset < bytes.length) {
    const tag = Number(varint());
    const field = Math.floor(tag / 8);
    if (tag % 8 === 0) out.push({ field, value: BigInt.asIntN(64, varint()) });
    else if (tag % 8 === 5) {
      out.push({ field, value: view.getFloat32(offset, true) });
      offset += 4;
    } else if (tag % 8 === 2) {
      const length = Number(varint());
      out.push({ field, value: bytes.subarray(offset, offset + length) });
      offset += length;
    } else throw new Error(`wire type ${tag % 8}`);
  }
  return out;
};

const message = (fields: readonly Field[], field: number): Field[] => {
  const found = fields.find((entry) => entry.field === field)?.value;
  if (!(found instanceof Uint8Array)) throw new Error(`no message in field ${field}`);
  return fieldsOf(found);
};

test('fields are read back by the rules of the wire format', () => {
  const field = fc.integer({ min: 1, max: 2000 });
  const entry = fc.oneof(
    fc.record({ field, value: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }) }),
    fc.record({ field, value: fc.float({ noNaN: true }) }),
    fc.record({ field, value: fc.uint8Array({ maxLength: 300 }) }),
  );
  fc.assert(
    fc.property(fc.array(entry), field, (entries, outer) => {
      const out = protoWriter();
      out.message(outer, (inner) => {
        for (const { field: number, value } of entries) {
          if (typeof value === 'bigint') inner.int(number, value);
          else if (typeof value === 'number') inner.float(number, value);
          else inner.bytes(number, value);
        }
      });
      expect(message(fieldsOf(out.finish()), outer)).toEqual(entries);
    }),
  );
});

const identity = (data: TensorData, shape: readonly number[]): OnnxModel => ({
  name: 'g',
  inputs: [],
  outputs: [
    {
      name: 'y',
      type: data instanceof Float32Array ? 'float32' : data instanceof Int32Array ? 'int32' : 'int64',
      shape,
    },
  ],
  initializers: [{ name: 'x', shape, data }],
  nodes: [{ op: 'Identity', inputs: ['x'], outputs: ['y'] }],
});

describe('models run in ONNX Runtime', () => {
  test.each([
    ['float32', Float32Array.of(0, -0, 1.5, -3e38, 1e-40, Number.POSITIVE_INFINITY)],
    ['int32', Int32Array.of(0, -1, 2 ** 31 - 1, -(2 ** 31), 5, 6)],
    ['int64', BigInt64Array.of(0n, -1n, 2n ** 63n - 1n, -(2n ** 63n), 5n, 6n)],
  ] as const)('an initializer of %s comes out as it went in', async (_, data) => {
    const session = await (await onnxRuntime()).open(encodeModel(identity(data, [2, 3])));
    const { y } = await session.run({}, { y: null });
    expect(y).toMatchObject({ shape: [2, 3], data });
    await session.close();
  });

  test('a view that does not begin its buffer is written from where it begins', async () => {
    const data = Float32Array.of(9, 9, 1, 2, 9).subarray(2, 4);
    const session = await (await onnxRuntime()).open(encodeModel(identity(data, [2])));
    expect(await session.run({}, { y: null })).toMatchObject({ y: { data: Float32Array.of(1, 2) } });
    await session.close();
  });

  test('every kind of attribute', async () => {
    const float32 = (name: string, ...shape: (number | string)[]) => ({ name, type: 'float32' as const, shape });
    const model: OnnxModel = {
      name: 'attributes',
      inputs: [float32('x', 'rows', 2)],
      outputs: [
        float32('turned', 2, 'rows'),
        float32('relu', 'rows', 2),
        float32('filled', 2),
        float32('sum', 'rows'),
        float32('listed', 2),
      ],
      initializers: [{ name: 'two', shape: [1], data: BigInt64Array.of(2n) }],
      nodes: [
        { op: 'Transpose', inputs: ['x'], outputs: ['turned'], attributes: { perm: { ints: [1, 0] } } },
        { op: 'LeakyRelu', inputs: ['x'], outputs: ['relu'], attributes: { alpha: { float: 0.25 } } },
        {
          op: 'ConstantOfShape',
          inputs: ['two'],
          outputs: ['filled'],
          attributes: { value: { tensor: { name: 'v', shape: [1], data: Float32Array.of(7) } } },
        },
        { op: 'Einsum', inputs: ['x'], outputs: ['sum'], attributes: { equation: { string: 'ij->i' } } },
        { op: 'Constant', inputs: [], outputs: ['listed'], attributes: { value_floats: { floats: [1.5, 2.5] } } },
      ],
    };
    const runtime = await onnxRuntime();
    const session = await runtime.open(encodeModel(model));
    const x = runtime.tensor(Float32Array.of(1, -2, 3, 4, -5, 6), [3, 2]);
    const names = ['turned', 'relu', 'filled', 'sum', 'listed'];
    const results = await session.run({ x }, Object.fromEntries(names.map((name) => [name, null])));
    expect(names.map((name) => Array.from(results[name]?.data ?? [], Number))).toEqual([
      [1, 3, -5, -2, 4, 6],
      [1, -0.5, 3, 4, -1.25, 6],
      [7, 7],
      [-1, 7, 1],
      [1.5, 2.5],
    ]);
    await session.close();
  });

  test('an initializer that does not fill its shape is refused', () => {
    expect(() => encodeModel(identity(new Float32Array(3), [2, 3]))).toThrow(
      expect.objectContaining({ code: 'tensor-size' }),
    );
  });
});
