import { expect, test } from 'vitest';
import { openCalls } from './calls.ts';
import { exampleRequest } from './fixtures.contract.ts';
import { type Completion, NO_USAGE } from './policy.ts';

const request = exampleRequest('tags', 0);
const completion: Completion = { parts: [], stop: 'end', usage: NO_USAGE, tokens: null, echo: null };

/** A model whose calls end when the test says so. */
const held = () => {
  const ended = Promise.withResolvers<Completion>();
  const signals: AbortSignal[] = [];
  let releases = 0;
  const calls = openCalls(
    'test:held',
    async (_request, signal) => {
      signals.push(signal);
      return await ended.promise;
    },
    async () => {
      releases++;
    },
  );
  return { calls, ended, signals, releases: () => releases };
};

test('what a model holds is released once, after its last call', async () => {
  const { calls, ended, signals, releases } = held();
  const answer = calls.policy.complete(request);
  const over = Promise.all([calls[Symbol.asyncDispose](), calls[Symbol.asyncDispose]()]);
  await new Promise((resolve) => setImmediate(resolve));
  expect([signals[0]?.aborted, releases()]).toEqual([true, 0]);
  ended.reject(new Error('called off'));
  await expect(answer).rejects.toThrow('called off');
  await over;
  await calls[Symbol.asyncDispose]();
  expect(releases()).toBe(1);
});

test('a caller calls off its own call alone', async () => {
  const { calls, ended, signals } = held();
  const caller = new AbortController();
  const answers = [calls.policy.complete(request, caller.signal), calls.policy.complete(request)];
  caller.abort();
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  ended.resolve(completion);
  expect(await Promise.all(answers)).toEqual([completion, completion]);
});

test('nothing is begun for a caller that is gone, or after the end', async () => {
  const { calls, signals } = held();
  const gone = calls.policy.complete(request, AbortSignal.abort());
  await expect(gone).rejects.toMatchObject({ scope: 'request', fault: { code: 'aborted', side: 'host' } });
  await calls[Symbol.asyncDispose]();
  const late = calls.policy.complete(request, AbortSignal.abort());
  await expect(late).rejects.toMatchObject({ scope: 'model', fault: { code: 'disposed', side: 'host' } });
  expect(signals).toEqual([]);
});
