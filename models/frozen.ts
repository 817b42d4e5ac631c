import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { sha256 } from '../src/base/json.ts';
import { preferenceCardSchema } from '../src/grade/overseer-preference-card.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const lines = z.strictObject({ transcripts: z.int().min(1), sha256: hash });

/** `frozen.json`: what is fixed before the first curriculum run. All hashes are SHA-256, in hex. */
export const frozenSchema = z.strictObject({
  schema: z.literal('subterfuge/frozen@1'),
  base: z.strictObject({
    model: hash,
    tokenizer: hash,
    corpus: z.strictObject({
      seed: z.string(),
      /** The transcripts that pretraining read, one a line, each with its line feed: what `corpus/build.ts` writes. */
      ...lines.shape,
      /** The first of them, which a test makes again. */
      first: lines,
    }),
  }),
  preference: z.strictObject({
    model: hash,
    tokenizer: hash,
    /** The base that it was trained from. */
    base: hash,
    pairs: hash,
  }),
});
export type Frozen = z.infer<typeof frozenSchema>;

const here = import.meta.dirname;
export const FROZEN_FILE = join(here, 'frozen.json');

export const readFrozen = async (): Promise<Frozen> =>
  frozenSchema.parse(JSON.parse(await readFile(FROZEN_FILE, 'utf8')));

const fileHash = async (...path: string[]): Promise<string> => sha256(await readFile(join(here, ...path)));

/** Hash of lines as a file would hold them, and how many there were. */
export const hashLines = async (
  source: AsyncIterable<string>,
  most: number,
): Promise<{ transcripts: number; sha256: string }> => {
  const digest = createHash('sha256');
  let transcripts = 0;
  for await (const line of source) {
    digest.update(`${line}\n`);
    transcripts++;
    if (transcripts === most) break;
  }
  return { transcripts, sha256: digest.digest('hex') };
};

/** The hashes of the files as they lie here; the corpus is not among them. */
export const committedHashes = async (): Promise<{
  readonly base: Omit<Frozen['base'], 'corpus'>;
  readonly preference: Frozen['preference'];
}> => {
  const card = preferenceCardSchema.parse(
    JSON.parse(await readFile(join(here, 'preference/checkpoint/preference.json'), 'utf8')),
  );
  return {
    base: {
      model: await fileHash('base/checkpoint/model.safetensors'),
      tokenizer: await fileHash('base/checkpoint/tokenizer.json'),
    },
    preference: {
      model: await fileHash('preference/checkpoint/model.safetensors'),
      tokenizer: await fileHash('preference/checkpoint/tokenizer.json'),
      base: card.base,
      pairs: card.pairs.sha256,
    },
  };
};
