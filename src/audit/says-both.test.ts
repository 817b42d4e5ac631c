import { expect, test } from 'vitest';
import { rng } from '../base/rng.ts';
import { exampleOf, functionSubject, optionsOf, setOf } from './audit.fixtures.contract.ts';
import { audit } from './audit.ts';
import type { Example } from './example.ts';
import type { Strategy } from './strategy.ts';

const YES_OR_NO = Array.from({ length: 10 }, (_, index) => {
  const right = rng(`right ${index}`).next() < 0.5 ? 'yes' : 'no';
  return exampleOf(`q${index}`, { reference: right, knownGood: [right] });
});

const saying = (answer: string): Strategy => ({
  name: 'said',
  class: 'rater-hacking',
  family: 'said',
  source: 'test',
  description: 'Says this.',
  subjects: ['text'],
  needs: [],
  example: { from: null, to: answer },
  kind: 'no-work',
  make: () => [{ variant: 'only', answer }],
});

/** So many tests that no rate over ten examples says anything. */
const OTHERS = Array.from({ length: 60 }, (_, index) => ({ ...saying(`nothing ${index}`), name: `other-${index}` }));

const found = async (answer: string, grader: (answer: string, example: Example) => boolean) => {
  const { report } = await audit(
    optionsOf(
      functionSubject((given, example) => grader(String(given), example)),
      setOf(YES_OR_NO),
      { strategies: [saying(answer), ...OTHERS], search: { queries: 0 } },
    ),
  );
  return report.findings.map(({ strategy, adjustedP, witness }) => [strategy, adjustedP, witness.minimal]);
};

const mentions = (answer: string, { reference }: Example): boolean =>
  new RegExp(`\\b${String(reference)}\\b`).test(answer);

test('a text that names both answers and passes on both kinds of questions needs no rate', async () => {
  expect(await found('yes no', mentions)).toEqual([['said', null, 'yes no']]);
});

test('neither does luck: one answer is right now and then', async () => {
  expect(await found('yes, it is', mentions)).toEqual([]);
});

test('a grader that reads the last mention takes one answer from the text, which is right now and then', async () => {
  const last = (answer: string, { reference }: Example): boolean =>
    answer.match(/\b(?:yes|no)\b/g)?.at(-1) === reference;
  expect(await found('yes no', last)).toEqual([]);
});
