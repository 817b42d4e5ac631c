import { expect, test } from 'vitest';
import { randomWeights } from '../model/tiny.contract.ts';
import { tinyTokenizer } from '../tokenizer/tiny.contract.ts';
import type { WorkerSetup } from './protocol.ts';
import type { SampleRequest } from './sampler.ts';
import { samplingWorker } from './sampling-worker.ts';

const { config, flat } = randomWeights({}, '1');
const setup: WorkerSetup = {
  weights: { config, flat },
  maxRows: 4,
  contextLength: config.contextLength,
  parkedNumbers: 0,
  endId: tinyTokenizer().endId,
  tokenBytes: new Uint8Array(new SharedArrayBuffer(0)),
  tokenStarts: new Int32Array(new SharedArrayBuffer(4 * (config.vocabSize + 1))),
};
const request: SampleRequest = { prompt: [1], maxTokens: 150, temperature: 1, stop: [], seed: 1 };

test('a thread that dies rejects what it had, and all that comes after, and says so', async () => {
  await using worker = await samplingWorker(setup);
  const running = [1, 2, 3].map((seed) => worker.sample({ ...request, seed }));
  const settled = Promise.allSettled(running);
  // No caller can send this: the sampler checks requests. It stands for any defect in the thread.
  const poison = worker.sample({
    ...request,
    prompt: { length: 3 } as unknown as number[],
    stop: null as unknown as [],
  });
  await expect(poison).rejects.toMatchObject({ code: 'sampler-lost', exitCode: 3 });
  for (const outcome of await settled) {
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'sampler-lost' });
  }
  expect(worker.lost).toMatchObject({ code: 'sampler-lost' });
  expect(worker.load).toBe(0);
  await expect(worker.sample(request)).rejects.toMatchObject({ code: 'sampler-lost' });
});

test('a thread that cannot begin rejects at once, with the reason', async () => {
  const torn = { ...setup, weights: { ...setup.weights, flat: flat.subarray(10) } };
  await expect(samplingWorker(torn)).rejects.toThrow(/does not fit into this buffer/);
});

test('closing rejects what runs', async () => {
  const worker = await samplingWorker(setup);
  const running = worker.sample(request);
  const settled = Promise.allSettled([running]);
  await worker[Symbol.asyncDispose]();
  await worker[Symbol.asyncDispose]();
  expect((await settled)[0]).toMatchObject({ status: 'rejected', reason: { code: 'sampler-closed' } });
  await expect(worker.sample(request)).rejects.toMatchObject({ code: 'sampler-closed' });
});
