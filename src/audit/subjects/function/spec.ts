import { isAbsolute, resolve } from 'node:path';

/** `module.ts:export` in two. */
export interface ModuleSpec {
  readonly path: string;
  /** Null: not named. */
  readonly name: string | null;
}

const MODULE = /^(.+\.[cm]?[jt]s)(?::([\p{ID_Start}$_][\p{ID_Continue}$.]*))?$/su;
/** Two letters at least, since one is a drive of Windows. */
const PREFIX = /^[a-z][a-z-]+:/;

/** Null where it is no module of JavaScript or TypeScript. */
export const parseModuleSpec = (spec: string): ModuleSpec | null => {
  if (PREFIX.test(spec)) return null;
  const found = MODULE.exec(spec);
  return found === null ? null : { path: found[1] ?? '', name: found[2] ?? null };
};

export const moduleFile = ({ path }: ModuleSpec, cwd: string): string => (isAbsolute(path) ? path : resolve(cwd, path));
