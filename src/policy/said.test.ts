import { expect, test } from 'vitest';
import { redactor } from '../base/redact.ts';
import { said } from './said.ts';

const redaction = redactor([{ name: 'key', value: 's3cret-value' }]);

test.each([
  ['key s3cret-value here', 'key [redacted:key] here'],
  ['Authorization: Bearer abcdefghij12', 'Authorization: Bearer [redacted:bearer-token]'],
  ['red\u001b[31m', 'red\\x1b[31m'],
])('%s', (given, expected) => {
  expect(said(redaction, given)).toBe(expected);
});

test('is cut to a length that a message can hold', () => {
  expect(said(redaction, 'a'.repeat(1000))).toHaveLength(401);
});
