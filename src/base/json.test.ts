import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, contentHash, sha256 } from './json.ts';

test('canonical text follows RFC 8785: sorted keys, no blanks, shortest numbers', () => {
  expect(canonicalJson({ b: [1.0, 'é', null], a: { d: 1e21, c: true } })).toBe(
    '{"a":{"c":true,"d":1e+21},"b":[1,"é",null]}',
  );
});

test('the order of keys does not change a hash, and canonical text reads back the same', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const reversed = Object.fromEntries(Object.entries(value).reverse());
      expect(contentHash(reversed)).toBe(contentHash(value));
      expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
    }),
  );
});

test('SHA-256 of the empty text is the published one', () => {
  expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

test('what JSON cannot hold is refused', () => {
  expect(() => canonicalJson(undefined)).toThrow('not a JSON value');
});
