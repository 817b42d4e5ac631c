/** Writes zip archives for tests: sound ones, and ones that lie. */
import { crc32, deflateRawSync, zstdCompressSync } from 'node:zlib';

export type Method = 'stored' | 'deflate' | 'zstd';

export interface Packed {
  readonly name: string;
  readonly content: Buffer;
  readonly method: Method;
  /** Said in place of the real size. */
  readonly claimedBytes?: number;
  readonly crc?: number;
  readonly encrypted?: boolean;
}

const NUMBER = { stored: 0, deflate: 8, zstd: 93 } as const;

const pack = ({ content, method }: Packed): Buffer => {
  if (method === 'stored') return content;
  return method === 'deflate' ? deflateRawSync(content) : zstdCompressSync(content);
};

const fieldsOf = (entry: Packed, packed: Buffer): Buffer => {
  const name = Buffer.from(entry.name);
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(63, 0);
  fields.writeUInt16LE(entry.encrypted === true ? 1 : 0, 2);
  fields.writeUInt16LE(NUMBER[entry.method], 4);
  fields.writeUInt32LE(entry.crc ?? crc32(entry.content), 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(entry.claimedBytes ?? entry.content.length, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
};

/** `comment` stands behind the directory. */
export const zipOf = (entries: readonly Packed[], comment = ''): Buffer => {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const packed = pack(entry);
    const fields = fieldsOf(entry, packed);
    const name = Buffer.from(entry.name);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, name, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x3f\x00', 'latin1'), fields, rest, name]));
    bodies.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...bodies, listed, end, Buffer.from(comment)]);
};
