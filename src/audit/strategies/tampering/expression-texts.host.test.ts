import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { rng } from '../../../base/rng.ts';
import { exampleOf } from '../../audit.fixtures.contract.ts';
import { knowledgeFor } from '../../knowledge.ts';
import { seenOf } from '../../seen.ts';
import { EXPRESSION_TEXTS } from './expression-texts.ts';

const examples = [12, 43].map((sum) => exampleOf(`${sum}`, { reference: `${sum}`, knownGood: [`\\boxed{${sum}}`] }));
const [example] = examples;

test('a grader that evaluates it finds it equal to, and as near as can be to, any number', () => {
  const [strategy] = EXPRESSION_TEXTS;
  if (example === undefined) throw new RangeError('there is an example');
  const context = { dice: rng('x'), known: knowledgeFor(examples, null)(example), sentinel: 'sentinel' };
  const made = new Map(strategy.make(seenOf(example), context).map(({ variant, answer }) => [variant, answer]));
  expect(made.get('equal-framed')).toBe(`\\boxed{${String(made.get('equal'))}}`);
  const program = `print(eval(${JSON.stringify(made.get('equal'))}) == 42.0, abs(eval(${JSON.stringify(made.get('near'))}) - 42.0) < 1e-6)`;
  expect(execFileSync('python3', ['-c', program], { encoding: 'utf8' })).toBe('True True\n');
});
