import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { inputError, messageOf } from '../base/errors.ts';
import { type Price, priceOf } from '../policy/price.ts';
import { readPrices } from '../policy/price-table.ts';
import { bareSpec } from '../policy/provider-spec.ts';
import type { Io } from './io.ts';

export interface PriceOptions {
  /** `--price`: wins over the table. */
  readonly price?: Price;
  /** `--prices`: a file with prices of many models. */
  readonly prices?: string;
}

/** `openai:gpt-x` is called `gpt-x` by its provider; an address behind it is not part of the name. */
const nameOf = (spec: string): string => spec.replace(/^[a-z-]+:/, '').replace(/@https?:\/\/.*$/s, '');

/** The price of a model, or null where none was given. Throws `bad-prices` (exit code 2). */
export const modelPrice = async (io: Io, spec: string, { price, prices }: PriceOptions): Promise<Price | null> => {
  if (price !== undefined) return price;
  if (prices === undefined) return null;
  const text = await readFile(resolve(io.cwd, prices), 'utf8').catch((thrown: unknown) => {
    throw inputError({
      code: 'bad-prices',
      what: `The table of prices cannot be read: ${messageOf(thrown)}`,
      given: `--prices ${prices}`,
      allowed: 'a JSON file of prices by model (docs/models.md)',
      todo: 'Check the path, or give the price of this one model with --price IN,OUT.',
      cause: thrown,
    });
  });
  const bare = bareSpec(spec);
  return priceOf(readPrices(text, prices), bare, nameOf(bare));
};
