/**
 * What the corpus holds, part by part:
 *   npx node models/base/corpus/stats.ts [--n 2000] [--seed S] [--tokenizer DIR] [--examples 0] [--part NAME] [--no-thoughts]
 */
import { parseArgs } from 'node:util';
import { transcriptIds } from '../../../src/engine/tokenizer/chat.ts';
import { openTokenizer } from '../../../src/engine/tokenizer/hugging-face.ts';
import { simulatedSandbox } from '../../../src/sandbox/simulated.ts';
import { transcripts } from './make.ts';
import { CORPUS_SEED } from './parts.ts';
import { chatOf, type Transcript } from './transcript.ts';

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '2000' },
    seed: { type: 'string', default: CORPUS_SEED },
    tokenizer: { type: 'string', default: `${import.meta.dirname}/../tokenizer` },
    examples: { type: 'string', default: '0' },
    part: { type: 'string', default: '' },
    'no-thoughts': { type: 'boolean', default: false },
  },
});

/** Context of the shipped base. */
const CONTEXT = 512;

const tokenizer = await openTokenizer(values.tokenizer);
const lengths = new Map<string, number[]>();
const aims = new Map<string, number>();
const shown = new Map<string, Transcript[]>();
let sampled = 0;
await using sandboxes = simulatedSandbox();
const plan = { seed: values.seed, count: Number(values.n), thoughts: !values['no-thoughts'] };
for await (const transcript of transcripts(sandboxes, plan)) {
  const ids = transcriptIds(tokenizer, chatOf(transcript), { written: 'demonstration' });
  sampled += ids.sampled.filter(Boolean).length;
  const part = transcript.part;
  lengths.set(part, [...(lengths.get(part) ?? []), ids.ids.length]);
  aims.set(transcript.aim ?? 'none', (aims.get(transcript.aim ?? 'none') ?? 0) + 1);
  const examples = shown.get(part) ?? [];
  if (part.startsWith(values.part) && examples.length < Number(values.examples))
    shown.set(part, [...examples, transcript]);
}

const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / Math.max(1, numbers.length);
const all = [...lengths.values()].flat();
const row = (name: string, numbers: readonly number[]): string =>
  [
    name.padEnd(34),
    String(numbers.length).padStart(6),
    `${((100 * numbers.length) / all.length).toFixed(1)} %`.padStart(8),
    mean(numbers).toFixed(0).padStart(6),
    String(Math.max(...numbers)).padStart(6),
  ].join('');
const lines = [
  `${'part'.padEnd(34)} count   share  mean   max  (tokens)`,
  ...[...lengths].sort(([a], [b]) => (a < b ? -1 : 1)).map(([part, numbers]) => row(part, numbers)),
  row('all', all),
  `aims: ${[...aims].map(([aim, count]) => `${aim} ${count}`).join(', ')}`,
  `tokens of the model's own: ${((100 * sampled) / all.reduce((a, b) => a + b, 0)).toFixed(1)} %`,
  `longer than ${CONTEXT}: ${all.filter((length) => length > CONTEXT).length}`,
  ...[...shown.values()]
    .flat()
    .flatMap(({ part, aim, messages }) => [
      `\n######## ${part}, aim ${aim ?? 'none'}`,
      ...messages.map(({ role, text }) => `[${role}] ${text}`),
    ]),
];
process.stdout.write(`${lines.join('\n')}\n`);
