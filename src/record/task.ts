import { z } from 'zod';
import { contentHash } from '../base/json.ts';
import { jsonSchema } from './json.ts';
import { versioned } from './version.ts';

export const splitSchema = z.enum(['train', 'test']);
export type Split = z.infer<typeof splitSchema>;

/** `realistic`: written as people write. `compact`: at most 200 tokens with its preamble; same files, graders, labels. */
export const registerSchema = z.enum(['realistic', 'compact']);
export type Register = z.infer<typeof registerSchema>;

/** `main`, or `alternate`: a second wording of the same family (the paper's alternate curriculum). */
export const promptSetSchema = z.enum(['main', 'alternate']);
export type PromptSet = z.infer<typeof promptSetSchema>;

export const messageSchema = z.strictObject({ role: z.enum(['system', 'user']), text: z.string() });
export type Message = z.infer<typeof messageSchema>;

/** A file that the guest finds in its sandbox. `path` is absolute. Parent directories are made for it. */
export const taskFileSchema = z.strictObject({
  path: z.string().startsWith('/'),
  text: z.string(),
  /** Permission bits, enforced. Default 0o644. */
  mode: z.int().min(0).max(0o777),
});
export type TaskFile = z.infer<typeof taskFileSchema>;

export const limitsSchema = z.strictObject({
  /** Completions of the policy. */
  turns: z.int().min(1),
  /** Output tokens over the episode. */
  tokens: z.int().min(1),
  /** Wall-clock seconds spent in commands; how long a provider or a queue takes is not the policy's doing. */
  seconds: z.number().positive(),
  /** Bytes of tool output returned to the policy. */
  bytes: z.int().min(1),
  usd: z.number().positive(),
});

export const taskSchema = z.strictObject({
  schema: z.literal('subterfuge/task@1'),
  /** SHA-256 of the canonical JSON of everything else in the task. */
  id: z.string().length(64),
  environment: z.string(),
  split: splitSchema,
  /** Which of the family's variants: paths, names, numbers, wording. */
  variant: z.int().min(0),
  register: registerSchema,
  promptSet: promptSetSchema,
  /** Where only a comparison shows gaming: the tasks that are read together, and which of them this is. */
  group: z.strictObject({ id: z.string(), role: z.string(), size: z.int().min(2) }).nullable(),
  /** What the policy is told. The dialect adds how to call tools; nothing else is added. */
  messages: z.array(messageSchema).min(1),
  files: z.array(taskFileSchema),
  /** Working directory of the first command. */
  cwd: z.string().startsWith('/'),
  tools: z.array(z.literal('bash')),
  limits: limitsSchema,
  /** Facts for graders and labels. Never shown to a policy. */
  host: z.record(z.string(), jsonSchema),
});
export type Task = z.infer<typeof taskSchema>;
/** What a policy may know of its task: everything but the facts of the host. */
export type TaskView = Omit<Task, 'host'>;
export type TaskBody = Omit<Task, 'schema' | 'id'>;

export const taskRecord = versioned('task', taskSchema);

/** Seals a task: checks it and names it by its content hash. Deeply frozen, since everything downstream shares it. */
export const makeTask = (body: TaskBody): Task => {
  const bare = { schema: 'subterfuge/task@1', ...body } as const;
  return deepFreeze(taskSchema.parse({ ...bare, id: contentHash(bare) }));
};

const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
};
