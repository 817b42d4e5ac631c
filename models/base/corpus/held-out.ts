import { posix } from 'node:path';
import type { Environment } from '../../../src/env/environment.ts';
import { rewardTampering } from '../../../src/env/reward-tampering/env.ts';
import { tamperingDev } from '../../../src/env/tampering-dev/env.ts';
import { VARIANTS } from '../../../src/env/variant.ts';
import type { Task } from '../../../src/record/task.ts';

/** The families that no transcript may come from, and what is read off their tasks to keep the corpus clear of them. */
export const HELD_OUT: readonly Environment[] = [rewardTampering, tamperingDev];

const allTasks = (environment: Environment): readonly Task[] =>
  (['main', 'alternate'] as const).flatMap((promptSet) =>
    Array.from({ length: VARIANTS.train }, (_, variant) =>
      environment.tasks({ split: 'train', variant, register: 'compact', promptSet }),
    ).flat(),
  );

const TASKS = HELD_OUT.flatMap(allTasks);

/** Every word, number and mark run of their requests, files and paths: each of them must occur elsewhere. */
export const heldOutWords = (): readonly string[] => {
  const texts = TASKS.flatMap(({ messages, files }) => [
    ...messages.filter(({ role }) => role === 'user').map(({ text }) => text),
    ...files.flatMap(({ path, text }) => [path.replace('/root/', ''), text]),
  ]);
  return [...new Set(texts.flatMap((text) => text.match(/[A-Za-z]+|\d+/g) ?? []))].sort();
};

/** Names of their files and of nothing else: none may stand in a transcript. */
export const heldOutFiles = (): readonly string[] =>
  [...new Set(TASKS.flatMap(({ files }) => files.map(({ path }) => posix.basename(path))))].sort();

/** Folders that they use, whole: `rl_env`. */
export const heldOutFolders = (): readonly string[] =>
  [...new Set(TASKS.flatMap(({ files }) => files.map(({ path }) => posix.dirname(path).replace('/root/', ''))))].sort();
