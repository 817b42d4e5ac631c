/**
 * The main job on a real model: SmolLM2-135M-Instruct plays every family, in process.
 *
 *   bash interop/smollm2/setup.sh                      gets the model and turns it into safetensors for the engine
 *   npx node recipes/eval-smollm2/run.ts --write       plays all families and writes results.json and results.txt
 *   npx node recipes/eval-smollm2/run.ts --model gguf:PATH --name NAME --write    the same of another local model
 *
 * A run that was stopped goes on where it was when the same command is given again: its directories are named by what
 * they hold. Families without tools take one completion a rollout, so they are played more often.
 */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { VERSION } from '../../src/cli/version.ts';
import { ENVIRONMENTS } from '../../src/env/registry.ts';
import type { Evaluation } from '../../src/record/evaluation.ts';
import { renderTable } from '../../src/report/table.ts';
import { evaluation, resumed } from '../support/subterfuge.ts';

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'engine:.models/smollm2-135m-instruct' },
    /** Of another model: the folder that its results get here, and what its runs are called. */
    name: { type: 'string' },
    runs: { type: 'string', default: 'runs/eval-smollm2' },
    answering: { type: 'string', default: '64' },
    acting: { type: 'string', default: '32' },
    /** At 1, from the whole distribution, what so small a model writes makes no sense. */
    temperature: { type: 'string', default: '0.2' },
    /** Transcripts side by side; only models in GGUF files need it said. */
    concurrency: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});

interface Part {
  readonly directory: string;
  /** As a user would type it, without the run directory. */
  readonly args: readonly string[];
}

const FIXED = ['--seed', '1', '--register', 'compact', '--dialect', 'tags', '--max-tokens', '96'];
const heat = ['--temperature', values.temperature];
const side = values.concurrency === undefined ? [] : ['--concurrency', values.concurrency];

const part = (what: string, n: string, withTools: boolean): Part => {
  const names = ENVIRONMENTS.filter(({ tools }) => tools.length > 0 === withTools).map(({ name }) => name);
  return {
    directory: `${values.runs}/${values.name ?? 'smollm2'}-${what}-${n}`,
    args: ['--model', values.model, '--env', names.join(','), '--n', n, ...FIXED, ...heat, ...side],
  };
};

const played = async ({ directory, args }: Part): Promise<Evaluation> =>
  existsSync(`${directory}/manifest.json`)
    ? await resumed(directory, side)
    : await evaluation([...args, '--out', directory]);

/** One table of several runs: the families in the order of the registry, the ids of the runs one after the other. */
const joined = (evaluations: readonly [Evaluation, ...Evaluation[]]): Evaluation => {
  const found = evaluations.flatMap(({ environments }) => environments);
  return {
    ...evaluations[0],
    run: evaluations.map(({ run }) => run).join(', '),
    environments: ENVIRONMENTS.flatMap(({ name }) => found.filter((summary) => summary.name === name)),
  };
};

const weightsOf = (spec: string): string => {
  const [kind = '', ...rest] = spec.split(':');
  return kind === 'engine' ? `${rest.join(':')}/model.safetensors` : rest.join(':');
};

const sha256Of = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex').slice(0, 12);
};

const answering = part('answering', values.answering, false);
const acting = part('acting', values.acting, true);
const result = joined([await played(answering), await played(acting)]);
const text = `${renderTable(result, { width: 100, colour: false })}\n`;
process.stdout.write(text);
if (values.write) {
  const commands = [answering, acting].map(({ args }) => `$ npx subterfuge eval ${args.join(' ')}\n`).join('');
  const about = `Subterfuge ${VERSION}, Node ${process.version}, weights sha256 ${await sha256Of(weightsOf(values.model))}`;
  const folder = new URL(values.name === undefined ? './' : `./${values.name}/`, import.meta.url);
  await mkdir(folder, { recursive: true });
  await writeFile(new URL('results.json', folder), `${JSON.stringify(result, null, 1)}\n`);
  await writeFile(new URL('results.txt', folder), `${commands}${about}\n\n${text}`);
}
