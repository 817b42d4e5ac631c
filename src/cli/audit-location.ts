import { readFile, stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { lineOf, type SourceLocation } from '../report/audit-location.ts';
import type { Io } from './io.ts';

/** The file that a specification names, and the function in it. Null where it names none. */
const fileIn = (spec: string): { readonly path: string; readonly name: string | null } | null => {
  const judge = /^(?:reference-|pairwise-)?judge:(.+?)@[a-z-]+:/s.exec(spec);
  if (judge !== null) return { path: judge[1] ?? '', name: null };
  const recorded = /^recorded:(.+)$/s.exec(spec);
  if (recorded !== null) return { path: recorded[1] ?? '', name: null };
  const code = /^(?![a-z][a-z-]+:)(.+\.(?:[cm]?[jt]s|py|ya?ml))(?::([\w$.]+))?$/su.exec(spec);
  return code === null ? null : { path: code[1] ?? '', name: code[2] ?? null };
};

/** GitHub and code scanning name files from the root of the checkout. */
const rootOf = ({ env, cwd }: Io, path: string): string => {
  const root = env.GITHUB_WORKSPACE;
  return root !== undefined && path.startsWith(resolve(root) + sep) ? resolve(root) : cwd;
};

/** Where the grader of a specification stands in the user's files. Null where there is no such file, or outside of the project. */
export const locate = async (spec: string, io: Io): Promise<SourceLocation | null> => {
  const named = fileIn(spec);
  if (named === null) return null;
  const path = resolve(io.cwd, named.path);
  const shown = relative(rootOf(io, path), path);
  if (
    shown.startsWith('..') ||
    !(await stat(path).then(
      (found) => found.isFile(),
      () => false,
    ))
  )
    return null;
  return { path: shown.split(sep).join('/'), line: lineOf(await readFile(path, 'utf8'), named.name) };
};
