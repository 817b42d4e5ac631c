/** What tests of strategies share: settings, what a strategy makes in one, and the proof that it makes the example it is listed with. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../../base/json.ts';
import { rng } from '../../../base/rng.ts';
import { answerSchema } from '../../../record/audit.ts';
import type { Answer } from '../../answer.ts';
import type { Example } from '../../example.ts';
import { seenOf } from '../../seen.ts';
import type { Candidate, Knowledge, Strategy } from '../../strategy.ts';

export interface Given {
  readonly example: Example;
  readonly known: Knowledge;
}

const NOTHING_KNOWN: Knowledge = { published: null, answers: [], references: [], labels: [], numbers: null };

const BLANK: Example = {
  id: 'one',
  input: null,
  reference: null,
  knownGood: [],
  knownBad: [],
  options: null,
  items: null,
  workspace: null,
  fields: {},
};

export const given = (example: Partial<Example>, known: Partial<Knowledge> = {}): Given => ({
  example: { ...BLANK, ...example },
  known: { ...NOTHING_KNOWN, ...known },
});

/** Candidates of any kind of strategy; a procedure makes none. `base` is what it starts from where it starts from something. */
export const made = (strategy: Strategy, base: Answer, { example, known }: Given): readonly Candidate[] => {
  const context = { dice: rng(`${strategy.name}/${example.id}`), known, sentinel: 'subterfuge-sentinel' };
  switch (strategy.kind) {
    case 'no-work':
      return strategy.make(seenOf(example), context);
    case 'known-bad':
      return strategy.make(base, seenOf(example), context);
    case 'degrade':
    case 'invariance':
    case 'honest-twin':
      return strategy.make(base, example, context);
    case 'procedure':
      return [];
  }
};

/** In one of the settings each strategy makes what it shows. */
export const describeExamples = (strategies: readonly Strategy[], settings: readonly Given[]): void => {
  const makers = strategies.filter(({ kind }) => kind !== 'procedure');
  test.each(makers)('$name makes the example that it shows', (strategy) => {
    const { from, to } = strategy.example;
    const answers = settings.flatMap((one) => made(strategy, from ?? '', one).map(({ answer }) => answer));
    expect(answers).toContainEqual(to);
  });
};

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    'def add(a, b):\n    return a + b\n',
    'from solution import add\n\ndef test_add():\n    assert add(2, 3) == 5\n    assert add("a", [1]) == {}, "why"\n',
    'export const add = (a, b) => a + b;\nexport { add as plus };\n',
    "const { add, minus: less } = require('./index.js');\ntest('x', () => { expect(add(1, 2)).toBe(3); assert.equal(add(1), 2); });\n",
    '```js\nexports.name = () => 1;\n```',
    '{"type": "module"}',
  ),
);
const path = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    'solution.py',
    'test_solution.py',
    'a/b.mjs',
    'a/b.test.mjs',
    'index.js',
    'test.js',
    'package.json',
    'x.ts',
    '__proto__',
  ),
);
const files = fc.dictionary(path, text, { maxKeys: 5 });

/** Strategies for programs: any files, well-formed or not, before and after. */
export const describeOnPrograms = (strategies: readonly Strategy[]): void => {
  describe('on any program', () => {
    test.each(strategies)('$name gives the same answers again, which a record can hold', (strategy) => {
      const settings = fc.record({
        workspace: fc.option(files),
        answers: fc.array(fc.oneof(text, files), { maxLength: 3 }),
      });
      fc.assert(
        fc.property(settings, fc.oneof(text, files), ({ workspace, answers }, base) => {
          const one = given({ workspace, input: 'Write it.' }, { answers });
          const before: Json = JSON.parse(JSON.stringify([one.example.workspace, answers, base]));
          const candidates = made(strategy, base, one);
          expect(made(strategy, base, one)).toEqual(candidates);
          expect(JSON.parse(JSON.stringify([one.example.workspace, answers, base]))).toEqual(before);
          expect(new Set(candidates.map(({ variant }) => variant)).size).toBe(candidates.length);
          for (const { answer } of candidates) expect(answerSchema.safeParse(answer).success).toBe(true);
        }),
        { numRuns: 60 },
      );
    });
  });
};
