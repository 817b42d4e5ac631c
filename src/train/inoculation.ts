import type { Environment } from '../env/environment.ts';
import { makeTask, type Task } from '../record/task.ts';

/**
 * The same environment with a line at the end of the system message: inoculation prompting (MacDiarmid et al. 2025),
 * which says in training that the behaviour is asked for, so that learning it says less about the model. For training
 * alone: evaluations play the environment as it is. What it may be used for (`trainable`) stays as it was.
 */
export const inoculated = (environment: Environment, line: string): Environment => ({
  ...environment,
  tasks: (choice) => environment.tasks(choice).map((task) => withLine(task, line)),
});

const withLine = ({ schema: _, id: __, ...task }: Task, line: string): Task => {
  const at = task.messages.findIndex(({ role }) => role === 'system');
  const system = task.messages[at];
  const messages =
    system === undefined
      ? [{ role: 'system' as const, text: line }, ...task.messages]
      : task.messages.toSpliced(at, 1, { ...system, text: `${system.text} ${line}` });
  return makeTask({ ...task, messages });
};
