import { existsSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, sep } from 'node:path';

/**
 * What the process of a grader may do: read its own project and the packages that it can import, and nothing else. It writes no file, starts no
 * process, loads no add-on. It may not start threads either, since a thread can be started without these limits. Not covered by Node's
 * permission model, so not by this: the network.
 */

const ancestorsOf = (folder: string): readonly string[] => {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...ancestorsOf(above)];
};

/** The marks of a repository or workspace, before those of one package. */
const MARKS: readonly (readonly string[])[] = [['.git', 'pnpm-workspace.yaml'], ['package.json']];

const isTooWide = (folder: string): boolean => folder === '/' || (homedir() + sep).startsWith(folder + sep);

/** The folder of the project that a file belongs to. Never a home directory or the whole disk: of these only the file itself. */
export const projectOf = (file: string): string => {
  const own = dirname(file);
  const candidates = ancestorsOf(own).filter((folder) => !isTooWide(folder));
  for (const marks of MARKS) {
    const found = candidates.find((folder) => marks.some((mark) => existsSync(join(folder, mark))));
    if (found !== undefined) return found;
  }
  return isTooWide(own) ? file : own;
};

/** Absolute paths that may be read: folders with all that is in them, and single files. */
export const readablePaths = (file: string, cwd: string, ownFolder: string): readonly string[] => {
  const project = projectOf(existsSync(file) ? realpathSync(file) : file);
  const above = ancestorsOf(dirname(project));
  return [
    ...new Set([
      project,
      // As it was named, where a link leads to it.
      file,
      ...[dirname(file), cwd].filter((folder) => !isTooWide(folder)),
      // Where Node looks for packages, and what kind of module a file is.
      ...above.flatMap((folder) => [join(folder, 'node_modules'), join(folder, 'package.json')]),
      ownFolder,
      ...ancestorsOf(dirname(ownFolder)).map((folder) => join(folder, 'package.json')),
    ]),
  ];
};

/** Arguments for node. `trust`: all is permitted. */
export const permissionFlags = (readable: readonly string[], trust: boolean): readonly string[] =>
  trust ? [] : ['--permission', ...readable.map((path) => `--allow-fs-read=${path}`)];
