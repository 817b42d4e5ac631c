import { describe, expect, test } from 'vitest';
import { argumentsFor, prepare } from './arguments.ts';
import type { HandOver } from './hand-over.ts';
import type { ExampleView } from './protocol.ts';

const view: ExampleView = {
  id: 'e1',
  input: [{ role: 'user', content: 'hello' }],
  reference: 'four',
  options: ['a', 'b'],
  items: null,
  workspace: null,
  fields: { level: 3, answer: 'a column of that name', tags: ['x'] },
};
const items = Array.from({ length: 400 }, (_, i) => ({ input: { n: i }, label: i % 2 }));
const data: ExampleView = { ...view, input: null, reference: null, options: null, items, fields: {} };
const object: HandOver = { shape: 'object' };
const positional: HandOver = { shape: 'positional', parts: ['answer', 'reference', null, 'input', 'labels'] };

describe('the arguments of a call', () => {
  test('as one object: parts before columns of the same name', () => {
    const [bundle] = argumentsFor(object, prepare(view, false), 'e1', 'mine', null);
    expect(bundle).toEqual({
      id: 'e1',
      input: view.input,
      answer: 'mine',
      output: 'mine',
      reference: 'four',
      expected: 'four',
      options: ['a', 'b'],
      level: 3,
      tags: ['x'],
    });
  });

  test('of a data set: the labels are what is expected', () => {
    const [bundle] = argumentsFor(object, prepare(data, false), 'e1', [1, null], null);
    const labels = items.map(({ label }) => label);
    expect(bundle).toMatchObject({
      predictions: [1, null],
      labels,
      expected: labels,
      items: items.map(({ input }) => input),
      input: undefined,
    });
  });

  test('in order, with a default left alone', () => {
    expect(argumentsFor(positional, prepare(view, false), 'e1', 'mine', null)).toEqual([
      'mine',
      'four',
      undefined,
      view.input,
      undefined,
    ]);
  });

  test('a column by its name, as a copy', () => {
    const handOver: HandOver = { shape: 'positional', parts: ['answer', 'column:tags', 'column:none'] };
    const args = argumentsFor(handOver, prepare(view, false), 'e1', 'mine', null);
    expect(args).toEqual(['mine', ['x'], undefined]);
    expect(args[1]).not.toBe(view.fields.tags);
  });

  test.each([false, true])('what a grader does to them does not reach the next call (copies: %s)', (copies) => {
    const shared = [1, 0];
    for (const one of [view, data]) {
      const prepared = prepare(one, copies);
      const before = structuredClone(argumentsFor(object, prepared, 'e1', shared, null));
      const [bundle] = argumentsFor(object, prepared, 'e1', shared, null);
      for (const value of Object.values(bundle ?? {})) {
        if (!Array.isArray(value)) continue;
        try {
          value.reverse();
          value.push('more');
          Object.assign(value[1], { content: 'changed', label: 'changed' });
        } catch (thrown) {
          // What is large is frozen, unless it is copied.
          expect(copies).toBe(false);
          expect(thrown).toBeInstanceOf(TypeError);
        }
      }
      expect(argumentsFor(object, prepared, 'e1', shared, null)).toEqual(before);
    }
    expect(shared).toEqual([1, 0]);
  });

  test('says whether anything is frozen', () => {
    expect(prepare(view, false).isFrozen).toBe(false);
    expect(prepare(data, false).isFrozen).toBe(true);
    expect(prepare(data, true).isFrozen).toBe(false);
  });
});
