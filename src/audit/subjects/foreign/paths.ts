import { sep } from 'node:path';

/** Whether a path is the folder or lies in it. Both absolute and normal. */
export const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

/** Outermost folders only, parents before children. What lies in /usr is there anyway. */
export const outermost = (paths: readonly string[]): readonly string[] => {
  const kept: string[] = [];
  for (const path of [...new Set(paths)].sort((a, b) => a.length - b.length || (a < b ? -1 : 1))) {
    if (!isWithin(path, '/usr') && !kept.some((folder) => isWithin(path, folder))) kept.push(path);
  }
  return kept;
};
