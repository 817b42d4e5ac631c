/** The claims of a sweep as they stood before its first run: what was changed later was not fixed beforehand. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { inputError, messageOf } from '../base/errors.ts';
import { canonicalJson } from '../base/json.ts';
import { diskError, errnoOf, nodeDisk, readError, writeAtomically } from '../store/disk.ts';
import { type Claim, claimSchema, entriesOf } from '../train/claim.ts';
import { CLAIM_RULE } from '../train/claim-rule.ts';
import type { Sweep } from '../train/sweep.ts';
import { RECORD_FILE } from './sweep-files.ts';

const CLAIMS_FILE = 'claims.json';
const fixedSchema = z.strictObject({
  question: z.string(),
  /** In the words of the program that fixed it. */
  rule: z.array(z.string()),
  sizes: z.string(),
  claims: z.array(claimSchema),
  /** That are listed for each entry that a claim looks at. */
  seeds: z.record(z.string(), z.array(z.string())),
});
type Fixed = z.infer<typeof fixedSchema>;

const asItStands = ({ question, sizes, claims, entries }: Sweep): Fixed => {
  const asked = new Set(claims.flatMap(entriesOf));
  const seeds = entries.filter(({ name }) => asked.has(name)).map((entry) => [entry.name, entry.seeds] as const);
  return { question, rule: [...CLAIM_RULE], sizes, claims, seeds: Object.fromEntries(seeds) };
};

const fixedIn = async (dir: string): Promise<Fixed | null> => {
  const path = join(dir, CLAIMS_FILE);
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    if (errnoOf(thrown) === 'ENOENT') return null;
    throw readError(path, thrown);
  });
  if (text === null) return null;
  try {
    return fixedSchema.parse(JSON.parse(text));
  } catch (thrown) {
    throw inputError({
      code: 'corrupt-claims',
      what: `${path} is damaged: it says which claims were fixed before the first run.`,
      given: messageOf(thrown),
      todo: 'Restore it from a copy. Without it (delete it) the tables say that nothing is known of that.',
      cause: thrown,
    });
  }
};

const recordSchema = z.array(z.object({ matrix: z.unknown() }));

/** A run was whole once, and its results could be read, whether or not it is still there. A damaged record counts as read. */
const wasSeen = async (dir: string): Promise<boolean> => {
  const path = join(dir, RECORD_FILE);
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    if (errnoOf(thrown) === 'ENOENT') return null;
    throw readError(path, thrown);
  });
  if (text === null) return false;
  try {
    return recordSchema.parse(JSON.parse(text)).some(({ matrix }) => matrix !== null);
  } catch {
    return true;
  }
};

/**
 * Called before runs are started. `isBegun`: one was started earlier, and what is fixed stays. It stays, too, where the folders
 * of all runs were deleted after one of them had been counted.
 */
export const fixClaims = async (dir: string, sweep: Sweep, isBegun: boolean): Promise<void> => {
  if (isBegun || (await wasSeen(dir))) return;
  const path = join(dir, CLAIMS_FILE);
  const text = `${JSON.stringify(asItStands(sweep), null, 1)}\n`;
  await writeAtomically(nodeDisk, path, Buffer.from(text)).catch((thrown: unknown) => {
    throw diskError(path, thrown, null, 'start the same command again');
  });
};

const changedSeeds = (then: Fixed['seeds'], now: Fixed['seeds']): string[] =>
  Object.entries(then).flatMap(([entry, seeds]) => {
    const own = now[entry];
    return own === undefined || own.join() === seeds.join()
      ? []
      : [`the seeds of ${entry} were ${seeds.join(', ')} and are ${own.join(', ')}`];
  });

/** In words, what of the claims was not so before the first run. Null: it is not known how they were. */
export const changedClaims = async (dir: string, sweep: Sweep): Promise<readonly string[] | null> => {
  const fixed = await fixedIn(dir);
  if (fixed === null) return null;
  const stands = asItStands(sweep);
  const then = new Set(fixed.claims.map(canonicalJson));
  const now = new Set(stands.claims.map(canonicalJson));
  const told = (what: string, among: readonly Claim[], known: ReadonlySet<string>): string[] =>
    among.filter((claim) => !known.has(canonicalJson(claim))).map(({ entry, paper }) => `${what}: ${entry}, ${paper}`);
  return [
    ...(fixed.question === stands.question ? [] : [`the question was: ${fixed.question}`]),
    ...fixed.rule.filter((text) => !stands.rule.includes(text)).map((text) => `the rule said: ${text}`),
    ...stands.rule.filter((text) => !fixed.rule.includes(text)).map((text) => `the rule did not say: ${text}`),
    ...(fixed.sizes === stands.sizes ? [] : [`the sizes were explained so: ${fixed.sizes}`]),
    ...told('new or changed', stands.claims, then),
    ...told('was there before', fixed.claims, now),
    ...changedSeeds(fixed.seeds, stands.seeds),
  ];
};
