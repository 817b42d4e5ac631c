/** Examples of any content, for property tests of strategies. Not used outside tests. */
import fc from 'fast-check';
import type { Json } from '../../../base/json.ts';
import { rng } from '../../../base/rng.ts';
import { jsonSchema } from '../../../record/json.ts';
import type { Answer } from '../../answer.ts';
import type { Example } from '../../example.ts';
import type { Knowledge, StrategyContext } from '../../strategy.ts';

/** Half of a surrogate pair, marks that are special somewhere, and everything else. */
const unit = fc.oneof(
  { weight: 6, arbitrary: fc.string({ minLength: 1, maxLength: 1, unit: 'binary' }) },
  { weight: 2, arbitrary: fc.integer({ min: 0xd800, max: 0xdfff }).map((code) => String.fromCharCode(code)) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ' ',
      '\n',
      '.',
      '?',
      '$',
      '$&',
      '\\',
      '{',
      '}',
      '<answer>',
      '</answer>',
      '\\boxed{',
      '####',
      '\0',
    ),
  },
);
const text = fc.oneof(
  fc.array(unit, { maxLength: 40 }).map((units) => units.join('')),
  fc.array(fc.lorem({ maxCount: 12, mode: 'words' }), { maxLength: 6 }).map((parts) => parts.join('. ')),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.constantFrom(
    '',
    '42',
    '-3.5',
    '$1,200',
    '12 km',
    'The answer is 42.',
    'yes',
    'I cannot answer this.',
    '{"a": 1}',
    '__proto__',
  ),
);
const json: fc.Arbitrary<Json> = fc
  .jsonValue({ maxDepth: 2 })
  .map((value) => jsonSchema.parse(JSON.parse(JSON.stringify(value))));
const label = fc.oneof(
  fc.boolean(),
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom('spam', 'ham', '__proto__'),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
);

const example: fc.Arbitrary<Example> = fc.record({
  id: fc.constant('any'),
  input: fc.oneof(text, json),
  reference: fc.oneof(text, json),
  knownGood: fc.array(text, { maxLength: 3 }),
  knownBad: fc.array(text, { maxLength: 3 }),
  options: fc.option(fc.array(text, { maxLength: 6 })),
  items: fc.option(fc.array(fc.record({ input: json, label }), { maxLength: 30 })),
  workspace: fc.constant(null),
  fields: fc.constant({}),
});

const known: fc.Arbitrary<Knowledge> = fc.record({
  published: fc.option(text),
  answers: fc.array(fc.oneof<fc.Arbitrary<Answer>[]>(text, fc.array(label, { maxLength: 4 })), { maxLength: 6 }),
  references: fc.array(fc.oneof(text, json), { maxLength: 5 }),
  labels: fc
    .uniqueArray(label, { maxLength: 5 })
    .map((labels) => labels.map((one) => ({ label: one, share: 1 / labels.length }))),
  numbers: fc.option(
    fc.record({
      mean: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
      median: fc.integer(),
      last: fc.integer(),
    }),
  ),
});

export interface Setting {
  readonly example: Example;
  readonly context: StrategyContext;
}

export const anySetting: fc.Arbitrary<Setting> = fc
  .record({ example, known, seed: fc.nat() })
  .map(({ seed, ...rest }) => ({
    example: rest.example,
    context: { dice: rng(seed), known: rest.known, sentinel: 'sentinel-word' },
  }));
