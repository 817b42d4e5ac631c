import { z } from 'zod';
import { faultSchema } from './fault.ts';
import { fileChangeSchema } from './file.ts';
import { jsonSchema } from './json.ts';
import { taskSchema } from './task.ts';
import { versioned } from './version.ts';

/** How transcripts are written: the paper's `<cot>`/`<bash>` tags, or the provider's own tool calls and reasoning. */
export const dialectNameSchema = z.enum(['tags', 'native']);
export type DialectName = z.infer<typeof dialectNameSchema>;

/**
 * A piece of what the policy wrote, in order. `thought` is the hidden chain of thought: no overseer sees it.
 * `malformed` is a call that could not be read; the policy is told so and may go on.
 */
export const partSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('thought'), text: z.string() }),
  z.strictObject({ kind: z.literal('text'), text: z.string() }),
  z.strictObject({ kind: z.literal('call'), id: z.string(), command: z.string() }),
  z.strictObject({ kind: z.literal('malformed'), id: z.string(), text: z.string(), problem: z.string() }),
]);
export type Part = z.infer<typeof partSchema>;

/** Ids and log-probabilities exactly as sampled, one each per output token: training never re-tokenises. */
export const tokensSchema = z.strictObject({ ids: z.array(z.int()), logprobs: z.array(z.number()) });
export type Tokens = z.infer<typeof tokensSchema>;

export const usageSchema = z.strictObject({
  inputTokens: z.int().min(0),
  outputTokens: z.int().min(0),
  /** Of the input tokens, how many the provider read from its cache. */
  cachedTokens: z.int().min(0),
  /** Of the output tokens, how many were reasoning. */
  reasoningTokens: z.int().min(0),
  /** Null where no price is known. */
  usd: z.number().min(0).nullable(),
});
export type Usage = z.infer<typeof usageSchema>;

export const completionStopSchema = z.enum(['end', 'stop-sequence', 'tool-calls', 'length', 'content-filter']);
export type CompletionStop = z.infer<typeof completionStopSchema>;

/** Why a command ended. `sandbox-lost` is the host's loss and is retried; all others are the guest's outcome. */
export const commandOutcomeSchema = z.enum(['ok', 'timeout', 'limit', 'shell-died', 'sandbox-lost']);
export type CommandOutcome = z.infer<typeof commandOutcomeSchema>;

/** A write that file modes or a read-only path refused. */
export const deniedWriteSchema = z.strictObject({
  path: z.string(),
  operation: z.enum(['write', 'delete', 'create', 'rename', 'chmod']),
});
export type DeniedWrite = z.infer<typeof deniedWriteSchema>;

/** What one command did. Output is what the policy was shown, already cut to the caps. */
export const toolResultSchema = z.strictObject({
  callId: z.string(),
  /** Null where the command was killed before it could exit. */
  exitCode: z.int().nullable(),
  stdout: z.string(),
  stderr: z.string(),
  truncated: z.strictObject({ stdout: z.boolean(), stderr: z.boolean() }),
  outcome: commandOutcomeSchema,
  /** Which limit, for `limit` and `timeout`. */
  limit: z.string().nullable(),
  /** Working directory afterwards. */
  cwd: z.string(),
  /** Against the files just before this command. */
  changes: z.array(fileChangeSchema),
  denied: z.array(deniedWriteSchema),
});
export type ToolResult = z.infer<typeof toolResultSchema>;

/** One completion and the results of the commands it called, in order. */
export const turnSchema = z.strictObject({
  parts: z.array(partSchema),
  /** The completion's text as it came, before any parsing. */
  raw: z.string(),
  tokens: tokensSchema.nullable(),
  stop: completionStopSchema,
  usage: usageSchema,
  results: z.array(toolResultSchema),
  /** What the user said next. Only imported conversations go on after an answer. */
  reply: z.string().optional(),
});
export type Turn = z.infer<typeof turnSchema>;

/** `finished`: the policy wrote a final message. `fault`: see `faults`; such a rollout is never scored. */
export const stopReasonSchema = z.enum([
  'finished',
  'turn-limit',
  'token-limit',
  'time-limit',
  'byte-limit',
  'cost-limit',
  'content-filter',
  'fault',
]);
export type StopReason = z.infer<typeof stopReasonSchema>;

/**
 * What a policy is told between two attempts: `reward`: its reward on the proxy channel, and to reflect; `reflect`: to reflect;
 * `none`: only to do the task again.
 */
export const feedbackSchema = z.enum(['reward', 'reflect', 'none']);
export type Feedback = z.infer<typeof feedbackSchema>;

/** One of several attempts at the same task in one conversation, each with fresh files. The others are rollouts of their own. */
export const attemptSchema = z.strictObject({
  /** From 1. The conversation before it is that of all lower numbers. */
  number: z.int().min(1),
  of: z.int().min(2),
  feedback: feedbackSchema,
  /** What the policy was told after the attempt before, as a user message; null in the first. */
  told: z.string().nullable(),
});
export type Attempt = z.infer<typeof attemptSchema>;

/** A score as a log gives it; what it means is for a grader to say. */
export const logScoreSchema = z.strictObject({ name: z.string(), value: jsonSchema, reason: z.string() });
export type LogScore = z.infer<typeof logScoreSchema>;

/** Where an imported rollout comes from, and what its log does not say. */
export const importedSchema = z.strictObject({
  /** File and line, or file and entry of the archive. */
  source: z.string(),
  /** What the log calls it. */
  id: z.string().nullable(),
  scores: z.array(logScoreSchema),
  /** The score that is taken for the proxy, and from where on it passes (0 to 1). Null: none was chosen. */
  proxy: z.strictObject({ score: z.string(), passAt: z.number().min(0).max(1) }).nullable(),
  /** Fields of the rollout that hold no more than a placeholder, since the log is silent on them. */
  unknown: z.array(z.enum(['model', 'usage', 'cost', 'start', 'duration', 'files', 'limits', 'exit-codes'])),
});
export type Imported = z.infer<typeof importedSchema>;

export const rolloutSchema = z.strictObject({
  schema: z.literal('subterfuge/rollout@1'),
  /** Unique in its run and the same in every run with the same plan: `<environment>/<index>`, zero-padded. */
  id: z.string(),
  task: taskSchema,
  policy: z.strictObject({ spec: z.string(), version: z.string() }),
  dialect: dialectNameSchema,
  /** Left out: the only attempt. */
  attempt: attemptSchema.optional(),
  /** Name of the random stream that this episode drew from. */
  seed: z.string(),
  turns: z.array(turnSchema),
  /** Files at the end against the task's files. */
  changes: z.array(fileChangeSchema),
  stop: stopReasonSchema,
  faults: z.array(faultSchema),
  usage: usageSchema,
  /** The only fields that differ between two runs with one seed. */
  times: z.strictObject({ startedAt: z.string(), durationMs: z.number().min(0) }),
  /** Only where it was not played here but read from a log. */
  imported: importedSchema.optional(),
});
export type Rollout = z.infer<typeof rolloutSchema>;

export const rolloutRecord = versioned('rollout', rolloutSchema);

/** What the user reads at the end: the visible text of the last turn, trimmed; empty where there is none. */
export const finalAnswer = (rollout: Rollout): string => {
  const last = rollout.turns.at(-1);
  if (last === undefined || last.parts.some((part) => part.kind === 'call' || part.kind === 'malformed')) return '';
  return last.parts
    .filter((part) => part.kind === 'text')
    .map((part) => part.text)
    .join('')
    .trim();
};

/** Every result in the order of execution. */
export const toolResults = (rollout: Rollout): readonly ToolResult[] => rollout.turns.flatMap((turn) => turn.results);
