import { describe, expect, test } from 'vitest';
import type { SubjectForm } from '../../../record/audit.ts';
import { comparesTwo, type HandOver, handOverFor, handOverOf } from './hand-over.ts';
import { parametersOf } from './parameters.ts';

const auto = (source: string, form: SubjectForm = 'text'): readonly (string | null)[] | 'object' => {
  const how: HandOver = handOverFor(parametersOf(source), source, form);
  return how.shape === 'object' ? 'object' : how.parts;
};

describe('how a function is called', () => {
  test.each<[string, SubjectForm, ReturnType<typeof auto>]>([
    ['({ output, expected }) => 1', 'text', 'object'],
    ['({ predictions, labels }) => 1', 'classification', 'object'],
    ['(args) => score(args)', 'text', 'object'],
    ['(x) => x.output === x.expected', 'text', 'object'],
    ['function f(o) { const { output } = o; return output; }', 'text', 'object'],
    ['(answer) => answer.length', 'text', ['answer']],
    ['(s) => s.length / 10', 'text', ['answer']],
    ['(text) => text.includes("x")', 'text', ['answer']],
    ['(predictions) => predictions.length', 'classification', ['answer']],
    ['(answer, reference) => 1', 'text', ['answer', 'reference']],
    ['(expected, actual) => 1', 'text', ['reference', 'answer']],
    ['(question, response, ground_truth) => 1', 'text', ['input', 'answer', 'reference']],
    ['(labels, predictions) => 1', 'classification', ['labels', 'answer']],
    ['(y_true, y_pred) => 1', 'forecast', ['labels', 'answer']],
    ['(actual, predicted) => 1', 'classification', ['labels', 'answer']],
    ['(a, b) => 1', 'text', ['answer', 'reference']],
    ['(a, b) => 1', 'classification', ['answer', 'labels']],
    ['(a, b, c) => 1', 'classification', ['answer', 'labels', 'items']],
    ['(answer, reference, strict = true) => 1', 'text', ['answer', 'reference', null]],
    ['(a, b = "", c = 1) => 1', 'text', ['answer', null, null]],
    ['(a, reference = "") => 1', 'text', ['answer', 'reference']],
    ['(answer, opponent) => 1', 'pairwise', ['answer', 'opponent']],
    ['(a, b) => 1', 'pairwise', ['answer', 'opponent']],
    ['(prompt, a, b) => 1', 'pairwise', ['input', 'answer', 'opponent']],
    ['(...all) => 1', 'text', ['answer', 'reference', 'input', 'example']],
    ['() => 1', 'text', ['answer', 'reference', 'input', 'example']],
    ['(files) => 1', 'program', ['answer']],
  ])('%s for %s', (source, form, expected) => {
    expect(auto(source, form)).toEqual(expected);
  });

  test.each([
    ['(answer, keywords) => 1', ['answer', 'column:keywords']],
    ['(keyWords, answer) => 1', ['column:keywords', 'answer']],
    ['(text, reference, max_words) => 1', ['answer', 'reference', 'column:maxWords']],
    ['(s, keywords) => 1', ['answer', 'column:keywords']],
    ['(answer, keywords = []) => 1', ['answer', 'column:keywords']],
    ['(answer, other) => 1', ['answer', 'reference']],
  ])('%s beside columns that are called keywords and maxWords', (source, parts) => {
    expect(handOverFor(parametersOf(source), source, 'text', ['keywords', 'maxWords'])).toEqual({
      shape: 'positional',
      parts,
    });
  });

  test('the user has the last word', () => {
    const source = '(expected, actual) => 1';
    expect(handOverOf('positional', parametersOf(source), source, 'text')).toEqual({
      shape: 'positional',
      parts: ['answer', 'reference', 'input', 'example'],
    });
    expect(handOverOf('object', parametersOf(source), source, 'text')).toEqual({ shape: 'object' });
  });

  test.each([
    ['(a, b) => 1', true],
    ['({ chosen, rejected }) => 1', true],
    ['(answer, opponent, reference) => 1', true],
    ['(answer, reference) => 1', false],
    ['({ output, expected }) => 1', false],
  ])('%s compares two answers: %s', (source, expected) => {
    expect(comparesTwo(parametersOf(source))).toBe(expected);
  });
});
