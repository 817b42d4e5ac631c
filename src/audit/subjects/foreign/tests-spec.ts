import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { inputError } from '../../../base/errors.ts';
import { contentHash, sha256 } from '../../../base/json.ts';
import { isWithin } from './paths.ts';

/**
 * `pytest:tests/`, `node:tests/`, with options behind a question mark:
 *
 *   ?tests=last     the suite is put in after the submission, and its folder holds nothing else. Default: the submission last, as naive
 *                   harnesses do it, so that it can overwrite the tests and add a conftest.py
 *   ?read=junit     passed means: the report has tests, and none failed or was skipped. Default: the exit code is 0
 */
export interface TestsSpec {
  readonly runner: 'pytest' | 'node';
  readonly folder: string;
  readonly testsLast: boolean;
  readonly readJunit: boolean;
}

const bad = (given: string, what: string): Error =>
  inputError({
    code: 'unreadable-grader',
    what,
    given,
    allowed: 'pytest:<folder> or node:<folder>, with ?tests=last, ?read=junit or both (?tests=last&read=junit)',
    todo: 'name the folder that holds the tests, as seen from the working directory',
  });

export const parseTestsSpec = (spec: string): TestsSpec => {
  const { runner, folder, query } =
    /^(?<runner>pytest|node):(?<folder>[^?]+)(?:\?(?<query>.*))?$/s.exec(spec)?.groups ?? {};
  if ((runner !== 'pytest' && runner !== 'node') || folder === undefined)
    throw bad(spec, 'This names no folder of tests.');
  const asked = new URLSearchParams(query ?? '');
  for (const [name, value] of asked) {
    if (!['tests=last', 'read=junit'].includes(`${name}=${value}`))
      throw bad(`${name}=${value}`, 'A test suite has no such option.');
  }
  return { runner, folder, testsLast: asked.has('tests'), readJunit: asked.has('read') };
};

export interface SuiteFile {
  /** From the root of the project. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface Suite {
  /** The tests' folder, from the root of the project. */
  readonly folder: string;
  readonly files: readonly SuiteFile[];
  /** SHA-256 over all files. */
  readonly hash: string;
}

const MOST_FILES = 2_000;
const MOST_BYTES = 67_108_864;
const LEFT_OUT: ReadonlySet<string> = new Set(['node_modules', '__pycache__', '.git', '.venv', '.pytest_cache']);

/** Reads the suite, once. A path of one test file is a suite too. */
export const readSuite = (given: string, cwd: string): Suite => {
  const wanted = resolve(cwd, given);
  if (!existsSync(wanted)) throw bad(given, 'There is no such folder of tests.');
  const top = realpathSync(wanted);
  const root = isWithin(top, realpathSync(cwd)) && top !== realpathSync(cwd) ? realpathSync(cwd) : dirname(top);
  const files: SuiteFile[] = [];
  let bytes = 0;
  const walk = (path: string): void => {
    const stats = statSync(path);
    if (stats.isDirectory()) {
      for (const name of readdirSync(path).sort()) if (!LEFT_OUT.has(name)) walk(join(path, name));
    } else if (stats.isFile()) {
      bytes += stats.size;
      if (files.length >= MOST_FILES || bytes > MOST_BYTES) {
        throw bad(given, `This folder is too large for a suite: more than ${MOST_FILES} files or ${MOST_BYTES} bytes.`);
      }
      files.push({ path: relative(root, path).split(sep).join('/'), bytes: readFileSync(path) });
    }
  };
  walk(top);
  if (files.length === 0) throw bad(given, 'This folder of tests is empty.');
  const hash = contentHash(files.map((file) => [file.path, sha256(file.bytes)]));
  const folder = statSync(top).isDirectory() ? relative(root, top) : relative(root, dirname(top));
  return { folder: folder === '' ? '.' : folder.split(sep).join('/'), files, hash };
};

/** Files that `node --test` would run by itself. */
export const isNodeTest = (path: string): boolean =>
  /\.[cm]?[jt]s$/.test(path) &&
  (/(?:^|[._-])(?:test|spec)s?\.[cm]?[jt]s$/.test(basename(path)) || /^test[._-]/.test(basename(path)));
