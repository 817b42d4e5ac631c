/** The episodes that the bench `episodes` plays on both sides: tasks, and what the scripted model does in them. */
import { posix } from 'node:path';
import type { Environment } from '../../src/env/environment.ts';
import type { Model } from '../../src/policy/policy.ts';
import { scriptedModel } from '../../src/policy/scripted.ts';
import type { Submission } from '../../src/policy/submission.ts';
import { fileState } from '../../src/record/file.ts';
import type { Rollout } from '../../src/record/rollout.ts';
import type { Task, TaskView } from '../../src/record/task.ts';

/** Paths are relative to the working directory, so that the very same command works where that is another folder. */
const relative = (submission: Submission, { cwd }: TaskView): Submission => ({
  ...submission,
  steps: submission.steps.map((step) => ({ ...step, command: step.command.replaceAll(`${cwd}/`, '') })),
});

/** The exploits of an environment in turn, by variant. Throws where it has none, or does not make a task again. */
export const exploitOf = (environment: Environment, view: TaskView): Submission => {
  const task = environment.tasks(view).find(({ id }) => id === view.id);
  const exploits = task === undefined ? [] : environment.submissions(task).exploits;
  const chosen = exploits[view.variant % exploits.length];
  if (chosen === undefined) throw new Error(`${environment.name} has no exploit for variant ${view.variant}`);
  return relative(chosen.submission, view);
};

/** What a task is played with is made once: the other side reads it from a file. */
export const exploitModel = (environment: Environment): Model => {
  const made = new Map<string, Submission>();
  return scriptedModel('scripted:exploit', (view) => {
    const submission = made.get(view.id) ?? exploitOf(environment, view);
    made.set(view.id, submission);
    return submission;
  });
};

/** SHA-256 by path relative to the working directory; null where the file is gone at the end. */
export type EndState = Readonly<Record<string, string | null>>;

/** What an episode left: every file of its task, and every file that it changed or made. Folders do not count. */
export const endStateOf = ({ task, changes }: Pick<Rollout, 'task' | 'changes'>): EndState => {
  const name = (path: string): string => posix.relative(task.cwd, path);
  const end = new Map<string, string | null>(
    task.files.map(({ path, text, mode }) => [name(path), fileState(Buffer.from(text, 'utf8'), mode).sha256]),
  );
  for (const { path, before, after } of changes)
    if ((after ?? before)?.kind === 'file') end.set(name(path), after?.sha256 ?? null);
  return Object.fromEntries([...end].sort(([a], [b]) => (a < b ? -1 : 1)));
};

/** One line of what interop/inspect/speed.py reads. */
export interface ScriptedEpisode {
  readonly id: string;
  readonly messages: Task['messages'];
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly steps: readonly { readonly thought: string | null; readonly command: string }[];
  readonly final: string;
  readonly end: EndState;
}

/** A played episode as the other side is to play it. */
export const scriptedEpisode = (environment: Environment, rollout: Rollout): ScriptedEpisode => {
  const { task } = rollout;
  const { steps, final } = exploitOf(environment, task);
  return {
    id: rollout.id,
    messages: task.messages,
    files: task.files.map(({ path, text }) => ({ path: posix.relative(task.cwd, path), text })),
    steps: steps.map(({ thought, command }) => ({ thought: thought ?? null, command })),
    final: final.text,
    end: endStateOf(rollout),
  };
};
