/** Writes halves.json: which entry is in which half, with a hash of what it is, so that a later change to one is seen. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { contentHash } from '../../src/base/json.ts';
import type { ZooEntry } from './entry.ts';
import { ZOO } from './index.ts';

export const HALVES = fileURLToPath(new URL('halves.json', import.meta.url));

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');
/** Where the scripts are that stand in for models and endpoints. */
const scriptsOf = ({ model, endpoint, instruction }: ZooEntry): readonly string[] => {
  if (endpoint !== null) return ['entries/foreign.ts'];
  if (model === null) return [];
  return [instruction === null ? 'judges.ts' : 'entries/instructions.ts'];
};

/** Of all that an entry is: its examples, options and claims, and the text of its grader. */
export const hashOf = (entry: ZooEntry): string => {
  const { id, kind, form, hole, claims, source, spec, examples, options, instruction, files } = entry;
  const texts = [...files, ...scriptsOf(entry)].map(read);
  const whole = { id, kind, form, hole, claims, source, spec, examples, options, instruction, texts };
  return contentHash(JSON.parse(JSON.stringify(whole))).slice(0, 12);
};

export const halvesNow = (): Record<'open' | 'aside', Record<string, string>> => {
  const halves: Record<'open' | 'aside', Record<string, string>> = { open: {}, aside: {} };
  for (const entry of ZOO) halves[entry.half][entry.id] = hashOf(entry);
  return halves;
};

if (import.meta.main) writeFileSync(HALVES, `${JSON.stringify(halvesNow(), null, 2)}\n`);
