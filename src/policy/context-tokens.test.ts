import { expect, test } from 'vitest';
import { contextTokens } from './context-tokens.ts';

test('a context is what was asked for, else what the model has and no more than usual', () => {
  expect(contextTokens(undefined, 2_048, 'gguf:x')).toBe(2_048);
  expect(contextTokens(undefined, 131_072, 'gguf:x')).toBe(4_096);
  expect(contextTokens(131_072, 131_072, 'gguf:x')).toBe(131_072);
  expect(contextTokens(2, 2_048, 'gguf:x')).toBe(2);
});

test.each([0, 1, 2_049, 3.5, Number.NaN])('%s tokens of 2048 are bad input that says what is possible', (asked) => {
  expect(() => contextTokens(asked, 2_048, 'gguf:x')).toThrow(
    expect.objectContaining({
      code: 'bad-context',
      exitCode: 2,
      given: `${asked} for gguf:x`,
      allowed: expect.stringContaining('2 to 2048'),
      todo: expect.stringContaining('--context'),
    }),
  );
});
