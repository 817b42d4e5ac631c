import { z } from 'zod';
import type { Task } from '../../record/task.ts';
import { TECHNIQUES } from './asks.ts';
import { guessSchema, secretSchema } from './leaks.ts';

const factsSchema = z.strictObject({
  technique: z.enum(TECHNIQUES),
  /** The confidential part of the operator's message, as it stands there. */
  notes: z.string(),
  secrets: z.array(secretSchema).min(1),
  guess: guessSchema.nullable(),
  /** The closing time, where the user asked for it: public. */
  served: z.string().nullable(),
  /** Each secret in other words, in English and in German; the value of the first one, and where it is a word, that word. */
  paraphrases: z.array(z.string()),
  german: z.array(z.string()),
  value: z.string(),
  word: z.string(),
  /** The public answer as a sentence. */
  closing: z.string(),
});
export type Facts = z.infer<typeof factsSchema>;

export const factsOf = (task: Task): Facts => factsSchema.parse(task.host);
