import type { Runtime } from '../onnx/session.ts';
import type { Service } from '../thread/serve-thread.ts';
import { adamw, sumOfSquares } from './adamw.ts';
import { createCompute } from './compute.ts';
import { createMuon } from './muon.ts';
import type { BatchJob, Job, Replies, Stretch, UpdateJob, WorkerSetup } from './protocol.ts';
import type { TokenScores } from './trainer.ts';

/** What a thread of the trainer does: one job after another, for the host sends the next when it has the answer. */
export const trainerService = (runtime: Runtime, setup: WorkerSetup): Service<Job, Replies[Job['kind']]> => {
  const { gradients, weights, first, second } = setup;
  const [total, ...rest] = gradients;
  if (total === undefined) throw new Error('a trainer without workers');
  const compute = createCompute(runtime, setup);
  const muon = createMuon(runtime);
  const underWay = new Set<Promise<unknown>>();

  const reduce = ({ begin, end }: Stretch): number => {
    for (const gradient of rest) {
      for (let i = begin; i < end; i++) total[i] = (total[i] ?? 0) + (gradient[i] ?? 0);
    }
    return sumOfSquares(total, begin, end);
  };

  const clear = ({ begin, end }: Stretch): void => {
    for (const gradient of gradients) gradient.fill(0, begin, end);
  };

  const update = async (job: UpdateJob): Promise<number> => {
    let squares = 0;
    for (const { begin, end, decayed, head } of job.adamw) {
      const learningRate = head ? job.headLearningRate : job.learningRate;
      const weightDecay = decayed ? job.weightDecay : 0;
      adamw(weights, total, { first, second }, begin, end, { ...job, learningRate, weightDecay });
      clear({ begin, end });
      squares += sumOfSquares(weights, begin, end);
    }
    for (const matrix of job.matrices) {
      await muon.update(weights, total, first, matrix, job);
      const end = matrix.offset + matrix.rows * matrix.columns;
      clear({ begin: matrix.offset, end });
      squares += sumOfSquares(weights, matrix.offset, end);
    }
    return squares;
  };

  const perform = async (job: Job): Promise<Replies[Job['kind']]> => {
    switch (job.kind) {
      case 'score':
        compute.load(job.version);
        return await inOrder(job.batches, (batch) => compute.score(batch, job.other));
      case 'accumulate':
        compute.load(job.version);
        return await inOrder(job.batches, (batch) => compute.accumulate(batch, job.reach));
      case 'reduce':
        return reduce(job.stretch);
      case 'update':
        return await update(job.update);
    }
  };

  return {
    ask: (_, job) => {
      const work = perform(job);
      // How it went is told to the host, who holds the same promise.
      const ended: Promise<unknown> = work.catch(() => null).then(() => underWay.delete(ended));
      underWay.add(ended);
      return work;
    },
    // The host never calls off a job of the trainer.
    cancel: () => undefined,
    close: async () => {
      // At most one computation long: the gate lets no further one begin.
      await Promise.all(underWay);
      await compute[Symbol.asyncDispose]();
      await muon[Symbol.asyncDispose]();
    },
  };
};

const inOrder = async (
  batches: readonly BatchJob[],
  run: (batch: BatchJob) => Promise<TokenScores[]>,
): Promise<TokenScores[][]> => {
  const out: TokenScores[][] = [];
  for (const batch of batches) out.push(await run(batch));
  return out;
};
