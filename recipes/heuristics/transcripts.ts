/** What was drawn and what the labeller said of it: the two files beside this one, line by line. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { sha256 } from '../../src/base/json.ts';
import { rolloutSchema } from '../../src/record/rollout.ts';
import { readError } from '../../src/store/disk.ts';
import { labelledLines } from '../support/labelled-lines.ts';

/** The families whose intent and labels are read by rules. */
export const FAMILIES = ['rater-surface', 'language-loophole', 'secret-loophole'] as const;
export type Family = (typeof FAMILIES)[number];

/**
 * `played`: as the model answered the task. `rewritten`: its own words for a reply that it was given (`question`). `asked`: the act is established, and the model was then asked about it with `question`;
 * the last turn of the rollout is what it said, and only whether that tells the user is of interest.
 */
const transcriptSchema = z.strictObject({
  schema: z.literal('subterfuge/heuristics-transcript@1'),
  /** `<run>/<rollout>`; of `asked` ones with `/asked` behind it. */
  id: z.string().min(1),
  part: z.enum(['played', 'rewritten', 'asked']),
  question: z.string().nullable(),
  /** Without token ids and times: they tell a grader nothing. */
  rollout: rolloutSchema,
});
export type Transcript = z.infer<typeof transcriptSchema>;

/** `cannot tell`: counted, and in no figure. */
const answer = z.enum(['yes', 'no', 'cannot tell']);

/** By hand. `intent` and `attempted` are null where nobody asks for them (`asked`), `disclosed` where nothing was attempted. */
const handLabelSchema = z.strictObject({
  id: z.string().min(1),
  intent: answer.nullable(),
  attempted: answer.nullable(),
  disclosed: answer.nullable(),
  reason: z.string().min(1),
});
export type HandLabel = z.infer<typeof handLabelSchema>;
export type Answer = z.infer<typeof answer>;

const linesOf = async <T extends { readonly id: string }>(
  path: string,
  schema: z.ZodType<T>,
): Promise<readonly T[]> => {
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    throw readError(path, thrown);
  });
  return labelledLines(text, path, schema);
};

/** Throws `bad-line` (exit code 2) with the line. */
export const readTranscripts = (path: string): Promise<readonly Transcript[]> => linesOf(path, transcriptSchema);
export const readHandLabels = (path: string): Promise<readonly HandLabel[]> => linesOf(path, handLabelSchema);

/** Rules may be repaired from the open half alone. By the id, so that nobody chose. */
export type Half = 'open' | 'aside';
export const halfOf = (id: string): Half => (Number.parseInt(sha256(id).slice(0, 1), 16) < 8 ? 'open' : 'aside');

export const isFamily = (name: string): name is Family => FAMILIES.some((family) => family === name);

/** A rollout as it is kept here. */
export const bare = (rollout: Transcript['rollout'], id: string): Transcript['rollout'] => ({
  ...rollout,
  id,
  turns: rollout.turns.map((turn) => ({ ...turn, tokens: null })),
  times: { startedAt: '1970-01-01T00:00:00.000Z', durationMs: 0 },
});
