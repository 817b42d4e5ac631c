import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Conversation } from './conversation.ts';
import { readLogs } from './read-logs.ts';
import { zipOf } from './zip.contract.ts';

let home = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'subterfuge-logs-'));
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

const read = async (name: string, content: string | Buffer): Promise<(Conversation | string)[]> => {
  const path = join(home, name);
  await writeFile(path, content);
  const found: (Conversation | string)[] = [];
  for await (const { conversation, problem } of readLogs([{ path, name }])) found.push(conversation ?? problem.what);
  return found;
};

const header = { version: 2, status: 'success', eval: { model: 'openai/gpt-x', task: 'sums' } };
const sample = (id: number, more: object = {}) => ({
  id,
  epoch: 1,
  input: 'What is 2+2?',
  target: '4',
  messages: [
    { id: 'u', role: 'user', source: 'input', content: 'attachment://abc' },
    {
      role: 'assistant',
      content: [
        { type: 'reasoning', reasoning: 'Hm.' },
        { type: 'text', text: '' },
      ],
      tool_calls: [{ id: 'c1', function: 'bash', arguments: { cmd: 'echo 4' }, type: 'function' }],
    },
    {
      role: 'tool',
      tool_call_id: 'c1',
      function: 'bash',
      content: '',
      error: { type: 'timeout', message: 'too slow' },
    },
    { role: 'assistant', content: '4', source: 'generate' },
  ],
  output: { model: 'gpt-x-2026', choices: [{ message: {}, stop_reason: 'stop' }] },
  scores: { match: { value: 'C', answer: '4', explanation: 'same' }, style: { value: 0.5 } },
  model_usage: {
    'openai/gpt-x': { input_tokens: 9, output_tokens: 3, total_tokens: 12, input_tokens_cache_read: 1 },
    'openai/judge': { input_tokens: 1, output_tokens: 1 },
  },
  attachments: { abc: 'What is 2+2?' },
  started_at: '2026-01-01T00:00:00+00:00',
  total_time: 1.5,
  ...more,
});

const EXPECTED = {
  id: '1, epoch 1',
  model: 'openai/gpt-x',
  stop: null,
  error: null,
  usage: { inputTokens: 9, outputTokens: 3, cachedTokens: 1, reasoningTokens: 0, usd: null },
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 1_500,
  scores: [
    { name: 'match', value: 'C', reason: 'same' },
    { name: 'style', value: 0.5, reason: '' },
  ],
  messages: [
    { role: 'user', text: 'What is 2+2?' },
    {
      role: 'assistant',
      parts: [
        { kind: 'thought', text: 'Hm.' },
        { kind: 'call', id: 'c1', name: 'bash', input: { cmd: 'echo 4' }, problem: null },
      ],
      stop: null,
    },
    { role: 'tool', callId: 'c1', text: '', error: 'too slow', outcome: 'timeout' },
    { role: 'assistant', parts: [{ kind: 'text', text: '4' }], stop: 'end' },
  ],
};

const packed = (name: string, value: unknown, method: 'deflate' | 'zstd' = 'zstd') => ({
  name,
  content: Buffer.from(JSON.stringify(value)),
  method,
});

test("Inspect's archive and its JSON say the same", async () => {
  const archive = zipOf([
    packed('header.json', header),
    packed('summaries.json', [], 'deflate'),
    packed('samples/1_epoch_1.json', sample(1)),
  ]);
  const [fromZip] = await read('a.eval', archive);
  const [fromJson] = await read('b.json', JSON.stringify({ ...header, samples: [sample(1)], reductions: [] }, null, 2));
  expect(fromZip).toMatchObject({ ...EXPECTED, place: { at: 'samples/1_epoch_1.json' } });
  expect(fromJson).toMatchObject({ ...EXPECTED, place: { at: '9' } });
});

test('limits, errors, NaN and samples that are none', async () => {
  const samples = [
    sample(1, { limit: { type: 'token', limit: 5 } }),
    sample(2, { error: { message: 'boom' } }),
    sample(3, { limit: { type: 'operator' } }),
    { id: 4 },
  ];
  const text = JSON.stringify({ ...header, samples }).replace('"value":0.5', '"value":NaN');
  const [limited, failed, ended, none] = await read('c.json', text);
  expect(limited).toMatchObject({ stop: 'token-limit', scores: [{ value: 'C' }, { value: null }] });
  expect(failed).toMatchObject({ error: 'boom' });
  expect(ended).toMatchObject({ stop: null, error: 'it was ended by the limit "operator"' });
  expect(none).toMatch(/c\.json:1: this sample has no messages/);
});

test('a bad line is named, and the lines behind it are read', async () => {
  const good = JSON.stringify({ prompt: 'a', completion: 'b' });
  const found = await read('d.jsonl', `${good}\n\n{"prompt": "a", \n${good}\r\n`);
  expect(found.map((one) => (typeof one === 'string' ? one : one.place.at))).toEqual([
    '1',
    expect.stringMatching(/d\.jsonl:3: this is not JSON/),
    '4',
  ]);
});

test('JSON may hold one conversation, several, or be lines under another name', async () => {
  const chat = {
    messages: [
      { role: 'user', content: 'a' },
      { role: 'assistant', content: 'b' },
    ],
  };
  expect(await read('e.json', JSON.stringify(chat))).toHaveLength(1);
  expect(await read('f.json', JSON.stringify(chat.messages))).toHaveLength(1);
  expect(await read('g.json', JSON.stringify([chat, chat]))).toHaveLength(2);
  expect(await read('h.log', `${JSON.stringify(chat)}\n${JSON.stringify(chat)}\n`)).toHaveLength(2);
});

test.each<[string, string, string | Buffer, RegExp]>([
  ['a log that is only a header', 'i.json', JSON.stringify(header), /has no samples/],
  ['an archive without samples', 'j.eval', zipOf([packed('header.json', header)]), /no samples are in this archive/],
  ['an archive that is none', 'k.eval', 'hello', /no directory at its end/],
  ['a later version', 'l.json', JSON.stringify({ ...header, version: 9, samples: [1] }), /version 9/],
  ['JSON that ends early', 'm.json', '[{"messages": [', /m\.json:1: it ends too early/],
])('%s is refused by name', async (_what, name, content, message) => {
  await expect(read(name, content)).rejects.toThrow(message);
});

test('a file that is not there, and a folder', async () => {
  const all = async (path: string) => await Array.fromAsync(readLogs([{ path, name: path }]));
  await expect(all(join(home, 'nothing.jsonl'))).rejects.toMatchObject({ code: 'unreadable-log' });
  await expect(all(home)).rejects.toThrow('it is not a file');
});
