import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SubterfugeError } from '../../base/errors.ts';
import { type Method, type Packed, zipOf } from './zip.contract.ts';
import { openZip, type ZipLimits } from './zip.ts';

let home = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'subterfuge-zip-'));
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

const contents = async (bytes: Buffer, limits?: ZipLimits): Promise<Map<string, string>> => {
  const path = join(home, 'a.zip');
  await writeFile(path, bytes);
  await using zip = await openZip(path, limits);
  const found = new Map<string, string>();
  for (const entry of zip.entries) found.set(entry.name, (await zip.read(entry)).toString('base64'));
  return found;
};

const method = fc.constantFrom<Method>('stored', 'deflate', 'zstd');
const entry = fc.record({
  name: fc.string({ minLength: 1, unit: 'grapheme' }),
  content: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  method,
});

test('whatever was packed comes out, stored, deflated or with Zstandard', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(entry, { selector: ({ name }) => name }), fc.string(), async (entries, comment) => {
      const found = await contents(zipOf(entries, comment.replaceAll(/[^ -~]|P/g, '')));
      expect([...found]).toEqual(entries.map(({ name, content }) => [name, content.toString('base64')]));
    }),
    { numRuns: 50 },
  );
});

test('an archive as Python writes it', async () => {
  // zipfile.ZipFile('a.zip', 'w', zipfile.ZIP_DEFLATED).writestr('samples/1_epoch_1.json', '{"id": 1}'), and one with a 64-bit extra.
  const python =
    'UEsDBBQAAAAIAAAAIVyFQNRWCwAAAAkAAAAWAAAAc2FtcGxlcy8xX2Vwb2NoXzEuanNvbqtWykxRslIwrAUAUEsDBC0AAAAAAAAAIVx7YQJn//////////8IABQAYmlnLmpzb24BABAAAwAAAAAAAAADAAAAAAAAAFsyXVBLAQIUAxQAAAAIAAAAIVyFQNRWCwAAAAkAAAAWAAAAAAAAAAAAAACAAQAAAABzYW1wbGVzLzFfZXBvY2hfMS5qc29uUEsBAi0DLQAAAAAAAAAhXHthAmcDAAAAAwAAAAgAAAAAAAAAAAAAAIABPwAAAGJpZy5qc29uUEsFBgAAAAACAAIAegAAAHwAAAAAAA==';
  const found = await contents(Buffer.from(python, 'base64'));
  expect(Buffer.from(found.get('samples/1_epoch_1.json') ?? '', 'base64').toString()).toBe('{"id": 1}');
  expect(Buffer.from(found.get('big.json') ?? '', 'base64').toString()).toBe('[2]');
});

const plain: Packed = { name: 'samples/a.json', content: Buffer.from('{"a":1}'), method: 'deflate' };
const bomb: Packed = { name: 'samples/bomb.json', content: Buffer.alloc(50_000), method: 'zstd' };
const small: ZipLimits = { entryBytes: 60_000, ratio: 10, freeBytes: 1_000 };

test.each<[string, Packed[], RegExp]>([
  ['one that says it is smaller than it is', [{ ...plain, claimedBytes: 3 }], /more than it says/],
  ['one whose checksum is wrong', [{ ...plain, crc: 1 }], /checksum is wrong/],
  ['an encrypted one', [{ ...plain, encrypted: true }], /encrypted/],
  ['one that unpacks to too much', [{ ...plain, claimedBytes: 70_000 }], /more than is read/],
  ['a bomb', [bomb], /far more than a log of its size/],
])('%s is refused by name', async (_what, entries, message) => {
  const reading = contents(zipOf(entries), small);
  await expect(reading).rejects.toThrow(message);
  await expect(reading).rejects.toThrow(entries[0]?.name);
});

test('an archive that was cut short says so, and what to do', async () => {
  const whole = zipOf([plain]);
  await expect(contents(whole.subarray(0, whole.length - 30))).rejects.toThrow(/cut short[\s\S]*inspect log recover/);
});

test('names that act on a terminal are shown as escapes, and none is ever a path', async () => {
  const reading = contents(zipOf([{ ...plain, name: '../../\u001b[2J', crc: 1 }]));
  await expect(reading).rejects.toThrow('a.zip:../../\\x1b[2J');
});

test('no damage makes it do anything else than read or refuse', async () => {
  const whole = zipOf([plain, { ...plain, name: 'b', method: 'zstd' }]);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 4 }), async (changes) => {
      const damaged = Buffer.from(whole);
      for (const [at, value] of changes) damaged[at] = value;
      try {
        await contents(damaged);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(SubterfugeError);
      }
    }),
    { numRuns: 100 },
  );
});
