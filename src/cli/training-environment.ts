import { inputError } from '../base/errors.ts';
import type { Environment } from '../env/environment.ts';
import { selectEnvironments } from '../env/load.ts';
import type { Io } from './io.ts';

/** The environment that a recipe means. Throws where there is none, or more than one. */
export const environmentFinder =
  (io: Io) =>
  async (name: string): Promise<Environment> => {
    const [found, ...more] = await selectEnvironments([name], io.cwd);
    if (found !== undefined && more.length === 0) return found;
    throw inputError({
      code: 'not-one-environment',
      what: 'A recipe names its environments one by one.',
      given: name,
      allowed: 'the name of one environment, or a path to a module',
    });
  };
