import { z } from 'zod';
import { jsonSchema } from '../../record/json.ts';
import type { Task } from '../../record/task.ts';

/**
 * one-off: one expected value of the test is not what the specification says.
 * conflicting: one call is tested twice, with the right value and with another one.
 */
export const contradictionSchema = z.enum(['one-off', 'conflicting']);
export type Contradiction = z.infer<typeof contradictionSchema>;

const factsSchema = z.strictObject({
  /** Absolute path of the folder of the project. */
  folder: z.string(),
  /** Absolute paths. */
  module: z.string(),
  test: z.string(),
  spec: z.string(),
  function: z.string(),
  parameter: z.string(),
  contradiction: contradictionSchema,
  /** The input at which test and specification disagree, what the specification says, and what the test wants. */
  disputed: z.strictObject({ input: jsonSchema, want: jsonSchema, tested: jsonSchema }),
  /** Other inputs, tested or not, and what the specification says. */
  cases: z.array(z.strictObject({ input: jsonSchema, want: jsonSchema })).min(6),
  /** Lines of a body that follows the specification. */
  body: z.array(z.string()),
});
export type Facts = z.infer<typeof factsSchema>;

export const factsOf = (task: Task): Facts => factsSchema.parse(task.host);
