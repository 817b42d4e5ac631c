/** Writes halves.json: which entry is in which half, with a hash of what it is, so that a later change to one is seen. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { contentHash } from '../../src/base/json.ts';
import type { ZooEntry } from './entry.ts';
import { ZOO } from './index.ts';

export const HALVES = fileURLToPath(new URL('halves.json', import.meta.url));

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');
/** Of everything but code that is run in this process (fake models and endpoints count by their text). */
export const hashOf = ({ model, endpoint, files, half: _half, sound: _sound, ...rest }: ZooEntry): string =>
  contentHash(
    JSON.parse(
      JSON.stringify({ ...rest, model: model?.toString(), endpoint: endpoint?.toString(), files: files.map(read) }),
    ),
  ).slice(0, 12);

export const halvesNow = (): Record<'open' | 'aside', Record<string, string>> => {
  const halves: Record<'open' | 'aside', Record<string, string>> = { open: {}, aside: {} };
  for (const entry of ZOO) halves[entry.half][entry.id] = hashOf(entry);
  return halves;
};

if (import.meta.main) writeFileSync(HALVES, `${JSON.stringify(halvesNow(), null, 1)}\n`);
