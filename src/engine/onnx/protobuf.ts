/**
 * The part of the protobuf wire format that ONNX needs (protobuf.dev, "Encoding"): varints, 32-bit floats and
 * length-delimited fields. Writes only; nothing here reads foreign bytes.
 */
export interface ProtoWriter {
  /** A varint field. Negative numbers take ten bytes, as int64 in two's complement. */
  int(field: number, value: number | bigint): void;
  /** A fixed 32-bit float field. */
  float(field: number, value: number): void;
  bytes(field: number, value: Uint8Array): void;
  text(field: number, value: string): void;
  /** A nested message. */
  message(field: number, write: (inner: ProtoWriter) => void): void;
  /** The message so far, as one array. */
  finish(): Uint8Array;
}

const VARINT = 0;
const DELIMITED = 2;
const FIXED32 = 5;
const utf8 = new TextEncoder();

const varint = (value: number | bigint): Uint8Array => {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest === 0n ? low : low | 0x80);
  } while (rest !== 0n);
  return Uint8Array.from(bytes);
};

/** Chunks are kept by reference and joined once, so that large tensors are copied once. */
const joined = (chunks: readonly Uint8Array[], length: number): Uint8Array => {
  const out = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    out.set(chunk, offset);
    offset += chunk.length;
  }
  return out;
};

/** Nested messages hand their chunks up, so that a tensor inside five messages is still copied once. */
class Chunks implements ProtoWriter {
  readonly parts: Uint8Array[] = [];
  length = 0;

  int(field: number, value: number | bigint): void {
    this.#tag(field, VARINT);
    this.#push(varint(value));
  }

  float(field: number, value: number): void {
    this.#tag(field, FIXED32);
    const four = new Uint8Array(4);
    new DataView(four.buffer).setFloat32(0, value, true);
    this.#push(four);
  }

  bytes(field: number, value: Uint8Array): void {
    this.#tag(field, DELIMITED);
    this.#push(varint(value.length));
    this.#push(value);
  }

  text(field: number, value: string): void {
    this.bytes(field, utf8.encode(value));
  }

  message(field: number, write: (inner: ProtoWriter) => void): void {
    const inner = new Chunks();
    write(inner);
    this.#tag(field, DELIMITED);
    this.#push(varint(inner.length));
    for (const part of inner.parts) this.#push(part);
  }

  finish(): Uint8Array {
    return joined(this.parts, this.length);
  }

  #tag(field: number, wireType: number): void {
    this.#push(varint(field * 8 + wireType));
  }

  #push(part: Uint8Array): void {
    this.parts.push(part);
    this.length += part.length;
  }
}

export const protoWriter = (): ProtoWriter => new Chunks();
