/** Which line of a user's own files an error or a loop belongs to. */
import { Session } from 'node:inspector';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this package's code: nothing in it is the user's. */
const OWN = dirname(dirname(fileURLToPath(import.meta.url)));

const isTheirs = (path: string): boolean =>
  path.startsWith('/') && !path.startsWith(`${OWN}/`) && !path.includes('/node_modules/');

const pathOf = (given: string): string => {
  try {
    return given.startsWith('file:') ? fileURLToPath(given) : given;
  } catch {
    // Not a local file, so not the user's.
    return '';
  }
};

/** Not what follows a word: `node:internal/modules/esm/resolve:272` is Node's own. */
const PLACE = /(file:\/\/\/[^\s()]+?|(?<![\w.:-])\/[^\s():]+):(\d+)(?::(\d+))?/g;

/** The first place of a stack that lies in the user's files, as `file:line:column`. */
export const placeIn = (stack: string): string | null => {
  for (const [, given = '', line, column] of stack.matchAll(PLACE)) {
    const path = pathOf(given);
    if (isTheirs(path)) return [path, line, column].filter((part) => part !== undefined).join(':');
  }
  return null;
};

/**
 * Where `work` spends its time, as `file:line`: runs it under the profiler of this thread. `work` must come back by itself
 * (it may throw). Null where no line of the user's was seen.
 */
export const busiestPlace = (work: () => void): string | null => {
  const session = new Session();
  session.connect();
  try {
    session.post('Profiler.enable');
    session.post('Profiler.start');
    try {
      work();
    } catch {
      // That it does not end is known; this only asks where.
    }
    let place: string | null = null;
    let most = 0;
    session.post('Profiler.stop', (error, answer) => {
      if (error !== null) return;
      for (const { callFrame, positionTicks } of answer.profile.nodes) {
        const path = pathOf(callFrame.url);
        if (!isTheirs(path)) continue;
        for (const { line, ticks } of positionTicks ?? []) {
          if (ticks > most) [place, most] = [`${path}:${line}`, ticks];
        }
      }
    });
    return place;
  } finally {
    session.disconnect();
  }
};
