import { findPackageJSON } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inputError, messageOf, SubterfugeError } from '../../../base/errors.ts';
import type { ExampleSet } from '../../example.ts';
import type { SubjectSources } from '../../open-subject.ts';
import type { Subject, SubjectOptions } from '../../subject.ts';
import { NO_SUCH_SCORER, npmModule } from './npm-module.ts';
import { type NpmSpec, parseNpmSpec } from './npm-spec.ts';
import { openTemporaryModule } from './temporary-module.ts';

const isInstalled = (name: string, cwd: string): boolean => {
  try {
    return findPackageJSON(name, pathToFileURL(join(cwd, 'from-here.mjs'))) !== undefined;
  } catch (thrown) {
    // What it throws where there is no such package, and nothing else.
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_MODULE_NOT_FOUND') return false;
    throw thrown;
  }
};

const requireInstalled = ({ name }: NpmSpec, spec: string, cwd: string): void => {
  if (isInstalled(name, cwd)) return;
  throw inputError({
    code: 'package-missing',
    what: 'The package of this scorer is not installed here.',
    given: `${spec}, looked for from ${cwd}`,
    todo: `npm install --save-dev ${name}, or run the command in a folder where it is installed.`,
  });
};

const keysOf = ({ keys }: NpmSpec, spec: string, sources: SubjectSources): Record<string, string> =>
  Object.fromEntries(
    keys.map((key) => {
      const value = sources.keys[key];
      if (value !== undefined) return [key, value];
      throw inputError({
        code: 'key-missing',
        what: 'The scorer was promised a variable that is not set.',
        given: `key=${key} of ${spec}`,
        todo: `Set ${key} in the environment, or remove it from the specification.`,
      });
    }),
  );

/** Throws `package-missing`, `no-such-export`, `key-missing`, and what opening a module throws. */
export const openNpm = async (
  spec: string,
  options: SubjectOptions,
  examples: ExampleSet,
  sources: SubjectSources,
): Promise<Subject> => {
  const parsed = parseNpmSpec(spec);
  requireInstalled(parsed, spec, sources.cwd);
  const env = keysOf(parsed, spec, sources);
  // A scorer that is given a key asks a model.
  const asksModel = parsed.keys.length > 0;
  const form = options.form ?? (asksModel && examples.task === 'text' ? ('judge' as const) : null);
  try {
    return await openTemporaryModule(
      { code: npmModule(parsed), spec, kind: 'npm', env, expensive: asksModel },
      { ...options, form },
      examples,
      sources,
    );
  } catch (thrown) {
    const names = messageOf(thrown).split(NO_SUCH_SCORER)[1];
    if (!(thrown instanceof SubterfugeError) || names === undefined) throw thrown;
    throw inputError({
      code: 'no-such-export',
      what: `${parsed.entry} has no scorer of this name.`,
      given: parsed.scorer,
      allowed: names.split('\n')[0]?.trim() ?? '',
      todo: 'Take one of these; a member of an object is written with a dot.',
    });
  }
};
