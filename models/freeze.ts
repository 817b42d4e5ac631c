/**
 * Writes frozen.json from the models as they lie here and the corpus that they were made from:
 *   npx node models/freeze.ts [--corpus models/base/.cache/corpus.jsonl]
 * Run it once for a new base, before the first curriculum run on it; frozen.test.ts holds the repository to it.
 */
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createInterface, type Interface } from 'node:readline';
import { parseArgs } from 'node:util';
import { inputError } from '../src/base/errors.ts';
import { CORPUS_SEED } from './base/corpus/parts.ts';
import { TRANSCRIPTS } from './base/shape.ts';
import { committedHashes, FROZEN_FILE, frozenSchema, hashLines } from './frozen.ts';

const { values } = parseArgs({
  options: { corpus: { type: 'string', default: `${import.meta.dirname}/base/.cache/corpus.jsonl` } },
});
/** Few enough to be made again in a test. */
const FIRST = 256;

const corpusLines = (): Interface =>
  createInterface({ input: createReadStream(values.corpus), crlfDelay: Number.POSITIVE_INFINITY });
const whole = await hashLines(corpusLines(), TRANSCRIPTS);
if (whole.transcripts < TRANSCRIPTS) {
  throw inputError({
    code: 'short-corpus',
    what: 'The corpus has fewer transcripts than pretraining reads.',
    given: `${whole.transcripts} in ${values.corpus}`,
    allowed: `${TRANSCRIPTS}`,
    todo: 'Build it with models/base/corpus/build.ts.',
  });
}
const { base, preference } = await committedHashes();
const frozen = frozenSchema.parse({
  schema: 'subterfuge/frozen@1',
  base: { ...base, corpus: { seed: CORPUS_SEED, ...whole, first: await hashLines(corpusLines(), FIRST) } },
  preference,
});
await writeFile(FROZEN_FILE, `${JSON.stringify(frozen, null, 2)}\n`);
process.stdout.write(`${FROZEN_FILE}\n`);
