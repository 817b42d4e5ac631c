import { parentPort, workerData } from 'node:worker_threads';
import { onnxRuntime } from '../onnx/session.ts';
import { adamw, sumOfSquares } from './adamw.ts';
import { createCompute } from './compute.ts';
import { createMuon } from './muon.ts';
import type { BatchJob, Job, Replies, Reply, Request, Stretch, UpdateJob, WorkerSetup } from './protocol.ts';
import type { TokenScores } from './trainer.ts';

/** A thread of the trainer: does one job after another. Started by worker-pool.ts only. */
const port = parentPort;
if (port === null) throw new Error('src/engine/trainer/worker.ts is started by worker-pool.ts only');

// Structured clone keeps the shape of what the pool handed over.
const setup: WorkerSetup = workerData;
const { gradients, weights, first, second } = setup;
const [total, ...rest] = gradients;
if (total === undefined) throw new Error('a trainer without workers');
const runtime = await onnxRuntime();
const compute = createCompute(runtime, setup);
const muon = createMuon(runtime);

const inOrder = async (
  batches: readonly BatchJob[],
  run: (batch: BatchJob) => Promise<TokenScores[]>,
): Promise<TokenScores[][]> => {
  const out: TokenScores[][] = [];
  for (const batch of batches) out.push(await run(batch));
  return out;
};

const reduce = ({ begin, end }: Stretch): number => {
  for (const gradient of rest) {
    for (let i = begin; i < end; i++) total[i] = (total[i] ?? 0) + (gradient[i] ?? 0);
  }
  return sumOfSquares(total, begin, end);
};

const clear = ({ begin, end }: Stretch): void => {
  for (const gradient of gradients) gradient.fill(0, begin, end);
};

const update = async (job: UpdateJob): Promise<void> => {
  for (const { begin, end, decayed } of job.adamw) {
    adamw(weights, total, { first, second }, begin, end, { ...job, weightDecay: decayed ? job.weightDecay : 0 });
    clear({ begin, end });
  }
  for (const matrix of job.matrices) {
    await muon(weights, total, first, matrix, job);
    clear({ begin: matrix.offset, end: matrix.offset + matrix.rows * matrix.columns });
  }
};

const perform = async (job: Job): Promise<Replies[Job['kind']]> => {
  switch (job.kind) {
    case 'score':
      compute.load(job.version);
      return await inOrder(job.batches, (batch) => compute.score(batch, job.other));
    case 'accumulate':
      compute.load(job.version);
      return await inOrder(job.batches, compute.accumulate);
    case 'reduce':
      return reduce(job.stretch);
    case 'update':
      await update(job.update);
      return null;
  }
};

port.on('message', ({ id, job }: Request) => {
  perform(job).then(
    (value) => port.postMessage({ id, value } satisfies Reply),
    (thrown: unknown) => {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      const failure = { message: error.message, stack: error.stack ?? null };
      port.postMessage({ id, failure } satisfies Reply);
    },
  );
});
