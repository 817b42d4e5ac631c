import { resolve } from 'node:path';
import { inputError } from '../base/errors.ts';
import { INSTALL, INSTALL_NOTE } from '../base/install.ts';
import type { Environment } from './environment.ts';
import { enclosed } from './load-enclosed.ts';
import type { CallLimits, Declared, Failure } from './load-protocol.ts';
import { moduleThread } from './load-thread.ts';
import { CONTROLS, CURRICULUM, ENVIRONMENTS, findEnvironment } from './registry.ts';

/** `--env ./mine.ts`: anything with a path separator or a script's ending is a module of the user's. */
export const isModulePath = (name: string): boolean => /[\\/]|\.[cm]?[jt]s$/.test(name);

const LIMITS: CallLimits = { computeMs: 10_000, gradeMs: 120_000, loadMs: 60_000, graceMs: 10_000 };

const ALLOWED = 'a .ts or .js module that exports an Environment as default';

const todoFor = ({ message }: Failure, file: string): string => {
  if (/cannot find package 'subterfuge'/i.test(message))
    return `Install it beside the module: ${INSTALL} (${INSTALL_NOTE})`;
  if (/cannot find (?:package|module)/i.test(message)) {
    return 'Look at the path that it names. Imports of files need their ending: "./graders.ts".';
  }
  if (/typescript|enum|namespace|parameter propert/i.test(message)) {
    return 'Types are stripped, not compiled: no enum, no namespace, no parameter properties; or build it to .js first.';
  }
  return `Run "node ${file}" to see the error by itself; "subterfuge new env NAME" makes one that works.`;
};

const refused = (file: string, failure: Failure): Error => {
  const given = failure.where?.startsWith(file) === true ? failure.where : file;
  const elsewhere = failure.where === null || failure.where === given ? '' : ` (${failure.where})`;
  if (failure.kind === 'shape') {
    return inputError({
      code: 'not-an-environment',
      what: `The module does not export an Environment: ${failure.message}.`,
      given,
      allowed: ALLOWED,
      todo: 'docs/environments.md lists the fields; "subterfuge new env NAME" makes one that works.',
    });
  }
  return inputError({
    code: 'unreadable-environment',
    what: `The environment module could not be loaded: ${failure.message}${elsewhere}`,
    given,
    allowed: ALLOWED,
    todo: todoFor(failure, file),
  });
};

/** From a thread that sends what `load-protocol.ts` says. */
const isDeclared = (value: unknown): value is Declared =>
  typeof value === 'object' && value !== null && 'name' in value;

/**
 * Loads a module that exports an Environment: as `default`, as `environment`, or as its only one. Relative to `base`. The
 * module and its functions run in threads of their own: what throws, loops or gives something else is named with its line.
 * Throws `unreadable-environment` and `not-an-environment`; its `tasks` and `submissions` throw `environment-failed`; what
 * happens in its graders leaves rollouts unscored, with the cause.
 */
export const loadEnvironment = async (
  path: string,
  base: string,
  limits?: Partial<CallLimits>,
): Promise<Environment> => {
  const file = resolve(base, path);
  if (limits !== undefined) return await load(file, { ...LIMITS, ...limits });
  const before = loaded.get(file);
  if (before !== undefined) return await before;
  const loading = load(file, LIMITS);
  loaded.set(file, loading);
  // What could not be loaded may be corrected by the next time.
  loading.catch(() => loaded.delete(file));
  return await loading;
};

/** One file is one environment, as one module is one to an import: a recipe that names it twice means the same. */
const loaded = new Map<string, Promise<Environment>>();

const load = async (file: string, all: CallLimits): Promise<Environment> => {
  const thread = moduleThread(file, all);
  const called = await thread.describe();
  if (!('failure' in called) && isDeclared(called.value)) return enclosed(file, called.value, all, thread);
  thread.close();
  throw refused(
    file,
    'failure' in called ? called.failure : { kind: 'shape', message: 'it cannot be read', where: null },
  );
};

/** Turns `all`, `curriculum`, names and module paths into environments, each once, in the order given. */
export const selectEnvironments = async (names: readonly string[], base: string): Promise<readonly Environment[]> => {
  const chosen = new Map<string, { readonly environment: Environment; readonly from: string }>();
  const add = (environment: Environment, from: string): void => {
    const before = chosen.get(environment.name);
    if (before?.from === from) return;
    if (before !== undefined) throw clash(environment.name, before.from, from);
    chosen.set(environment.name, { environment, from });
  };
  for (const name of names) {
    if (name === 'all') for (const environment of ENVIRONMENTS) add(environment, BUILT_IN);
    else if (name === 'curriculum') for (const environment of CURRICULUM) add(environment, BUILT_IN);
    else if (isModulePath(name)) {
      const file = resolve(base, name);
      if ([...chosen.values()].some(({ from }) => from === file)) continue;
      const environment = await loadEnvironment(file, base);
      if ([...ENVIRONMENTS, ...CONTROLS].some((known) => known.name === environment.name)) {
        throw clash(environment.name, BUILT_IN, file);
      }
      add(environment, file);
    } else add(findEnvironment(name), BUILT_IN);
  }
  return [...chosen.values()].map(({ environment }) => environment);
};

const BUILT_IN = 'the one that comes with Subterfuge';

const clash = (name: string, one: string, other: string): Error =>
  inputError({
    code: 'two-environments-of-one-name',
    what: `Two environments are called "${name}"; results could not be told apart.`,
    given: `${one}; ${other}`,
    allowed: 'a name of its own for each',
    todo: `Change "name" in ${other}, and in the tasks that it makes.`,
  });
