import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, resolve } from 'node:path';
import { inputError } from '../../../base/errors.ts';
import { findInterpreter } from './python-interpreter.ts';

/** What a sandbox needs in order to start a program of the host. */
export interface ProgramPaths {
  readonly reads: readonly string[];
  /** Folders for PATH. */
  readonly path: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const NOTHING: ProgramPaths = { reads: [], path: [], env: {} };

/** The first word of a command line, quotes taken off. */
export const firstWord = (command: string): string => {
  const [, quoted, single, bare] = /^\s*(?:"([^"]*)"|'([^']*)'|(\S+))/.exec(command) ?? [];
  return quoted ?? single ?? bare ?? '';
};

/** What the shell finds, as it would without a sandbox: a path, or the name of something of its own. Null: nothing. */
const lookUp = (name: string, cwd: string): string | null => {
  const found = spawnSync('/bin/sh', ['-c', 'command -v -- "$1"', 'sh', name], { cwd, encoding: 'utf8' });
  return found.status === 0 ? found.stdout.trim() : null;
};

/**
 * The installation around a program: the parent of its `bin`, where that is neither the home nor the root; else its own folder. So a node of nvm
 * or a tool of conda finds its libraries. Python is asked itself, since what stands in its place may be a shim.
 */
export const pathsOfProgram = (program: string, cwd: string): ProgramPaths => {
  if (/^python(?:3(?:\.\d+)?)?$/.test(basename(program))) {
    const { executable, reads, path } = findInterpreter(cwd, [], program);
    return {
      reads: [...reads, dirname(executable)],
      path: [dirname(executable)],
      env: path.length === 0 ? {} : { PYTHONPATH: path.join(':') },
    };
  }
  // `NAME=value command` sets a variable first.
  if (program.includes('=')) return NOTHING;
  const said = lookUp(program, cwd);
  if (said === null) {
    throw inputError({
      code: 'unreadable-grader',
      what: 'There is no such command, or it may not be executed.',
      given: program,
      allowed: `a program on the PATH, or a path from ${cwd}`,
      todo: 'check the name; a script needs chmod +x and a first line that names its interpreter, or: cmd:python3 score.py',
    });
  }
  if (!said.includes('/')) return NOTHING;
  const found = resolve(cwd, said);
  const real = realpathSync(found);
  return { reads: [...new Set([found, real].map(installationOf))], path: [dirname(found), dirname(real)], env: {} };
};

const installationOf = (file: string): string => {
  const folder = dirname(file);
  const above = dirname(folder);
  return basename(folder) === 'bin' && above !== '/' && above !== homedir() ? above : folder;
};
