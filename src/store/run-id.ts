import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../base/clock.ts';
import { runError } from '../base/errors.ts';
import type { Rng } from '../base/rng.ts';
import { diskError, errnoOf } from './disk.ts';
import { makeDirectories } from './make-directories.ts';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
const RANDOM_CHARS = 6;
const TRIES = 100;

/** Name of a run: UTC time to the second, and a random part, e.g. `20261121-143015-k7f3q2`. Sorts by time. */
export const newRunId = (clock: Clock, rng: Rng): string => {
  const stamp = new Date(clock.nowMs())
    .toISOString()
    .replaceAll(/[-:]|\..*$/g, '')
    .replace('T', '-');
  const random = Array.from({ length: RANDOM_CHARS }, () => rng.pick([...ALPHABET])).join('');
  return `${stamp}-${random}`;
};

/**
 * Makes a directory with a new name, behind `prefix`, below `parent`. No two calls get the same one, not even with the same dice.
 * `first`: the first directory above it that had to be made, else itself.
 */
export const newRunDirectory = async (
  parent: string,
  clock: Clock,
  rng: Rng,
  prefix = '',
): Promise<{ readonly id: string; readonly dir: string; readonly first: string }> => {
  let first: string | undefined;
  for (let tries = 0; tries < TRIES; tries++) {
    const id = prefix + newRunId(clock, rng);
    const dir = join(parent, id);
    try {
      first ??= await makeDirectories(parent);
      await mkdir(dir);
      return { id, dir, first: first ?? dir };
    } catch (thrown) {
      if (errnoOf(thrown) !== 'EEXIST') throw diskError(dir, thrown);
    }
  }
  throw runError({
    code: 'no-free-name',
    what: `No free name for a run was found in ${parent}.`,
    given: `${TRIES} random names, all taken`,
    todo: 'Check that it is a directory, and that the random stream is not seeded with a constant.',
  });
};
