import { describe, expect, test } from 'vitest';
import type { DialectName, Rollout, Turn } from '../record/rollout.ts';
import { exampleRequest, exampleTask } from './fixtures.contract.ts';
import { policyContract } from './policy.contract.ts';
import { type ChatMessage, NO_USAGE, PolicyFault } from './policy.ts';
import { byRolloutId, replayModel } from './replay.ts';

const usage = { ...NO_USAGE, inputTokens: 10, outputTokens: 3 };

const turns: readonly Turn[] = [
  {
    parts: [
      { kind: 'thought', text: 'look' },
      { kind: 'call', id: 'c0', command: 'ls' },
    ],
    raw: '<cot>look</cot>\n<bash>ls',
    tokens: { ids: [1, 2, 3], logprobs: [-1, -0.5, 0] },
    stop: 'stop-sequence',
    usage,
    results: [
      {
        callId: 'c0',
        exitCode: 0,
        stdout: 'notes.txt\n',
        stderr: '',
        truncated: { stdout: false, stderr: false },
        outcome: 'ok',
        limit: null,
        cwd: '/desk',
        changes: [],
        denied: [],
      },
    ],
  },
  { parts: [{ kind: 'text', text: 'Done.' }], raw: 'Done.', tokens: null, stop: 'end', usage, results: [] },
];

const recorded = (index: number, dialect: DialectName): Rollout => ({
  schema: 'subterfuge/rollout@1',
  id: `contract/${index}`,
  task: exampleTask(index),
  policy: { spec: 'openai:x', version: 'x' },
  dialect,
  seed: 's',
  turns: [...turns],
  changes: [],
  stop: 'finished',
  faults: [],
  usage,
  times: { startedAt: '2026-01-01T00:00:00Z', durationMs: 1 },
});

policyContract({
  name: 'replay',
  open: async (dialect) => replayModel('replay:run', byRolloutId([0, 1, 2, 3, 4, 5].map((i) => recorded(i, dialect)))),
  task: exampleTask,
  request: exampleRequest,
  deterministic: true,
  honoursLimits: false,
  dialects: ['tags', 'native'],
});

const answered = (stdout: string): ChatMessage[] => [
  ...exampleTask(0).messages,
  { role: 'assistant', parts: [], raw: `${turns[0]?.raw}</bash>`, echo: null },
  { role: 'user', text: `<stdout>${stdout}</stdout>` },
];

const ask = async (messages: readonly ChatMessage[], rollout: Rollout = recorded(0, 'tags')) =>
  await replayModel('replay:run', () => rollout)
    .policyFor(exampleTask(0), 'any/0')
    .complete({ ...exampleRequest('tags', 0), messages });

describe('a replay', () => {
  test('gives text, ids, stop and usage back as recorded', async () => {
    expect(await ask(exampleTask(0).messages)).toEqual({
      parts: [{ kind: 'text', text: '<cot>look</cot>\n<bash>ls' }],
      stop: 'stop-sequence',
      usage,
      tokens: { ids: [1, 2, 3], logprobs: [-1, -0.5, 0] },
      echo: null,
    });
    expect((await ask(answered('notes.txt\n'))).parts).toEqual([{ kind: 'text', text: 'Done.' }]);
  });

  test.each([
    ['another tool result', answered('other.txt'), /result of command c0 of turn 0/],
    [
      'another turn',
      [{ role: 'assistant', parts: [], raw: 'Hm.', echo: null }] as ChatMessage[],
      /turn 0 reads differently/,
    ],
    [
      'more turns than recorded',
      [...answered('notes.txt'), { role: 'assistant', parts: [], raw: 'Done.', echo: null }] as ChatMessage[],
      /all 2 recorded turns/,
    ],
  ])('%s is a divergence', async (_name, messages, expected) => {
    await expect(ask(messages)).rejects.toThrow(expected);
    await expect(ask(messages)).rejects.toMatchObject({ fault: { code: 'diverged', side: 'host' }, scope: 'request' });
  });

  test('another dialect is a divergence', async () => {
    await expect(ask(exampleTask(0).messages, recorded(0, 'native'))).rejects.toThrow(/recorded in native/);
  });

  test('a task that was not recorded is a fault that says so', async () => {
    const model = replayModel('replay:run', () => undefined);
    const asked = model.policyFor(exampleTask(7), 'any/7').complete(exampleRequest('tags', 7));
    await expect(asked).rejects.toMatchObject({ fault: { code: 'not-recorded' } });
    const other = replayModel('replay:run', () => recorded(0, 'tags'));
    await expect(other.policyFor(exampleTask(7), 'contract/0').complete(exampleRequest('tags', 7))).rejects.toThrow(
      /recorded for another task/,
    );
  });

  test('a recorded fault is raised again', async () => {
    const fault = { side: 'provider', code: 'rate-limited', message: 'too many' } as const;
    const broken: Rollout = { ...recorded(0, 'tags'), turns: [], stop: 'fault', faults: [fault] };
    const thrown = await ask(exampleTask(0).messages, broken).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(PolicyFault);
    expect(thrown).toMatchObject({ fault });
  });
});
