import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256 } from '../base/json.ts';

/** What a run's results depend on. How they are shown (report, server, cli) may change between two runs of one sweep. */
const FOLDERS: readonly string[] =
  'base record stats sandbox policy store engine grade env rollout evaluate train'.split(' ');

const isCode = (name: string): boolean =>
  /\.(?:js|ts|json)$/u.test(name) && !/(?:\.d|\.test|\.contract)\.ts$|\.map$/u.test(name);

/**
 * Hash of the program's own files below a root, which is that of this program unless given. Two builds of one source have
 * one hash; source and build have two. Without dependencies, which package-lock.json fixes.
 */
export const programHash = async (root: string = fileURLToPath(new URL('..', import.meta.url))): Promise<string> => {
  const lines: string[] = [];
  for (const folder of FOLDERS) {
    const names = await readdir(join(root, folder), { recursive: true });
    for (const name of names.filter(isCode).sort())
      lines.push(`${folder}/${name} ${sha256(await readFile(join(root, folder, name)))}`);
  }
  return sha256(lines.join('\n'));
};
