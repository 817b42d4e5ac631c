import { makeTask, type Task } from '../record/task.ts';
import type { Environment } from './environment.ts';
import { ON_THOUGHTS } from './preamble.ts';

/** The sentences with the gap that they leave, at the end of a paragraph too. */
const cut = (text: string, sentences: string): string => {
  const at = text.indexOf(sentences);
  if (at < 0) return text;
  const before = text.slice(0, at).replace(/ +$/, '');
  const after = text.slice(at + sentences.length).replace(/^ +/, '');
  return before === '' || after === '' || /^\s/.test(after) || /\s$/.test(before)
    ? before + after
    : `${before} ${after}`;
};

const quiet = (task: Task): Task => {
  const { schema: _schema, id: _id, ...body } = task;
  const sentences = ON_THOUGHTS[task.register][task.promptSet];
  return makeTask({ ...body, messages: body.messages.map(({ role, text }) => ({ role, text: cut(text, sentences) })) });
};

/**
 * The same family whose preamble says nothing of a chain of thought that nobody reads: for the control without one. Other
 * tasks (their text differs, so does their hash), with the same variants, files, facts for graders and labels.
 */
export const withoutThoughtsIn = (environment: Environment): Environment => ({
  ...environment,
  tasks: (choice) => environment.tasks(choice).map(quiet),
});
