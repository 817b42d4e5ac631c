import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SubterfugeError } from '../../base/errors.ts';
import { rolloutSchema } from '../../record/rollout.ts';
import { readChat } from './chat.ts';
import { openingOf, rolloutOf, taskOf } from './rollout-of.ts';

const place = { file: 'chat.jsonl', at: '7' };
const user = { role: 'user', content: 'What is 2+2?' };
const answer = { role: 'assistant', content: 'Four.' };

const rolloutFrom = (raw: unknown) => {
  const conversation = readChat(raw, place);
  const task = taskOf('imported:test', openingOf(conversation));
  const rollout = rolloutOf(conversation, { id: 'imported:test/000000', task, dialect: 'native', proxy: null });
  expect(rolloutSchema.parse(JSON.parse(JSON.stringify(rollout)))).toEqual(rollout);
  return rollout;
};

describe('the layouts that are common', () => {
  test.each<[string, unknown]>([
    ['a list of messages', [user, answer]],
    ['fine-tuning data', { messages: [user, answer] }],
    [
      'ShareGPT',
      {
        conversations: [
          { from: 'human', value: 'What is 2+2?' },
          { from: 'gpt', value: 'Four.' },
        ],
      },
    ],
    ['prompt and completion', { prompt: 'What is 2+2?', completion: 'Four.' }],
    ['lists as prompt and completion', { prompt: [user], completion: [answer], reward: 1 }],
    ['input and output', { input: 'What is 2+2?', output: 'Four.' }],
    [
      'a call of OpenAI',
      { request: { messages: [user] }, response: { choices: [{ message: answer, finish_reason: 'stop' }] } },
    ],
    [
      'a batch of OpenAI',
      { request: { body: { messages: [user] } }, response: { body: { choices: [{ message: answer }] } } },
    ],
    [
      'a call of Anthropic',
      {
        request: { messages: [user] },
        response: { content: [{ type: 'text', text: 'Four.' }], stop_reason: 'end_turn' },
      },
    ],
    [
      'an answer that stands in the list already',
      { messages: [user, answer], response: { choices: [{ message: answer }] } },
    ],
    [
      'content in blocks',
      {
        messages: [
          { role: 'user', content: [{ type: 'text', text: 'What is 2+2?' }] },
          { role: 'assistant', content: [{ type: 'output_text', text: 'Four.' }] },
        ],
      },
    ],
  ])('%s', (_name, raw) => {
    const { task, turns, stop } = rolloutFrom(raw);
    expect(task.messages).toEqual([{ role: 'user', text: 'What is 2+2?' }]);
    expect(turns.map(({ parts }) => parts)).toEqual([[{ kind: 'text', text: 'Four.' }]]);
    expect(stop).toBe('finished');
  });
});

test("OpenAI's tool calls, with results by id and in order, and what the user said later", () => {
  const call = (id: string, name: string, args: string) => ({
    id,
    type: 'function',
    function: { name, arguments: args },
  });
  const { turns, stop } = rolloutFrom({
    messages: [
      { role: 'developer', content: 'Help.' },
      user,
      {
        role: 'assistant',
        content: null,
        reasoning_content: 'Hm.',
        tool_calls: [
          call('a', 'bash', '{"command":"ls"}'),
          call('b', 'search', '{"q":"x"}'),
          call('c', 'search', '{"q"'),
        ],
      },
      { role: 'tool', tool_call_id: 'b', content: 'found' },
      { role: 'tool', content: 'file.txt' },
      answer,
      { role: 'user', content: 'Sure?' },
      { role: 'assistant', content: '<think>Am I?</think>Yes.' },
    ],
  });
  expect(turns[0]?.parts).toEqual([
    { kind: 'thought', text: 'Hm.' },
    { kind: 'call', id: 'a', command: 'ls' },
    { kind: 'call', id: 'b', command: 'search {"q":"x"}' },
    { kind: 'malformed', id: 'c', text: 'search {"q"', problem: 'its arguments are not JSON' },
  ]);
  expect(turns[0]?.results.map(({ callId, stdout, exitCode }) => [callId, stdout, exitCode])).toEqual([
    ['b', 'found', null],
    ['a', 'file.txt', null],
  ]);
  expect(turns[1]?.reply).toBe('Sure?');
  expect(turns[2]?.parts).toEqual([
    { kind: 'thought', text: 'Am I?' },
    { kind: 'text', text: 'Yes.' },
  ]);
  expect(stop).toBe('finished');
});

test("Anthropic's blocks: system apart, thinking, tool use, and results inside a user message", () => {
  const { task, turns } = rolloutFrom({
    system: 'Help.',
    messages: [
      user,
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Hm.' },
          { type: 'tool_use', id: 't', name: 'bash', input: { command: 'ls' } },
        ],
      },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: 'no such file', is_error: true }] },
      answer,
    ],
  });
  expect(task.messages.map(({ role }) => role)).toEqual(['system', 'user']);
  expect(turns[0]?.parts.map(({ kind }) => kind)).toEqual(['thought', 'call']);
  expect(turns[0]?.results[0]).toMatchObject({
    callId: 't',
    stdout: 'no such file',
    stderr: 'the tool reported an error',
  });
});

test('what a log does not say is named, and what it says is kept', () => {
  const silent = rolloutFrom([user, answer]);
  expect(silent.imported?.unknown).toEqual([
    'model',
    'usage',
    'cost',
    'start',
    'duration',
    'files',
    'limits',
    'exit-codes',
  ]);
  expect(silent.usage.usd).toBeNull();
  const told = rolloutFrom({
    id: 4,
    model: 'm',
    messages: [user, answer],
    usage: { prompt_tokens: 5, completion_tokens: 2 },
    created_at: '2026-01-01T00:00:00Z',
    score: { accuracy: 0.5 },
  });
  expect(told).toMatchObject({
    policy: { spec: 'imported:m', version: 'm' },
    usage: { inputTokens: 5, outputTokens: 2, usd: null },
    times: { startedAt: '2026-01-01T00:00:00.000Z' },
    imported: { source: 'chat.jsonl:7', id: '4', scores: [{ name: 'accuracy', value: 0.5 }] },
  });
  expect(told.imported?.unknown).not.toContain('usage');
});

test('equal prompts are one task in any log', () => {
  const first = rolloutFrom([user, answer]);
  const second = rolloutFrom({ id: 'x', messages: [user, { role: 'assistant', content: 'Five.' }] });
  expect(second.task.id).toBe(first.task.id);
});

test.each<[string, unknown, string]>([
  [
    'a log that ends in a call',
    [user, { role: 'assistant', tool_calls: [{ id: 'a', function: { name: 'x', arguments: '{}' } }] }],
    'log-ends-early',
  ],
  ['a log that ends with the user', [user, answer, user], 'log-ends-early'],
  ['a log of an error', { messages: [user], error: 'boom' }, 'error-in-log'],
])('%s is a fault, never a verdict', (_what, raw, code) => {
  const { stop, faults } = rolloutFrom(raw);
  expect([stop, faults[0]?.code]).toEqual(['fault', code]);
});

test.each<[string, unknown, RegExp]>([
  ['a number', 3, /chat\.jsonl:7: this is not a conversation/],
  ['one message', user, /it is one message, and one line is one conversation/],
  ['an empty list', { messages: [] }, /not a conversation/],
  ['an unknown role', [{ role: 'wizard\u001b[2J', content: 'x' }], /message 1 has the role "wizard\\x1b\[2J"/],
  ['a role that every object has', [{ role: 'constructor', content: 'x' }], /message 1 has the role/],
  ['no question', [answer], /what the model was asked is not in it/],
  ['no answer', [user], /the model says nothing in it/],
])('%s is refused with its place', (_what, raw, message) => {
  expect(() => rolloutFrom(raw)).toThrow(message);
});

test('any JSON is a conversation or is refused, and what is read can be written down', () => {
  const content = fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.string({ unit: 'binary' }));
  const message = fc.record(
    {
      role: fc.constantFrom('user', 'assistant', 'tool', 'system', 'x'),
      content,
      tool_calls: fc.jsonValue({ maxDepth: 2 }),
      name: content,
    },
    { requiredKeys: ['role'] },
  );
  const record = fc.oneof(
    fc.jsonValue(),
    fc.array(message),
    fc.record(
      {
        messages: fc.array(message),
        score: content,
        usage: fc.jsonValue({ maxDepth: 1 }),
        error: content,
        id: content,
      },
      { requiredKeys: ['messages'] },
    ),
  );
  fc.assert(
    fc.property(record, (raw) => {
      try {
        rolloutFrom(raw);
      } catch (thrown) {
        if (!(thrown instanceof SubterfugeError)) throw thrown;
      }
    }),
    { numRuns: 50 },
  );
});
