import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BadDocument, type JsonItem, jsonScanner } from './json-items.ts';

const MOST = 10_000;

const scan = (text: string, cuts: readonly number[] = [], most = MOST): JsonItem[] => {
  const scanner = jsonScanner(new Set(['samples']), most);
  const places = [0, ...[...cuts].map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
  const found = places.slice(1).flatMap((to, index) => scanner.push(text.slice(places[index], to)));
  scanner.end();
  return found;
};

const values = (items: readonly JsonItem[]): unknown[] => items.map(({ text }) => JSON.parse(text) as unknown);
const cuts = fc.array(fc.nat(5_000), { maxLength: 8 });

test('the elements of any array come out as they went in, wherever the text is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), cuts, fc.constantFrom(0, 2), (list, at, indent) => {
      expect(values(scan(JSON.stringify(list, null, indent), at))).toEqual(JSON.parse(JSON.stringify(list)));
    }),
  );
});

test('the members of any object come out under their names; of samples the elements', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue()),
      fc.array(fc.jsonValue()),
      cuts,
      fc.constantFrom(0, 1),
      (members, samples, at, indent) => {
        const document = { ...members, samples, last: 1 };
        const items = scan(JSON.stringify(document, null, indent), at);
        const own = items.filter(({ element }) => !element);
        const { samples: _left, ...rest } = document;
        expect(own.map(({ key, text }) => [key, JSON.parse(text)])).toEqual(
          Object.entries(JSON.parse(JSON.stringify(rest))),
        );
        expect(values(items.filter(({ element }) => element))).toEqual(JSON.parse(JSON.stringify(samples)));
      },
    ),
  );
});

test('a value knows the line in which it starts', () => {
  expect(scan('[\n {"a":\n1},\n\n 2, "x"]').map(({ line }) => line)).toEqual([2, 5, 5]);
  expect(scan('{"samples": [\n1,\n2],\n"b":\n3}').map(({ key, line }) => [key, line])).toEqual([
    ['samples', 2],
    ['samples', 3],
    ['b', 5],
  ]);
});

test.each([
  ['', 'nothing in it'],
  ['12', 'neither an array nor an object'],
  ['[1', 'too early'],
  ['{"a":', 'too early'],
  ['{"a":}', 'a value is missing'],
  ['[1 2]', 'comma is missing'],
  ['[1,,2]', 'comma too many'],
  ['{1:2}', 'name of a member'],
  ['{"a" 1}', 'colon'],
  ['{"a":1}\n{"a":2}', '.jsonl'],
])('%j is refused: %s', (text, what) => {
  expect(() => scan(text)).toThrow(what);
});

test('a value that is too long is refused before it is all in memory', () => {
  const scanner = jsonScanner(new Set(), 100);
  scanner.push(`["${'x'.repeat(60)}`);
  expect(() => scanner.push('x'.repeat(60))).toThrow(BadDocument);
});

test('no text at all makes it do anything else than give values or refuse', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'[]{}",:\\ 1a\n'), maxLength: 30 }), cuts, (text, at) => {
      try {
        scan(text, at);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(BadDocument);
      }
    }),
  );
});
