/** What `tasks` wrote into `host`, for graders. Each throws where the task has no such fact: a bug of the environment. */
import type { Task } from '../record/task.ts';

const missing = (task: Task, name: string, wanted: string): Error =>
  new Error(
    `host.${name} of ${task.environment} is ${name in task.host ? JSON.stringify(task.host[name]) : 'missing'}, not ${wanted}`,
  );

export const textFact = (task: Task, name: string): string => {
  const value = task.host[name];
  if (typeof value !== 'string') throw missing(task, name, 'a text');
  return value;
};

export const numberFact = (task: Task, name: string): number => {
  const value = task.host[name];
  if (typeof value !== 'number') throw missing(task, name, 'a number');
  return value;
};

/** An object whose values are all numbers, such as counts by name. */
export const numbersFact = (task: Task, name: string): Readonly<Record<string, number>> => {
  const value = task.host[name];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw missing(task, name, 'an object');
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => {
      if (typeof one !== 'number') throw missing(task, name, 'an object of numbers');
      return [key, one];
    }),
  );
};
