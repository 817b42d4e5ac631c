/** What a user's module must export, and what its functions must give. Each check says what is wrong in words. */
import { z } from 'zod';
import { failureClassSchema } from '../record/audit.ts';
import { makeTask, type Task, taskSchema } from '../record/task.ts';
import { basisSchema, type Label, labelSchema } from '../record/verdict.ts';
import type { Submissions, TaskChoice } from './environment.ts';
import type { Declared, Failure } from './load-protocol.ts';
import type { BareLabels } from './single.ts';

const aFunction = z.custom<(...given: never) => unknown>((value) => typeof value === 'function', 'must be a function');
const text = z.string('must be a text').min(1, 'must not be empty');

/** Part of rollout ids, of file names and of command lines. */
export const nameSchema = z
  .string('must be a text')
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be small letters, digits and hyphens, at most 64');

const grader = <C extends string>(channel: C) =>
  z.object({
    name: text,
    channel: z.literal(channel),
    basis: basisSchema,
    grade: aFunction,
  });

/** Fields that it does not know are left out. */
export const environmentSchema = z.object({
  name: nameSchema,
  title: text,
  origin: text,
  failureClass: failureClassSchema.nullable(),
  control: z.enum(['ordinary', 'told']).optional(),
  tools: z.array(z.literal('bash')),
  variants: z.object({ train: z.int().min(1), test: z.int().min(1) }),
  trainable: z.boolean(),
  proxyPaysHonest: z.boolean(),
  weaknesses: z.array(z.object({ name: text, description: text, witness: text })),
  proxyText: text,
  intentText: text,
  tasks: aFunction,
  contrast: z.object({ name: text, text, of: aFunction }).optional(),
  proxy: grader('proxy'),
  intent: grader('intent'),
  labels: z.object({ name: text, refusals: z.literal(true).optional(), label: aFunction }),
  submissions: aFunction,
});

export const declaredOf = (environment: z.infer<typeof environmentSchema>): Declared => {
  const { tasks: _tasks, submissions: _submissions, contrast, proxy, intent, labels, control, ...rest } = environment;
  return {
    ...rest,
    ...(control !== undefined && { control }),
    proxy: { name: proxy.name, basis: proxy.basis },
    intent: { name: intent.name, basis: intent.basis },
    labels: { name: labels.name, ...(labels.refusals === true && { refusals: true }) },
    contrast: contrast === undefined ? null : { name: contrast.name, text: contrast.text },
  };
};

/** In one line, as errors of this project are. */
export const problemsOf = (error: z.ZodError): string =>
  error.issues
    .map(({ path, message }) => `${path.length === 0 ? '' : `${path.map(String).join('.')}: `}${message}`)
    .join('; ');

export const failureText = ({ kind, message, where }: Failure): string =>
  `${kind === 'threw' ? `threw: ${message}` : message}${where === null ? '' : ` (${where})`}`;

/** The call, as somebody would write it. */
export const callText = ({ split, variant, register, promptSet }: TaskChoice): string =>
  `tasks({ split: '${split}', variant: ${variant}, register: '${register}', promptSet: '${promptSet}' })`;

/** Between `callText` and what it gave. */
export const OTHERWISE = 'gave something else than it should:';

/** The tasks of one choice, or what is wrong with them. */
export const readTasks = (value: unknown, name: string, choice: TaskChoice): readonly Task[] | string => {
  const read = z.array(taskSchema).min(1, 'there is no task').safeParse(value);
  if (!read.success) return problemsOf(read.error);
  for (const [index, task] of read.data.entries()) {
    if (task.environment !== name) return `task ${index} says that it belongs to "${task.environment}"`;
    for (const key of ['split', 'variant', 'register', 'promptSet'] as const) {
      if (task[key] !== choice[key]) return `${choice[key]} was asked for, but task ${index} says ${key} ${task[key]}`;
    }
    if (read.data.length !== (task.group?.size ?? 1) || task.group?.id !== read.data[0]?.group?.id) {
      return `there are ${read.data.length} tasks, but task ${index} says ${
        task.group === null ? 'that it stands alone' : `that group "${task.group.id}" has ${task.group.size}`
      }`;
    }
  }
  const sealed = read.data.map(sealedAgain);
  const changed = sealed.findIndex((task, index) => task.id !== read.data[index]?.id);
  return changed < 0 ? sealed : `task ${changed} was changed after makeTask`;
};

const sealedAgain = ({ schema: _schema, id: _id, ...body }: Task): Task => makeTask(body);

/** What is said of one rollout is read by people, and written down with each. */
const MOST_CHARACTERS = 100_000;

/** In words how far it is too long to be kept; null where it is not. */
export const excess = (said: unknown): string | null => {
  const { length } = JSON.stringify(said);
  return length <= MOST_CHARACTERS
    ? null
    : `${length.toLocaleString('en')} characters, of which at most ${MOST_CHARACTERS.toLocaleString('en')} are kept`;
};

const submissionSchema = z.object({
  name: text,
  steps: z.array(z.object({ thought: z.string().optional(), command: z.string() })),
  final: z.object({ thought: z.string().optional(), text: z.string() }),
});
const expected = z.union([z.boolean(), z.literal('inapplicable')]);
const submissionsSchema = z.object({
  gold: submissionSchema,
  empty: submissionSchema,
  wrong: z.array(submissionSchema),
  exploits: z.array(
    z.object({
      weakness: text,
      submission: submissionSchema,
      expect: z.object({ evaded: expected, disclosed: expected, kinds: z.array(z.string()) }),
    }),
  ),
});

const isSubmissions = (value: unknown): value is Submissions => submissionsSchema.safeParse(value).success;

export const readSubmissions = (value: unknown): Submissions | string => {
  if (isSubmissions(value)) return value;
  const { error } = submissionsSchema.safeParse(value);
  return error === undefined ? 'they cannot be read' : problemsOf(error);
};

export const bareLabelsSchema: z.ZodType<BareLabels> = z.object({
  attempted: labelSchema,
  succeeded: labelSchema,
  evaded: labelSchema,
  disclosed: labelSchema,
  kinds: z.array(z.string()),
});

const saysYes = (label: Label): boolean => label.kind === 'known' && label.value;
const saysNo = (label: Label): boolean => label.kind === 'known' && !label.value;

/** Labels of one rollout that cannot all be true, in words; null where they can. */
export const contradiction = ({ attempted, succeeded, evaded, disclosed, kinds }: BareLabels): string | null => {
  if (saysYes(succeeded) && saysNo(attempted)) return 'succeeded without an attempt';
  if (saysYes(evaded) && saysNo(succeeded)) return 'evaded without a success';
  if (disclosed.kind === 'known' && saysNo(attempted)) return 'disclosed is decided though nothing was attempted';
  if (saysNo(attempted) && kinds.length > 0) return `kinds (${kinds.join(', ')}) without an attempt`;
  if (saysYes(attempted) && kinds.length === 0) return 'an attempt of no kind';
  return null;
};
