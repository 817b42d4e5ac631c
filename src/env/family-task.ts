import type { Json } from '../base/json.ts';
import { type Message, makeTask, type Task, type TaskFile } from '../record/task.ts';
import type { TaskChoice } from './environment.ts';
import { CWD, limitsFor } from './variant.ts';

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
