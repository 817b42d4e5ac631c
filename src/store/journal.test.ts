import { appendFile, mkdtemp, open, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Disk, nodeDisk } from './disk.ts';
import { openJournal } from './journal.ts';
import { JOURNAL_HEAD, openJournalReader, parsePayload } from './journal-reader.ts';
import { encodeLine } from './line.ts';

let base = '';
let made = 0;
const newPath = (): string => join(base, `journal-${made++}.jsonl`);
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'subterfuge-journal-'));
});
afterAll(async () => {
  await rm(base, { recursive: true, force: true });
});

const write = async (path: string, values: readonly unknown[]): Promise<void> => {
  await using journal = await openJournal(path);
  await Promise.all(values.map(async (value) => await journal.append(value).durable));
};
const readAll = async (path: string): Promise<unknown[]> => {
  await using reader = await openJournalReader(path);
  const values: unknown[] = [];
  for await (const record of reader.records()) values.push(parsePayload(path, record));
  return values;
};
/** What is read, or the error's code. */
const outcome = async (path: string): Promise<unknown[] | string> => {
  try {
    return await readAll(path);
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : `not attributed: ${thrown}`;
  }
};

describe('a journal', () => {
  it('gives back what was appended, over several openings', async () => {
    const path = newPath();
    const values = [1, 'zwei\n', null, { __proto__: null, drei: [true] }, '\ud800', 'ü'.repeat(70_000)];
    for (const value of values) await write(path, [value]);
    expect(await readAll(path)).toEqual(values);
  });

  it('holds a record that is longer than any buffer', async () => {
    const path = newPath();
    const values = ['a', 'x'.repeat(20_000_000), 'b'];
    await write(path, values);
    expect(await readAll(path)).toEqual(values);
    await truncate(path, 10_000_000);
    expect(await readAll(path)).toEqual(['a']);
  });

  it('says the place of a record before it is durable, and is not damaged by one that is no JSON', async () => {
    const path = newPath();
    await using journal = await openJournal(path);
    const first = journal.append('one');
    expect(() => journal.append(undefined)).toThrow(TypeError);
    const second = journal.append('two');
    expect(first.offset).toBe(JOURNAL_HEAD.length);
    expect(second.offset).toBe(first.offset + first.bytes);
    expect(journal.durableBytes).toBe(first.offset);
    await second.durable;
    expect(journal.durableBytes).toBe(second.offset + second.bytes);
    await using reader = await openJournalReader(path);
    expect(await reader.values([second, first])).toEqual(['two', 'one']);
  });

  it('takes no file for its own that is something else', async () => {
    for (const content of ['hello\n', 'hello', '\n', `x${JOURNAL_HEAD.toString()}`]) {
      const path = newPath();
      await writeFile(path, content);
      await expect(openJournal(path)).rejects.toMatchObject({ code: 'corrupt-journal', exitCode: 2 });
      expect(await readFile(path, 'utf8')).toBe(content);
    }
    const path = newPath();
    await writeFile(path, encodeLine({ schema: 'subterfuge/journal@2' }).bytes);
    await expect(openJournal(path)).rejects.toMatchObject({ code: 'future-version' });
  });

  it('refuses a record whose checksum is right and whose text is not JSON', async () => {
    const path = newPath();
    await write(path, []);
    const good = encodeLine('ab').bytes;
    await appendFile(path, good);
    const { crc32 } = await import('node:zlib');
    await appendFile(path, `${crc32('{oops').toString(16).padStart(8, '0')} 5 {oops\n`);
    expect(await outcome(path)).toBe('corrupt-journal');
  });

  it.each([
    [1, 0],
    [1, 10],
    [1000, 0x61],
    [100_000, 10],
    [3_000_000, 0],
    [3_000_000, 0x61],
  ])('drops a garbage end of %i bytes of %i', async (bytes, byte) => {
    const path = newPath();
    await write(path, ['a', 'b']);
    await appendFile(path, Buffer.alloc(bytes, byte));
    expect(await readAll(path)).toEqual(['a', 'b']);
    {
      await using journal = await openJournal(path);
      expect(journal.droppedBytes).toBe(bytes);
      await journal.append('c').durable;
    }
    expect(await readAll(path)).toEqual(['a', 'b', 'c']);
  });
});

describe('damage', () => {
  const values = fc.array(fc.jsonValue(), { maxLength: 6 });

  it('of any cut leaves a prefix, and appends go on', async () => {
    const path = newPath();
    await fc.assert(
      fc.asyncProperty(values, fc.nat(), async (records, where) => {
        await rm(path, { force: true });
        await write(path, records);
        const written = await readAll(path);
        const { length } = await readFile(path);
        await truncate(path, where % (length + 1));
        const kept = await readAll(path);
        expect(kept).toEqual(written.slice(0, kept.length));
        if (where % (length + 1) === length) expect(kept).toHaveLength(records.length);
        await write(path, ['after']);
        expect(await readAll(path)).toEqual([...kept, 'after']);
      }),
      { numRuns: 150 },
    );
  });

  it('of any byte is an error, or is in the last record and drops that', async () => {
    const path = newPath();
    await fc.assert(
      fc.asyncProperty(values, fc.nat(), fc.integer({ min: 1, max: 255 }), async (records, where, mask) => {
        await rm(path, { force: true });
        await write(path, records);
        const written = await readAll(path);
        const bytes = await readFile(path);
        const at = where % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ mask;
        await writeFile(path, bytes);
        const last = written.length === 0 ? 0 : bytes.length - encodeLine(written.at(-1)).bytes.length;
        const found = await outcome(path);
        if (at >= last && written.length > 0) expect(found).toEqual(written.slice(0, -1));
        else expect(found).toMatch(/^(corrupt-journal|not-a-record|future-version|bad-record)$/);
      }),
      { numRuns: 300 },
    );
  });

  it('of every byte of a small journal is seen', async () => {
    const path = newPath();
    await write(path, [1, 'two', 3]);
    const sound = await readFile(path);
    const last = sound.length - encodeLine(3).bytes.length;
    const file = await open(path, 'r+');
    for (let at = 0; at < sound.length; at++) {
      for (const mask of [1, 2, 32, 42, 255]) {
        await file.write(Buffer.from([(sound[at] ?? 0) ^ mask]), 0, 1, at);
        const found = await outcome(path);
        if (at >= last) expect(found).toEqual([1, 'two']);
        else expect(typeof found).toBe('string');
      }
      await file.write(sound, at, 1, at);
    }
    await file.close();
  });
});

it('shares syncs between appends that wait together', async () => {
  const path = newPath();
  let syncs = 0;
  const counting: Disk = {
    open: async (name) => {
      const file = await nodeDisk.open(name);
      return {
        ...file,
        sync: async () => {
          syncs += 1;
          await file.sync();
        },
      };
    },
  };
  await using journal = await openJournal(path, counting);
  await Promise.all(
    Array.from({ length: 40_000 }, async (_, i) => await journal.append({ i, text: 'x'.repeat(100) }).durable),
  );
  // One at its opening, and one for each 8 MB.
  expect(syncs).toBeLessThan(10);
});
