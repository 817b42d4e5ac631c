/**
 * Training and sampling of the embedded engine in tokens per second, against PyTorch on the same CPU, with the same
 * model, batch and length, in one run, turn by turn; and the share of the machine's matrix rate that training reaches.
 *
 *   npm run bench -- engine [--python PATH] [--config FILE] [--rounds 3] [--repeats 5] [--eager] [--json]
 *
 * Of PyTorch every round counts with the best setting of that round (micro-batch, threads, eager or compiled, batch of
 * the sampler), which is in its favour. About 15 minutes on 2 cores, 5 with --eager; nothing else should run meanwhile.
 */
import { access, constants, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { SHAPE } from '../models/base/shape.ts';
import { wholeNumber } from '../src/cli/options.ts';
import { fromHfConfig, toHfConfig } from '../src/engine/checkpoint/hf-config.ts';
import type { ModelConfig } from '../src/engine/model/config.ts';
import { parameterSpecs, totalSize } from '../src/engine/model/parameters.ts';
import { medianRate, samplingWork, trainingWork, type Work } from './support/engine-work.ts';
import { trainingFlops } from './support/flops.ts';
import { openMatrixRate } from './support/matrix-rate.ts';
import { ratios, type Spread, spread } from './support/spread.ts';
import { type TorchContest, type TorchJob, torchContest } from './support/torch.ts';

const { values } = parseArgs({
  options: {
    python: {
      type: 'string',
      default: fileURLToPath(new URL('../interop/torch/.venv/bin/python', import.meta.url)),
    },
    config: { type: 'string' },
    batch: { type: 'string', default: '32' },
    length: { type: 'string', default: '256' },
    requests: { type: 'string', default: '64' },
    rows: { type: 'string', default: '32' },
    threads: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '3' },
    repeats: { type: 'string', default: '5' },
    'tokens-per-batch': { type: 'string' },
    eager: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const batch = wholeNumber('batch')(values.batch);
const length = wholeNumber('length')(values.length);
const requests = wholeNumber('requests')(values.requests);
const rows = wholeNumber('rows')(values.rows);
const threads = wholeNumber('threads')(values.threads);
const rounds = wholeNumber('rounds')(values.rounds);
const repeats = wholeNumber('repeats')(values.repeats);
const asked = values['tokens-per-batch'];
const tokensPerBatch = asked === undefined ? null : wholeNumber('tokens-per-batch')(asked);
const MATRIX_MS = 1000;

const readConfig = async (path: string | undefined): Promise<ModelConfig> =>
  path === undefined ? SHAPE : fromHfConfig(path, JSON.parse(await readFile(path, 'utf8')));

const config = await readConfig(values.config);
const flops = trainingFlops(config, batch, length);
const hasTorch = await access(values.python, constants.X_OK).then(
  () => true,
  () => false,
);

interface Side {
  readonly name: 'training' | 'sampling';
  readonly work: Work;
  readonly torch: TorchContest | null;
  /** Tokens per second, by round. */
  readonly ours: number[];
  readonly theirs: number[];
}

const scratch = await mkdtemp(join(tmpdir(), 'subterfuge-bench-'));
const configPath = join(scratch, 'config.json');
await writeFile(configPath, JSON.stringify(toHfConfig(config)));
await using training = await trainingWork({ config, batch, length, threads, tokensPerBatch });
await using sampling = await samplingWork({ config, requests, rows, length, threads });
await using matrices = openMatrixRate(threads);

const job = { python: values.python, configPath, length, repeats, compiled: !values.eager };
const threadCounts = [...new Set([threads, 1])];
const variants = (batches: readonly number[]) =>
  threadCounts.flatMap((count) => [...new Set(batches)].map((size) => ({ threads: count, batch: size })));
const contest = (task: TorchJob['task'], batches: readonly number[]): TorchContest | null =>
  hasTorch ? torchContest({ ...job, task }, variants(batches)) : null;
const sides: readonly Side[] = [
  { name: 'training', work: training, torch: contest('train', [batch]), ours: [], theirs: [] },
  // In one batch, or in as many rows as one of our threads has.
  { name: 'sampling', work: sampling, torch: contest('sample', [requests, rows]), ours: [], theirs: [] },
];
const matrixRates: number[] = [];

try {
  for (let round = 0; round < rounds; round++) {
    matrixRates.push(await matrices.measure(MATRIX_MS));
    for (const { name, work, torch, ours, theirs } of sides) {
      process.stderr.write(`round ${round + 1} of ${rounds}: ${name}\n`);
      const measureOurs = async (): Promise<void> => {
        ours.push(await medianRate(work, repeats));
      };
      const measureTheirs = async (): Promise<void> => {
        if (torch !== null) theirs.push(await torch.round());
      };
      // Who begins takes turns, so that a machine that warms up or throttles favours nobody.
      const order = round % 2 === 0 ? [measureOurs, measureTheirs] : [measureTheirs, measureOurs];
      for (const measure of order) await measure();
    }
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}

const flopsPerToken = flops.total / (batch * length);
const reached = sides.find(({ name }) => name === 'training')?.ours.map((rate) => rate * flopsPerToken) ?? [];
const share = ratios(reached, matrixRates);
const measured = sides.map(({ name, ours, theirs, torch }) => ({
  name,
  ours: spread(ours),
  torch:
    torch === null
      ? null
      : { ...torch.best(), ...spread(theirs), ratio: ratios(ours, theirs), tried: [...torch.tried] },
}));

const gflops = (value: number): string => (value / 1e9).toFixed(1);
const rounded = ({ median, least, most }: Spread, show: (value: number) => string): string =>
  `${show(median).padStart(8)}  [${show(least)} to ${show(most)}]`;
const whole = (value: number): string => value.toFixed(0);
const two = (value: number): string => value.toFixed(2);

const table = (): void => {
  const millions = totalSize(parameterSpecs(config, { valueHead: false })) / 1e6;
  console.log(`${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} processors, node ${process.version}`);
  console.log(`${millions.toFixed(2)} M parameters, float32; ${threads} threads; median over ${rounds} rounds [range]`);
  for (const { name, ours, torch } of measured) {
    const what =
      name === 'training'
        ? `training, batch ${batch} x ${length}, AdamW`
        : `sampling, ${requests} requests, ${length} tokens each, ${rows} rows a thread`;
    console.log(`\n${what}`);
    console.log(`  engine   ${rounded(ours, whole)} tokens/s`);
    if (torch === null) continue;
    console.log(`  PyTorch  ${rounded(torch, whole)} tokens/s   (${torch.version}; best: ${torch.setting})`);
    console.log(`  ratio    ${rounded(torch.ratio, two)}`);
    for (const [setting, rates] of torch.tried)
      console.log(`           tried: ${setting}: ${rates.map(whole).join(', ')}`);
  }
  console.log(`\nmatrix products 512 x 512 x 512, ${threads} threads`);
  console.log(`  machine  ${rounded(spread(matrixRates), gflops)} GFLOP/s`);
  console.log(`  training ${rounded(spread(reached), gflops)} GFLOP/s in matrix products`);
  console.log(`  share    ${rounded(share, two)}`);
  console.log(
    `  a step: 3 x (projections ${gflops(flops.projections)} + attention ${gflops(flops.attention)} + vocabulary ` +
      `${gflops(flops.output)}) = ${gflops(flops.total)} GFLOP, ${(flopsPerToken / 1e6).toFixed(2)} MFLOP a token`,
  );
  if (hasTorch) return;
  console.log(`\nNot compared with PyTorch: there is no Python at ${values.python}.`);
  console.log('  python3 -m venv interop/torch/.venv');
  console.log('  interop/torch/.venv/bin/pip install -r interop/torch/requirements.txt');
  console.log('Or name one that has torch: --python PATH');
};

if (values.json) console.log(JSON.stringify({ config, flops, matrixRates, share, measured }, null, 2));
else table();
