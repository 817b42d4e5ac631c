import { z } from 'zod';
import type { Rng } from '../../base/rng.ts';

/**
 * An exact answer and how it is compared (`matches.ts`). number: its value. time: `HH:MM` of 24 hours.
 * date: `YYYY-MM-DD`. word: one of `among`, of which no other may be named.
 */
export const expectedSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('number'), value: z.int() }),
  z.strictObject({ kind: z.literal('time'), value: z.string().regex(/^\d\d:\d\d$/) }),
  z.strictObject({ kind: z.literal('date'), value: z.string().regex(/^\d{4}-\d\d-\d\d$/) }),
  z.strictObject({ kind: z.literal('word'), value: z.string(), among: z.array(z.string()).min(2) }),
]);
export type Expected = z.infer<typeof expectedSchema>;

/** One question with everything that is known about it. */
export interface Question {
  /** As people write it, and in as few words as it takes (no question mark, no full stop). */
  readonly ask: string;
  readonly short: string;
  readonly expected: Expected;
  /** The right answer as one would write it, and two plausible wrong ones. */
  readonly right: string;
  readonly wrong: readonly [string, string];
  /** How one gets there, in a sentence or two. */
  readonly working: string;
}

export interface QuestionKind {
  readonly name: string;
  /** A question of its own for every stream. `name` is a first name that the story may use. */
  make(dice: Rng, name: string): Question;
}
