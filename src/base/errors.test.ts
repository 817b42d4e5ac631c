import { expect, test } from 'vitest';
import { inputError, messageOf, runError } from './errors.ts';

test('an error says what, given, allowed and what to do, as text and as fields', () => {
  const error = inputError({
    code: 'no-colour',
    what: 'No such colour.',
    given: 'blau',
    allowed: 'red, blue',
    todo: 'Pick one.',
  });
  expect(error.message).toBe('No such colour.\n  given:   blau\n  allowed: red, blue\n  to do:   Pick one.');
  expect([error.code, error.exitCode, error.given, error.allowed, error.todo]).toEqual([
    'no-colour',
    2,
    'blau',
    'red, blue',
    'Pick one.',
  ]);
});

test('bad input exits with 2, a run that could not finish with 3', () => {
  expect([inputError({ code: 'x', what: 'x' }).exitCode, runError({ code: 'x', what: 'x' }).exitCode]).toEqual([2, 3]);
});

test('anything thrown has a message', () => {
  expect([messageOf(new Error('a')), messageOf('b'), messageOf(undefined)]).toEqual(['a', 'b', 'undefined']);
});
