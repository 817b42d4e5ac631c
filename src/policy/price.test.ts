import { describe, expect, test } from 'vitest';
import { costUsd, lostCallUsd, priceOf } from './price.ts';

const usage = { inputTokens: 1000, outputTokens: 100, cachedTokens: 400, reasoningTokens: 50 };

describe('cost', () => {
  test('counts plain, cached and written input apart; reasoning is part of the output', () => {
    const price = { input: 10, output: 100, cachedInput: 1, cacheWrite: 20 };
    expect(costUsd(price, usage, 100)).toBeCloseTo((500 * 10 + 100 * 20 + 400 * 1 + 100 * 100) / 1e6, 12);
    expect(costUsd({ input: 10, output: 100 }, usage)).toBeCloseTo((1000 * 10 + 100 * 100) / 1e6, 12);
  });

  test('is unknown, not zero, without a price', () => {
    expect(costUsd(null, usage)).toBeNull();
    expect(lostCallUsd(null, 10, 10)).toBeNull();
    expect(priceOf(undefined, 'openai:x', 'x')).toBeNull();
  });

  test('a price by spec wins over one by name', () => {
    const prices = { x: { input: 1, output: 1 }, 'openai:x': { input: 2, output: 2 } };
    expect(priceOf(prices, 'openai:x', 'x')?.input).toBe(2);
    expect(priceOf(prices, 'ollama:x', 'x')?.input).toBe(1);
  });
});
