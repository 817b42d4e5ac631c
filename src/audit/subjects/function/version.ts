import { readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { messageOf } from '../../../base/errors.ts';
import { contentHash, sha256 } from '../../../base/json.ts';

const PACKAGE = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/;

const hashOf = (path: string): string => {
  try {
    return sha256(readFileSync(path));
  } catch (thrown) {
    // Gone since it was loaded, or an archive's: the version then says so, and differs from one that could be read.
    return `unreadable: ${messageOf(thrown)}`;
  }
};

/**
 * Version of a grader: its own files by content, and the packages that it uses by their package.json. Paths are relative to the grader,
 * so the same grader in another folder is the same version.
 */
export const versionOf = (file: string, name: string, loaded: readonly string[]): string => {
  const packages = new Set<string>();
  const own = new Set<string>([file]);
  for (const path of loaded) {
    const home = PACKAGE.exec(path)?.[1];
    if (home === undefined) own.add(path);
    else packages.add(join(home, 'package.json'));
  }
  const entry = (path: string): readonly [string, string] => [
    relative(dirname(file), path).replaceAll(sep, '/'),
    hashOf(path),
  ];
  // A package is the same wherever it is installed.
  const packaged = (path: string): readonly [string, string] => [
    path.slice(path.lastIndexOf('node_modules')).replaceAll(sep, '/'),
    hashOf(path),
  ];
  // Objects, since canonical JSON sorts their keys.
  return contentHash({
    name,
    own: Object.fromEntries([...own].map(entry)),
    packages: Object.fromEntries([...packages].map(packaged)),
  });
};
