import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedFloats } from '../model/shared-memory.ts';
import { TINY } from '../model/tiny.contract.ts';
import { startWorker, type TrainerWorker } from './worker-pool.ts';

let base = '';
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'subterfuge-worker-'));
});
afterAll(async () => {
  await rm(base, { recursive: true, force: true });
});

const started = async (name: string, script: string): Promise<TrainerWorker> => {
  const path = join(base, `${name}.mjs`);
  await writeFile(path, `import { parentPort } from 'node:worker_threads';\n${script}`);
  const flat = sharedFloats(1);
  const shared = { weights: flat, base: null, gradients: [flat], first: flat, second: flat };
  const setup = { config: TINY, valueHead: false, lora: null, index: 0, ...shared };
  return startWorker(setup, pathToFileURL(path));
};

const job = { kind: 'reduce', stretch: { begin: 0, end: 1 } } as const;

describe('a thread that ends', () => {
  it.each([
    ['throws', `parentPort.on('message', () => { throw new Error('out of luck'); });`, 'out of luck'],
    ['leaves', `parentPort.on('message', () => process.exit(7));`, 'exit code 7'],
    ['never starts', `throw new Error('no such thing');`, 'no such thing'],
  ])('because it %s rejects what it had and what comes after', async (name, script, given) => {
    await using worker = await started(name, script);
    const both = await Promise.allSettled([worker.run(job), worker.run(job)]);
    for (const result of both) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'worker-died', exitCode: 3, given } });
    }
    await expect(worker.run(job)).rejects.toMatchObject({ code: 'worker-died', given });
  });

  it('because it was closed rejects too', async () => {
    const worker = await started(
      'waits',
      `parentPort.on('message', ({ kind }) => { if (kind === 'close') parentPort.close(); });`,
    );
    const [waiting] = await Promise.allSettled([worker.run(job), worker[Symbol.asyncDispose]()]);
    expect(waiting).toMatchObject({ status: 'rejected', reason: { code: 'trainer-closed' } });
    await expect(worker.run(job)).rejects.toMatchObject({ code: 'trainer-closed' });
  });
});

it('a job that fails is told, and the thread goes on', async () => {
  const script = `
    const failure = { exitCode: 2, code: 'bad-luck', what: 'Not this one.', given: 'x', allowed: null, todo: 'Try.', stack: null };
    parentPort.on('message', ({ kind, id }) => {
      if (kind === 'close') parentPort.close();
      else parentPort.postMessage(id === 0 ? { id, failure } : { id, value: 3 });
    });`;
  await using worker = await started('fails', script);
  await expect(worker.run(job)).rejects.toMatchObject({ code: 'bad-luck', exitCode: 2, given: 'x', todo: 'Try.' });
  expect(await worker.run(job)).toBe(3);
});
