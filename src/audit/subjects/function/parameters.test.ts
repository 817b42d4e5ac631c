import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isClassText, type Parameter, parametersOf } from './parameters.ts';

const names = (source: string): readonly (string | null)[] | undefined => parametersOf(source)?.map(({ name }) => name);

describe('the parameters of a function', () => {
  test.each([
    ['(answer, reference) => 1', ['answer', 'reference']],
    ['answer => answer.length', ['answer']],
    ['async answer => 1', ['answer']],
    ['async (a, b = "x, (y", c = [1, 2], ...d) => 1', ['a', 'b', 'c', 'd']],
    ['function score(a /* b, c */, // d\n e) { return (f, g); }', ['a', 'e']],
    ['async function* score($, _x) {}', ['$', '_x']],
    ['score(a, b) { return 1; }', ['a', 'b']],
    ['() => 1', []],
    ['function () {}', []],
    ['(answer, { strict = false } = {}) => 1', ['answer', null]],
    ['([first, second], b) => 1', [null, 'b']],
    ['(größe, ändern) => 1', ['größe', 'ändern']],
    ['(a, b,) => 1', ['a', 'b']],
  ])('%s', (source, expected) => {
    expect(names(source)).toEqual(expected);
  });

  test('an object that is taken apart gives its keys', () => {
    const [first] = parametersOf('({ output, expected: gold = "}", input: { text }, ...rest }, b = 1) => 1') ?? [];
    expect(first).toEqual({ name: null, keys: ['output', 'expected', 'input'], hasDefault: false, isRest: false });
    expect(parametersOf('({ a } = {}) => 1')?.[0]?.hasDefault).toBe(true);
  });

  test('native and bound functions do not tell', () => {
    expect(parametersOf(String(Math.max))).toBeNull();
    expect(parametersOf(String(((a: number) => a).bind(null)))).toBeNull();
  });

  test('a class is no function', () => {
    expect(isClassText(String(class Scorer {}))).toBe(true);
    expect(isClassText('classify => 1')).toBe(false);
  });

  const name = fc.stringMatching(/^[a-z_$][a-zA-Z0-9_$]{0,6}$/);
  const parameter: fc.Arbitrary<{ readonly text: string; readonly is: Parameter }> = fc.oneof(
    name.map((one) => ({ text: one, is: { name: one, keys: null, hasDefault: false, isRest: false } })),
    fc
      .tuple(name, fc.constantFrom('1', '"a, b"', '[1, 2]', '{ a: 1, b: [2] }', "'('", 'f(1, 2)', '`}`'))
      .map(([one, value]) => ({
        text: `${one} = ${value}`,
        is: { name: one, keys: null, hasDefault: true, isRest: false },
      })),
    fc.uniqueArray(name, { minLength: 1, maxLength: 3 }).map((keys) => ({
      text: `{ ${keys.join(', ')} }`,
      is: { name: null, keys, hasDefault: false, isRest: false },
    })),
  );
  const space = fc.constantFrom('', ' ', '\n', '/* x, y) */', '// z, (\n');

  test('any list is read as it was written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(parameter, space), { maxLength: 5 }),
        fc.constantFrom('function f(@) {}', '(@) => 1', 'async (@) => (1, 2)', 'f(@) { return g(1, 2); }'),
        (list, frame) => {
          const text = list.map(([{ text: one }, around]) => `${around}${one}${around}`).join(',');
          expect(parametersOf(frame.replace('@', () => text))).toEqual(list.map(([{ is }]) => is));
        },
      ),
    );
  });

  test('no text makes it fail', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => parametersOf(text)).not.toThrow();
      }),
    );
  });
});
