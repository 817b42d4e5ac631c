import { z } from 'zod';
import { inputError } from '../base/errors.ts';
import type { Prices } from './price.ts';

const usdPerMillion = z.number().min(0);

/** As `--prices` takes it: by whole spec or by the provider's name of a model, USD per million tokens. */
export const pricesSchema = z.record(
  z.string(),
  z.strictObject({
    input: usdPerMillion,
    output: usdPerMillion,
    cachedInput: usdPerMillion.optional(),
    cacheWrite: usdPerMillion.optional(),
  }),
);

const EXAMPLE = '{"openai:gpt-x": {"input": 0.5, "output": 1.5, "cachedInput": 0.05}}';

/** Reads a table of prices. `name`: of the file, for messages. Throws `bad-prices` (exit code 2). */
export const readPrices = (text: string, name: string): Prices => {
  const refused = (given: string): Error =>
    inputError({
      code: 'bad-prices',
      what: `${name} is no table of prices.`,
      given,
      allowed: `JSON with USD per million tokens, such as ${EXAMPLE}`,
    });
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (thrown) {
    throw refused(thrown instanceof Error ? thrown.message : String(thrown));
  }
  const parsed = pricesSchema.safeParse(raw);
  if (!parsed.success) throw refused(z.prettifyError(parsed.error));
  return Object.fromEntries(
    Object.entries(parsed.data).map(([model, { input, output, cachedInput, cacheWrite }]) => [
      model,
      {
        input,
        output,
        ...(cachedInput === undefined ? {} : { cachedInput }),
        ...(cacheWrite === undefined ? {} : { cacheWrite }),
      },
    ]),
  );
};
