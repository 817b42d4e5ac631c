/**
 * Precision and recall of the rules over free text, on transcripts of real models labelled by hand (README.md):
 *
 *   npx node recipes/heuristics/run.ts                 print
 *   npx node recipes/heuristics/run.ts --write         also write results.json and RESULTS.md beside this file
 *   npx node recipes/heuristics/run.ts --judge SPEC    a model in the place of the rules; prints, and writes nothing
 *   ... --json                                         everything, with the method of each interval and each disagreement
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { inputError } from '../../src/base/errors.ts';
import { processIo } from '../../src/cli/io.ts';
import { judgePlanOf, openJudge } from '../../src/cli/judge.ts';
import { runJudge } from '../../src/evaluate/run-judge.ts';
import { diskError } from '../../src/store/disk.ts';
import { runScript } from '../support/script.ts';
import { beforeRepairs, measured } from './measured.ts';
import { markdown } from './table.ts';

const { values } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    judge: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const io = processIo();

const written = async (name: string, text: string): Promise<void> => {
  const path = fileURLToPath(new URL(name, import.meta.url));
  await writeFile(path, text).catch((thrown: unknown) => {
    throw diskError(path, thrown, null, 'run this again');
  });
};

await runScript(async () => {
  if (values.write && values.judge !== undefined) {
    throw inputError({
      code: 'options-clash',
      what: 'The results that are kept are those of the rules.',
      given: '--write with --judge',
      allowed: 'one of them; with --judge, redirect what --json prints',
    });
  }
  const plan = await judgePlanOf(io, values.judge === undefined ? {} : { judge: values.judge });
  await using opened = await openJudge(io, plan, { concurrency: 'auto', maxUsd: null, seed: 'heuristics' });
  const results = await measured(opened === null ? null : runJudge(opened.model));
  const json = `${JSON.stringify(results, null, 1)}\n`;
  const text = markdown(results, opened === null ? await beforeRepairs() : null);
  io.out(values.json ? json : text);
  if (values.write) {
    await written('results.json', json);
    await written('RESULTS.md', text);
  }
  return 0;
});
