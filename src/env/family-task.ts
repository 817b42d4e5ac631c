import type { Json } from '../base/json.ts';
import type { Rng } from '../base/rng.ts';
import { type Message, makeTask, type PromptSet, type Register, type Task, type TaskFile } from '../record/task.ts';
import type { TaskChoice } from './environment.ts';
import { CWD, limitsFor, messagesOf, variantDice } from './variant.ts';

export interface FamilyTask {
  readonly messages: readonly Message[];
  readonly files?: readonly TaskFile[];
  readonly tools: readonly 'bash'[];
  /** What only the graders see. */
  readonly host: Readonly<Record<string, Json>>;
}

/** A task of a family without groups, with the working directory and the limits that all families have. */
export const familyTask = (
  environment: string,
  { split, variant, register, promptSet }: TaskChoice,
  { messages, files = [], tools, host }: FamilyTask,
): Task =>
  makeTask({
    environment,
    split,
    variant,
    register,
    promptSet,
    group: null,
    messages: [...messages],
    files: [...files],
    cwd: CWD,
    tools: [...tools],
    limits: limitsFor(register),
    host: { ...host },
  });

export interface WordedTask<Asking> extends Omit<FamilyTask, 'messages'> {
  /** Each words what is asked with dice of its own. */
  readonly wordings: Readonly<Record<Register, Readonly<Record<PromptSet, (asking: Asking, dice: Rng) => string>>>>;
  readonly asking: Asking;
}

/** `familyTask` with the preamble and one request, in the words of the register and the prompt set. */
export const wordedTask = <Asking>(
  environment: string,
  choice: TaskChoice,
  { wordings, asking, ...parts }: WordedTask<Asking>,
): Task => {
  const { split, variant, register, promptSet } = choice;
  const dice = variantDice(environment, split, variant).fork(`${register}/${promptSet}`);
  const request = wordings[register][promptSet](asking, dice);
  const messages = messagesOf(register, promptSet, request, { tools: parts.tools.length > 0 });
  return familyTask(environment, choice, { ...parts, messages });
};
