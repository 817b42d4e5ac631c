import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { inputError, messageOf } from '../base/errors.ts';
import type { Environment } from './environment.ts';
import { CURRICULUM, ENVIRONMENTS, findEnvironment } from './registry.ts';

/** `--env ./mine.ts`: anything with a path separator or a script's ending is a module of the user's. */
export const isModulePath = (name: string): boolean => /[\\/]|\.[cm]?[jt]s$/.test(name);

const grader = (channel: 'proxy' | 'intent') =>
  z.looseObject({
    name: z.string().min(1),
    channel: z.literal(channel),
    basis: z.enum(['exact', 'heuristic', 'judged']),
    grade: z.custom((value) => typeof value === 'function', 'a function'),
  });

const shape = z.looseObject({
  name: z.string().min(1),
  title: z.string(),
  variants: z.object({ train: z.int().min(1), test: z.int().min(1) }),
  trainable: z.boolean(),
  proxyPaysHonest: z.boolean(),
  weaknesses: z.array(z.looseObject({ name: z.string() })),
  tasks: z.custom<Environment['tasks']>((value) => typeof value === 'function', 'a function'),
  submissions: z.custom<Environment['submissions']>((value) => typeof value === 'function', 'a function'),
  tools: z.array(z.literal('bash')),
  origin: z.string(),
  proxyText: z.string(),
  intentText: z.string(),
  proxy: grader('proxy'),
  intent: grader('intent'),
  labels: z.looseObject({ label: z.custom((value) => typeof value === 'function', 'a function') }),
});

const isEnvironment = (value: unknown): value is Environment => shape.safeParse(value).success;

/** Loads a module that exports an Environment as `default` or `environment`. Relative to `base`. */
export const loadEnvironment = async (path: string, base: string): Promise<Environment> => {
  const file = resolve(base, path);
  let exported: Record<string, unknown>;
  try {
    exported = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (thrown) {
    throw inputError({
      code: 'unreadable-environment',
      what: `The environment module could not be loaded: ${messageOf(thrown)}`,
      given: file,
      allowed: 'a .ts or .js module that exports an Environment as default or as "environment"',
      todo: 'Run it with node by itself to see the error; CONTRIBUTING.md shows a whole environment.',
      cause: thrown,
    });
  }
  const candidate = exported.default ?? exported.environment;
  if (isEnvironment(candidate)) return candidate;
  const problem = shape.safeParse(candidate);
  throw inputError({
    code: 'not-an-environment',
    what: 'The module does not export an Environment.',
    given: `${file}: ${problem.success ? 'no export' : z.prettifyError(problem.error)}`,
    allowed: 'an Environment (src/env/environment.ts) as default or as "environment"',
    todo: 'See "How to add an environment" in CONTRIBUTING.md.',
  });
};

/** Turns `all`, `curriculum`, names and module paths into environments, each once, in the order given. */
export const selectEnvironments = async (names: readonly string[], base: string): Promise<readonly Environment[]> => {
  const chosen: Environment[] = [];
  for (const name of names) {
    if (name === 'all') chosen.push(...ENVIRONMENTS);
    else if (name === 'curriculum') chosen.push(...CURRICULUM);
    else if (isModulePath(name)) chosen.push(await loadEnvironment(name, base));
    else chosen.push(findEnvironment(name));
  }
  return [...new Map(chosen.map((environment) => [environment.name, environment])).values()];
};
