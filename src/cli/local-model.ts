/** The options of `eval`, `resume` and `grade` that only models on this machine know: threads, context, a chat template. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { inputError, messageOf } from '../base/errors.ts';
import type { ChatTemplate, EvalPlan } from '../record/run.ts';
import type { Io } from './io.ts';

export interface LocalFlags {
  readonly threads?: number;
  readonly context?: number;
  readonly chatTemplate?: string;
}

type Kind = 'engine' | 'gguf';

/** Templates run to some thousands of characters; more is another file, and would stand in every manifest. */
const MOST_CHARS = 100_000;

const isOf = (spec: string | undefined, kinds: readonly Kind[]): boolean =>
  spec !== undefined && kinds.some((kind) => spec.startsWith(`${kind}:`));

/** `given`: the option that names the model, with it. */
const notForThis = (option: string, given: string, allowed: string, todo: string): Error =>
  inputError({
    code: 'option-of-other-models',
    what: `--${option} says nothing to this model.`,
    given: `--${option} with ${given}`,
    allowed,
    todo,
  });

/**
 * Threads do not change what is recorded, so they are of this start alone. `model`: undefined where a judge alone is asked.
 * Throws `option-of-other-models` (exit code 2).
 */
export const checkThreads = (
  threads: number | undefined,
  model: string | undefined,
  judge: string | undefined,
): void => {
  if (threads === undefined || isOf(model, ['engine', 'gguf']) || isOf(judge, ['engine', 'gguf'])) return;
  throw notForThis(
    'threads',
    model === undefined ? `--judge ${judge}` : `--model ${model}`,
    '--threads with an engine: or gguf: model, as --model or as --judge',
    'Leave it out: other models do not run in this process. --concurrency says how many calls are made at once.',
  );
};

/**
 * What of this goes into the plan. Throws `option-of-other-models`, `unreadable-chat-template` and `bad-chat-template` (exit
 * code 2).
 */
export const localPlanOf = async (
  io: Pick<Io, 'cwd'>,
  { context, chatTemplate }: LocalFlags,
  model: string,
): Promise<Pick<EvalPlan, 'context' | 'chatTemplate'>> => {
  if (context !== undefined && !isOf(model, ['engine', 'gguf']))
    throw notForThis(
      'context',
      `--model ${model}`,
      '--context with an engine: or gguf: model',
      'Leave it out: the context of other models is set where they are served.',
    );
  if (chatTemplate !== undefined && !isOf(model, ['gguf']))
    throw notForThis(
      'chat-template',
      `--model ${model}`,
      '--chat-template with a gguf: model',
      isOf(model, ['engine'])
        ? 'Leave it out: checkpoints on the embedded engine speak ChatML.'
        : 'Leave it out: the template of other models is set where they are served.',
    );
  return {
    ...(context !== undefined && { context }),
    ...(chatTemplate !== undefined && { chatTemplate: await templateOf(io, chatTemplate) }),
  };
};

const templateOf = async (io: Pick<Io, 'cwd'>, name: string): Promise<ChatTemplate> => {
  const text = await readFile(resolve(io.cwd, name), 'utf8').catch((thrown: unknown) => {
    throw inputError({
      code: 'unreadable-chat-template',
      what: `The chat template cannot be read: ${messageOf(thrown)}`,
      given: `--chat-template ${name}`,
      allowed: 'a file with a Jinja template',
      cause: thrown,
    });
  });
  const wrong =
    text.trim() === ''
      ? 'is empty'
      : text.length > MOST_CHARS
        ? `has ${text.length.toLocaleString('en')} characters`
        : /\{[{%]/.test(text)
          ? null
          : 'is no Jinja template: nothing in it is put in, {{ … }} or {% … %}';
  if (wrong === null) return { name, text };
  throw inputError({
    code: 'bad-chat-template',
    what: `The chat template ${wrong}.`,
    given: `--chat-template ${name}`,
    allowed: `a Jinja template as Hugging Face's chat_template, of up to ${MOST_CHARS.toLocaleString('en')} characters`,
    todo: 'Take chat_template.jinja of the model, or what tokenizer_config.json has as chat_template.',
  });
};
