import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseLooseJson } from './loose-json.ts';

/** As Python's json.dumps prints it: numbers that are none as bare words, all but ASCII escaped. */
const pythonJson = (value: unknown): string => {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, inner]) => `${pythonJson(key)}: ${pythonJson(inner)}`)
      .join(', ')}}`;
  }
  return JSON.stringify(value).replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
};

const words = fc.constantFrom('NaN', 'Infinity', '-Infinity', '\u0000NaN', '\u0000', '"NaN"', '\\', 'a NaN b');
const leaf = fc.oneof(
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
  fc.integer(),
  fc.string({ unit: 'binary' }),
  words,
  fc.boolean(),
  fc.constant(null),
);
/** Without escapes: Node 24.21 reads the key "\\u0000" as "\\\\" once it has seen that one, with plain JSON.parse too. */
const keys = fc.oneof(fc.constantFrom('NaN', '-Infinity', 'a NaN b'), fc.stringMatching(/^[a-z :,]{0,8}$/));
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('value')), fc.dictionary(keys, tie('value'))),
}));

describe('JSON as graders print it', () => {
  test('comes back as it was, whatever stands in its texts', () => {
    fc.assert(
      fc.property(value, (given) => {
        expect(parseLooseJson(pythonJson(given))).toEqual(given);
      }),
    );
  });

  test.each(['', '{', 'nan', '{"a": NaNs}', '[1,]', 'NaN NaN', '{"a" NaN}'])('%j is not JSON', (text) => {
    expect(() => parseLooseJson(text)).toThrow(SyntaxError);
  });
});
