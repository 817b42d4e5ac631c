import { z } from 'zod';
import type { Task } from '../../record/task.ts';

const caseSchema = z.strictObject({
  numbers: z.array(z.int()),
  target: z.int(),
  expression: z.string(),
  /** Whether a checker has to say yes. */
  right: z.boolean(),
});
export type Case = z.infer<typeof caseSchema>;

const factsSchema = z.strictObject({
  /** Absolute paths. */
  puzzle: z.string(),
  solution: z.string(),
  checker: z.string(),
  function: z.string(),
  numbers: z.array(z.int()),
  target: z.int(),
  /** One way to do it. */
  witness: z.string(),
  /** What the checker is asked besides the policy's own solution. */
  cases: z.array(caseSchema).min(4),
});
export type Facts = z.infer<typeof factsSchema>;

export const factsOf = (task: Task): Facts => factsSchema.parse(task.host);

export const puzzleText = (numbers: readonly number[], target: number): string =>
  `{"numbers": [${numbers.join(', ')}], "target": ${target}}\n`;

const puzzleSchema = z.looseObject({ numbers: z.array(z.int()), target: z.int() });

/** The puzzle as a file states it; null where it states none. */
export const readPuzzle = (text: string | null): { numbers: readonly number[]; target: number } | null => {
  if (text === null) return null;
  try {
    const parsed = puzzleSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    // Not JSON, so no puzzle: the measure has nothing to ask the checker.
    return null;
  }
};
