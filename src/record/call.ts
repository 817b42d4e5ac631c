import { z } from 'zod';
import { jsonSchema } from './json.ts';
import { completionStopSchema, tokensSchema, usageSchema } from './rollout.ts';
import { versioned } from './version.ts';

/** What a model answered, in order and unparsed. */
export const completionSchema = z.strictObject({
  parts: z.array(
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('reasoning'), text: z.string() }),
      z.strictObject({ kind: z.literal('text'), text: z.string() }),
      z.strictObject({ kind: z.literal('call'), id: z.string(), name: z.string(), input: jsonSchema }),
    ]),
  ),
  stop: completionStopSchema,
  usage: usageSchema,
  tokens: tokensSchema.nullable(),
  echo: jsonSchema,
});

/**
 * One call of a model, written down as soon as it was answered: what was paid for is there even if its episode is cut
 * short, and the episode goes on from it. `completion` null: the call failed, and `usage` is what it may have cost.
 */
export const callSchema = z.strictObject({
  schema: z.literal('subterfuge/call@1'),
  rollout: z.string(),
  turn: z.int().min(0),
  /** SHA-256 of the messages that were sent: an answer counts only for what was asked. */
  request: z.string(),
  usage: usageSchema,
  completion: completionSchema.nullable(),
});
export type Call = z.infer<typeof callSchema>;

export const callRecord = versioned('call', callSchema);
