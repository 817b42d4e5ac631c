import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { inputError } from '../../../base/errors.ts';
import { contentHash, sha256 } from '../../../base/json.ts';
import { isWithin } from './paths.ts';
import { partsOfPythonSpec } from './specs.ts';

/** Where a Python grader is, and how Python calls it. */
export interface PythonModule {
  readonly path: string;
  /** The folder that imports start from: the file's own, or the one above its packages. */
  readonly root: string;
  readonly module: string;
  readonly name: string | null;
}

export const findModule = (spec: string, cwd: string): PythonModule => {
  const { file, name } = partsOfPythonSpec(spec);
  const wanted = resolve(cwd, file);
  if (!existsSync(wanted) || !statSync(wanted).isFile()) {
    throw inputError({
      code: 'unreadable-grader',
      what: 'There is no such Python file.',
      given: file,
      allowed: `a path from ${cwd}`,
      todo: 'check the path; the specification is <file.py>:<function>',
    });
  }
  // Python resolves links on its path only in part; one form for both sides.
  const path = realpathSync(wanted);
  const packages: string[] = [];
  let root = dirname(path);
  while (existsSync(join(root, '__init__.py')) && dirname(root) !== root) {
    packages.unshift(basename(root));
    root = dirname(root);
  }
  return { path, root, module: [...packages, basename(path, '.py')].join('.'), name };
};

/**
 * SHA-256 of the grader's own code: its file and whatever it had imported from its root when it was loaded. `loaded` was said by the
 * grader's process, so only files below the root are read.
 */
export const versionOf = ({ path, root }: PythonModule, loaded: readonly string[]): string => {
  const files = [...new Set([path, ...loaded.map((file) => resolve(file))])]
    .filter((file) => isWithin(file, root) && existsSync(file) && isWithin(realpathSync(file), root))
    .map((file) => ({ file: relative(root, file), hash: sha256(readFileSync(file)) }));
  return contentHash(files.sort((a, b) => (a.file < b.file ? -1 : 1)));
};
