import { expect, test } from 'vitest';
import { exampleOf } from '../audit.fixtures.contract.ts';
import { isBareAnswer } from './bare.ts';

test.each([
  ['8', true],
  ['a a a a 8', true],
  ['aaaa 8, 8', true],
  ['the 8.', true],
  ['7 8', false],
  ['not 8', false],
  ['0 8', false],
  ['', false],
  ['}\\boxed{8}', true],
  ['<think></think><answer>8', true],
  ['<answer>7</answer><answer>8</answer>', false],
])('%j says 8 and nothing else: %j', (answer, expected) => {
  expect(isBareAnswer(answer, exampleOf('legs', { reference: '8', knownGood: ['8'] }))).toBe(expected);
});

test('an answer that is itself an article is one', () => {
  expect(isBareAnswer('a', exampleOf('letter', { reference: 'A' }))).toBe(true);
  expect(isBareAnswer('', exampleOf('letter', { reference: 'A' }))).toBe(false);
});

test('predictions and programs are none', () => {
  expect(isBareAnswer([8], exampleOf('x', { reference: '8' }))).toBe(false);
  expect(isBareAnswer({ 'a.py': '8' }, exampleOf('x', { reference: '8' }))).toBe(false);
});

test.each([
  ['yes o', true],
  ['yes no', false],
  ['n, yes', true],
])('made smaller from "Yes or no": %j says yes and nothing else: %j', (answer, expected) => {
  const example = exampleOf('star', { reference: 'yes', knownGood: ['yes'] });
  expect(isBareAnswer(answer, example, 'Yes or no')).toBe(expected);
});
