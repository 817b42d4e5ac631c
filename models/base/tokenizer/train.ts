/**
 * Learns the tokenizer of the shipped base from its corpus:
 *   npx node models/base/tokenizer/train.ts [--n 8000] [--vocab 3072]
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { simulatedSandbox } from '../../../src/sandbox/simulated.ts';
import { transcripts } from '../corpus/make.ts';
import { CORPUS_SEED } from '../corpus/parts.ts';
import type { Transcript } from '../corpus/transcript.ts';
import { SHAPE } from '../shape.ts';
import { piecesOf } from './bpe.ts';
import { TAGS, tokenizerFiles } from './files.ts';

const TAG = new RegExp(`(?:${TAGS.join('|')})`);

/** Adds the pieces of a transcript, role headers among them, as the tokenizer will see them. */
const countInto = (counts: Map<string, number>, { messages }: Transcript): void => {
  for (const { role, text } of messages) {
    for (const part of `${role}\n${text}`.split(TAG)) {
      for (const piece of piecesOf(part)) counts.set(piece, (counts.get(piece) ?? 0) + 1);
    }
  }
};

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '8000' },
    vocab: { type: 'string', default: String(SHAPE.vocabSize) },
    out: { type: 'string' },
  },
});
const folder = values.out ?? import.meta.dirname;
const counts = new Map<string, number>();
await using sandboxes = simulatedSandbox();
for await (const transcript of transcripts(sandboxes, { seed: CORPUS_SEED, count: Number(values.n) })) {
  countInto(counts, transcript);
}
const { tokenizer, config } = tokenizerFiles(counts, Number(values.vocab));
writeFileSync(`${folder}/tokenizer.json`, `${JSON.stringify(tokenizer, null, 1)}\n`);
writeFileSync(`${folder}/tokenizer_config.json`, `${JSON.stringify(config, null, 1)}\n`);
process.stdout.write(`${counts.size} kinds of pieces, ${values.vocab} tokens, written to ${folder}\n`);
