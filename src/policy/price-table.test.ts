import { expect, test } from 'vitest';
import { priceOf } from './price.ts';
import { readPrices } from './price-table.ts';

test('a table gives prices by spec, else by name', () => {
  const prices = readPrices(
    '{"gpt-x": {"input": 1, "output": 2}, "openai:gpt-x": {"input": 3, "output": 4, "cachedInput": 0.3}}',
    'p.json',
  );
  expect(priceOf(prices, 'openai:gpt-x', 'gpt-x')).toEqual({ input: 3, output: 4, cachedInput: 0.3 });
  expect(priceOf(prices, 'openrouter:gpt-x', 'gpt-x')).toEqual({ input: 1, output: 2 });
  expect(priceOf(prices, 'openai:gpt-y', 'gpt-y')).toBeNull();
});

test.each([
  '',
  '[]',
  '{"m": 1}',
  '{"m": {"input": 1}}',
  '{"m": {"input": -1, "output": 1}}',
  '{"m": {"input": 1, "output": 1, "ouput": 1}}',
])('%s is refused with the name of the file', (text) => {
  expect(() => readPrices(text, 'p.json')).toThrow(/p\.json is no table of prices[\s\S]*openai:gpt-x/);
});
