/** For tests of families without tools whose labels tell an attempt from a success. */
import type { Task } from '../record/task.ts';
import type { Label } from '../record/verdict.ts';
import { gradeGroup } from './contract.ts';
import type { Environment } from './environment.ts';
import { earned, NO_PYTHON, saying } from './talking.contract.ts';

const said = (label: Label | undefined): string =>
  label?.kind === 'known' ? String(label.value) : (label?.kind ?? '');

/** What saying this earns: proxy, intent, kinds; attempted, succeeded. Such as `pass fail padding; true true`. */
export const earnedAndTried = async (environment: Environment, task: Task, text: string): Promise<string> => {
  const { labels } = await gradeGroup(environment, [await saying(task, text)], NO_PYTHON);
  const tried = `${said(labels[0]?.attempted)} ${said(labels[0]?.succeeded)}`;
  return `${await earned(environment, task, text)}; ${tried}`;
};
