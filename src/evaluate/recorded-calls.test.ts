import { expect, test } from 'vitest';
import { exampleRequest, exampleTask } from '../policy/fixtures.contract.ts';
import { type Model, NO_USAGE } from '../policy/policy.ts';
import { replayModel } from '../policy/replay.ts';
import { scriptedModel } from '../policy/scripted.ts';
import { memoryRun } from '../store/memory.ts';
import { sampleManifest } from '../store/store.contract.ts';
import { withRecordedCalls } from './recorded-calls.ts';

const manifest = sampleManifest();

/** Counts what it is asked. */
const counted = (repeatable: boolean): { model: Model; asked: () => number } => {
  let asked = 0;
  const model: Model = {
    spec: 'test:counted',
    version: '1',
    dialects: ['tags'],
    maxConcurrency: 1,
    repeatable,
    policyFor: () => ({
      complete: async () => {
        asked += 1;
        return { parts: [{ kind: 'text', text: 'x' }], stop: 'end', usage: NO_USAGE, tokens: null, echo: null };
      },
    }),
    [Symbol.asyncDispose]: async () => undefined,
  };
  return { model, asked: () => asked };
};

test.each([
  ['writes down what it is told, and asks once', false, 1, 1],
  ['asks a repeatable model again, and writes nothing', true, 0, 2],
])('%s', async (_name, repeatable, written, wanted) => {
  await using store = memoryRun(manifest);
  const { model, asked } = counted(repeatable);
  for (let i = 0; i < 2; i++) {
    const policy = withRecordedCalls(model, store).policyFor(exampleTask(0), 'example/0');
    await policy.complete(exampleRequest('tags', 0));
  }
  const calls = await Array.fromAsync(store.calls('example/0'));
  expect([calls.length, asked()]).toEqual([written, wanted]);
});

test('scripts and replays are repeatable', async () => {
  const submission = { name: 'gold', steps: [], final: { text: 'done' } };
  await using scripted = scriptedModel('scripted:gold', () => submission);
  await using replay = replayModel('replay:x', () => undefined);
  expect([scripted.repeatable, replay.repeatable]).toEqual([true, true]);
});
