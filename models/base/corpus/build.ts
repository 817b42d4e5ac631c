/**
 * Plays the whole corpus and writes it, one transcript a line, with its SHA-256 beside it:
 *   npx node models/base/corpus/build.ts [--n 80000] [--seed S] [--no-thoughts] [--aim-entropy 0.003] [--out FILE]
 * Takes about 5 minutes on two quiet cores. The same options give the same bytes.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { inputError } from '../../../src/base/errors.ts';
import { simulatedSandbox } from '../../../src/sandbox/simulated.ts';
import { TRANSCRIPTS } from '../shape.ts';
import { transcripts } from './make.ts';
import { CORPUS_SEED, SHIPPED } from './parts.ts';

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: String(TRANSCRIPTS) },
    seed: { type: 'string', default: CORPUS_SEED },
    'no-thoughts': { type: 'boolean', default: false },
    'aim-entropy': { type: 'string', default: String(SHIPPED.aimEntropy) },
    out: { type: 'string' },
  },
});

const numberOf = (name: string, text: string, allowed: string, fits: (value: number) => boolean): number => {
  const value = Number(text);
  if (text.trim() !== '' && fits(value)) return value;
  throw inputError({ code: 'bad-option', what: `--${name} is no such number.`, given: text, allowed });
};
const count = numberOf('n', values.n, 'a whole number above 0', (n) => Number.isInteger(n) && n > 0);
const aimEntropy = numberOf('aim-entropy', values['aim-entropy'], '0 to 1', (share) => share >= 0 && share <= 1);
const thoughts = !values['no-thoughts'];
const out = values.out ?? `${import.meta.dirname}/../.cache/corpus${thoughts ? '' : '-without-thoughts'}.jsonl`;

const PROGRESS_EVERY = 2000;

mkdirSync(dirname(out), { recursive: true });
const partial = `${out}.partial`;
const hash = createHash('sha256');
const startedMs = performance.now();
await using sandboxes = simulatedSandbox();
{
  await using file = await open(partial, 'w');
  let done = 0;
  let lines: string[] = [];
  const flush = async (): Promise<void> => {
    const text = lines.join('');
    hash.update(text);
    await file.write(text);
    lines = [];
  };
  for await (const transcript of transcripts(sandboxes, {
    seed: values.seed,
    count,
    thoughts,
    options: { aimEntropy },
  })) {
    lines.push(`${JSON.stringify(transcript)}\n`);
    done += 1;
    if (done % PROGRESS_EVERY !== 0) continue;
    await flush();
    const perSecond = (1000 * done) / (performance.now() - startedMs);
    process.stderr.write(`${done} of ${count}, ${((count - done) / perSecond).toFixed(0)} s left\n`);
  }
  await flush();
}
renameSync(partial, out);
const sha256 = hash.digest('hex');
writeFileSync(
  `${out}.json`,
  `${JSON.stringify({ sha256, count, seed: values.seed, thoughts, aimEntropy }, null, 2)}\n`,
);
process.stdout.write(`${out}\n${sha256}\n`);
