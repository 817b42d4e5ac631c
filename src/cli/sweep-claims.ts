/** The claims of a sweep as they stood before its first run: what was changed later was not fixed beforehand. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { inputError, messageOf } from '../base/errors.ts';
import { canonicalJson } from '../base/json.ts';
import { diskError, errnoOf, nodeDisk, readError, writeAtomically } from '../store/disk.ts';
import { type Claim, claimSchema, type Sweep } from '../train/sweep.ts';

const CLAIMS_FILE = 'claims.json';
const fixedSchema = z.strictObject({ question: z.string(), claims: z.array(claimSchema) });
type Fixed = z.infer<typeof fixedSchema>;

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

/** Called before runs are started. `isBegun`: one was started earlier, and what is fixed stays. */
export const fixClaims = async (dir: string, { question, claims }: Sweep, isBegun: boolean): Promise<void> => {
  if (isBegun) return;
  const path = join(dir, CLAIMS_FILE);
  const text = `${JSON.stringify({ question, claims } satisfies Fixed, null, 1)}\n`;
  await writeAtomically(nodeDisk, path, Buffer.from(text)).catch((thrown: unknown) => {
    throw diskError(path, thrown, null, 'start the same command again');
  });
};

/** In words, what of the claims was not so before the first run. Null: it is not known how they were. */
export const changedClaims = async (dir: string, { question, claims }: Sweep): Promise<readonly string[] | null> => {
  const fixed = await fixedIn(dir);
  if (fixed === null) return null;
  const then = new Set(fixed.claims.map(canonicalJson));
  const now = new Set(claims.map(canonicalJson));
  const told = (what: string, among: readonly Claim[], known: ReadonlySet<string>): string[] =>
    among.filter((claim) => !known.has(canonicalJson(claim))).map(({ entry, paper }) => `${what}: ${entry}, ${paper}`);
  return [
    ...(fixed.question === question ? [] : [`the question was: ${fixed.question}`]),
    ...told('new or changed', claims, then),
    ...told('was there before', fixed.claims, now),
  ];
};
