import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesOf, textOf } from './text.ts';

async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

test('lines come out with their numbers, wherever the text is cut', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string()), fc.integer({ min: 1, max: 9 }), async (texts, size) => {
      const text = texts.join('\n');
      const expected = text
        .split('\n')
        .map((line, index) => ({ number: index + 1, text: line }))
        .filter((line) => line.text.trim() !== '');
      expect(await Array.fromAsync(linesOf('f', pieces(text, size)))).toEqual(expected);
    }),
  );
});

test('a huge line is refused with its place, before it is read to its end', async () => {
  let taken = 0;
  async function* endless(): AsyncGenerator<string> {
    yield 'short\n';
    for (;;) {
      taken++;
      yield 'x'.repeat(100);
    }
  }
  await expect(Array.fromAsync(linesOf('chat.jsonl', endless(), 1_000))).rejects.toThrow(
    'chat.jsonl:2: this line is longer',
  );
  expect(taken).toBe(11);
});

test('bytes that are no text are refused, and characters may be cut anywhere', async () => {
  const home = await mkdtemp(join(tmpdir(), 'subterfuge-text-'));
  const path = join(home, 'a.jsonl');
  await writeFile(path, Buffer.concat([Buffer.alloc(65_535, 0x20), Buffer.from('é')]));
  expect((await Array.fromAsync(textOf(path))).join('').trim()).toBe('é');
  await writeFile(path, Buffer.from([0x7b, 0xff]));
  await expect(Array.fromAsync(textOf(path))).rejects.toThrow(/a\.jsonl: this is not UTF-8/);
  await rm(home, { recursive: true });
});
