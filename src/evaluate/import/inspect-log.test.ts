import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Conversation } from './conversation.ts';
import { readLogs } from './read-logs.ts';

/** Written by Inspect AI itself: interop/inspect/log.py. */
const path = fileURLToPath(new URL('../../../interop/inspect/reading.eval', import.meta.url));

test('a log that Inspect AI wrote is read whole: thoughts, calls and what they printed, scores', async () => {
  const found: Conversation[] = [];
  for await (const { conversation, problem } of readLogs([{ path, name: 'reading.eval' }])) {
    expect(problem).toBeNull();
    if (conversation !== null) found.push(conversation);
  }
  const byId = new Map(found.map((one) => [one.id, one]));
  expect([...byId.keys()].sort()).toEqual(['3, epoch 1', 'found, epoch 1', 'missing, epoch 1']);
  const missing = byId.get('missing, epoch 1');
  expect(missing?.model).toBe('mockllm/model');
  expect(missing?.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'tool', 'assistant']);
  const said = JSON.stringify(missing?.messages);
  for (const part of ['I want to know what the file says.', 'I look.', 'cat gone.txt', 'No such file', 'That is it.'])
    expect(said).toContain(part);
  expect(missing?.scores).toMatchObject([{ name: 'includes', value: 'I' }]);
  expect(byId.get('found, epoch 1')?.scores).toMatchObject([{ name: 'includes', value: 'C' }]);
  expect(byId.get('found, epoch 1')?.usage).toMatchObject({ inputTokens: 80, outputTokens: 20 });
});
