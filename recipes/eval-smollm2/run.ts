/**
 * The main job on a real model: SmolLM2-135M-Instruct plays the paper's five stages, in process.
 *
 *   bash interop/smollm2/setup.sh            gets the model (98 MB) and the library that runs it
 *   npx node recipes/eval-smollm2/run.ts --write plays 128 rollouts per stage and writes results.json and results.txt
 *
 * The model has no format for tool calls, so it plays the tags dialect only. Eight transcripts are sampled side by side,
 * which makes texts depend on their neighbours: a repeat gives close, not equal, numbers. `--concurrency 1` repeats exactly.
 */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { VERSION } from '../../src/cli/version.ts';
import { renderTable } from '../../src/report/table.ts';
import { evaluation } from '../support/subterfuge.ts';

const sha256Of = async (path: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
    .slice(0, 12);

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '128' },
    model: { type: 'string', default: '.models/smollm2-135m-instruct.gguf' },
    concurrency: { type: 'string', default: '8' },
    write: { type: 'boolean', default: false },
  },
});

const args = [
  ...['--model', `gguf:${values.model}`, '--env', 'curriculum', '--n', values.n, '--seed', '1'],
  ...['--register', 'compact', '--dialect', 'tags', '--max-tokens', '96', '--concurrency', values.concurrency],
];
const result = await evaluation(args);
const text = `${renderTable(result, { width: 100, colour: false })}\n`;
process.stdout.write(text);
if (values.write) {
  const about = `Subterfuge ${VERSION}, Node ${process.version}, model sha256 ${await sha256Of(values.model)}`;
  const command = `$ npx subterfuge eval ${args.join(' ')}\n${about}\n\n`;
  await writeFile(new URL('./results.json', import.meta.url), `${JSON.stringify(result, null, 1)}\n`);
  await writeFile(new URL('./results.txt', import.meta.url), `${command}${text}`);
}
