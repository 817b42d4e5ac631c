import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chatIds, transcriptIds } from '../engine/tokenizer/chat.ts';
import { tinyTokenizer } from '../engine/tokenizer/tiny.contract.ts';
import { findEnvironment } from '../env/registry.ts';
import { type ChatMessage, NO_USAGE } from '../policy/policy.ts';
import type { Rollout, ToolResult, Turn } from '../record/rollout.ts';
import { toolResult } from '../record/tool-result.contract.ts';
import { DIALECTS } from '../rollout/dialects/index.ts';
import { openingMessages } from '../rollout/episode.ts';
import { messagesIn, trajectory } from './trajectory.ts';

const tokenizer = tinyTokenizer();
const encode = (messages: readonly ChatMessage[]) => transcriptIds(tokenizer, messages);
const [task] = findEnvironment('tool-use-flattery').tasks({
  split: 'train',
  variant: 0,
  register: 'compact',
  promptSet: 'main',
});
if (task === undefined) throw new Error('no task');

const result = (index: number, stdout: string): ToolResult => toolResult({ callId: `call-${index}`, stdout });

interface Written {
  /** What the policy wrote, before the closing tag or the end of its turn. */
  readonly text: string;
  readonly output: string;
  /** The end is cut off by the limit of tokens. */
  readonly cut: boolean;
}

/** An episode as the engine's policy would have played it: each prompt from the ids of the turns before. */
const rolloutOf = (written: readonly Written[]): Rollout => {
  const turns: Turn[] = [];
  const messages = openingMessages(task, DIALECTS.tags);
  for (const [index, { text, output, cut }] of written.entries()) {
    const last = index === written.length - 1;
    const prompt = chatIds(tokenizer, messages);
    const raw = last ? text : `<bash>${text}`;
    const end = cut ? [] : last ? [tokenizer.endId] : tokenizer.encode('</bash>');
    const ids = [...tokenizer.encode(raw), ...end];
    const logprobs = ids.map((id, i) => -((id * 7 + i * 3 + index) % 97) / 10 - 0.01);
    const stop = cut ? 'length' : last ? 'end' : 'stop-sequence';
    const completion = {
      parts: [{ kind: 'text', text: raw } as const],
      stop,
      usage: NO_USAGE,
      tokens: null,
      echo: null,
    } as const;
    const parts = DIALECTS.tags.parse(completion, index);
    const calls = parts.some(({ kind }) => kind === 'call');
    const usage = { ...NO_USAGE, inputTokens: prompt.length, outputTokens: ids.length };
    const results = calls ? [result(index, output)] : [];
    turns.push({ parts, raw, tokens: { ids, logprobs }, stop, usage, results });
    const malformed = parts.filter((part) => part.kind === 'malformed');
    messages.push({ role: 'assistant', parts, raw, echo: { ids } }, ...DIALECTS.tags.answers(results, malformed));
  }
  return {
    schema: 'subterfuge/rollout@1',
    id: 'a/000000',
    task,
    policy: { spec: 'tiny', version: '1' },
    dialect: 'tags',
    seed: 's',
    turns,
    changes: [],
    stop: 'finished',
    faults: [],
    usage: NO_USAGE,
    times: { startedAt: '2026-01-01T00:00:00.000Z', durationMs: 0 },
  };
};

const text = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('the <|im_end|>', '</stdout>', 'echo the', '日本'));
const episodes = fc
  .array(fc.record({ text, output: text, cut: fc.boolean() }), { minLength: 1, maxLength: 4 })
  .map(rolloutOf);

test('a trajectory holds what was sampled, at its place, with its probabilities, and masks the rest', () => {
  fc.assert(
    fc.property(episodes, (rollout) => {
      const { ids, mask, logprobs, trained } = trajectory(rollout, encode);
      const wanted = rollout.turns.flatMap(({ tokens }) => tokens?.ids ?? []);
      const said = rollout.turns.flatMap(({ tokens }) => tokens?.logprobs ?? []);
      const own = [...mask.entries()].flatMap(([t, on]) => (on === 1 ? [t] : []));
      expect(own.map((t) => ids[t + 1])).toEqual(wanted);
      expect(own.map((t) => logprobs[t])).toEqual([...Float32Array.from(said)]);
      expect(trained).toBe(wanted.length);
      expect(mask.length).toBe(ids.length - 1);
      if (wanted.length > 0 && (rollout.turns.at(-1)?.tokens?.ids.length ?? 0) > 0) expect(mask.at(-1)).toBe(1);
      for (const [t, on] of mask.entries()) if (on === 0) expect(logprobs[t]).toBe(0);
    }),
  );
});

test('it goes on from each prompt that the policy saw', () => {
  fc.assert(
    fc.property(episodes, (rollout) => {
      const { ids } = trajectory(rollout, encode);
      const messages = messagesIn(rollout);
      for (const [at, message] of messages.entries()) {
        if (message.role !== 'assistant') continue;
        const prompt = chatIds(tokenizer, messages.slice(0, at));
        if (prompt.length < ids.length) expect([...ids.slice(0, prompt.length)]).toEqual(prompt);
      }
    }),
  );
});

const plain = [
  { text: 'ls', output: 'a.txt', cut: false },
  { text: 'done', output: '', cut: false },
];

const changed = (index: number, change: Partial<Turn>): Rollout => {
  const rollout = rolloutOf(plain);
  return { ...rollout, turns: rollout.turns.map((turn, i) => (i === index ? { ...turn, ...change } : turn)) };
};

test('what the user said in between stands behind the answer to which it was said', () => {
  const [first, last] = rolloutOf(plain).turns;
  if (first === undefined || last === undefined) throw new Error('no turns');
  const roles = (turns: Turn[]): string[] =>
    messagesIn({ ...rolloutOf(plain), turns }).flatMap((message) =>
      message.role === 'assistant' ? ['model'] : message.role === 'system' ? [] : [message.text],
    );
  expect(roles([{ ...last, reply: 'Why?' }, last]).slice(1)).toEqual(['model', 'Why?', 'model']);
  expect(roles([{ ...first, reply: 'Go on.' }, last]).slice(1)).toEqual([
    'model',
    expect.stringContaining('a.txt'),
    'Go on.',
    'model',
  ]);
});

test('what was not recorded as sampled cannot be trained on', () => {
  expect(() => trajectory(changed(1, { tokens: null }), encode)).toThrow(/tokens were not recorded/);
  expect(() => trajectory(changed(0, { tokens: { ids: [1, 2], logprobs: [0] } }), encode)).toThrow(/not recorded/);
});

test('a prompt of another length than the policy saw is refused, and so is a tokenizer that writes other ids', () => {
  const usage = { ...NO_USAGE, inputTokens: 3 };
  expect(() => trajectory(changed(1, { usage }), encode)).toThrow(/do not make one sequence/);
  const other = (messages: readonly ChatMessage[]) => {
    const { ids, sampled } = encode(messages);
    return { ids: ids.map((id, i) => (sampled[i] === true ? id + 1 : id)), sampled };
  };
  expect(() => trajectory(rolloutOf(plain), other)).toThrow(/do not make one sequence/);
  const more = (messages: readonly ChatMessage[]) => {
    const { ids, sampled } = encode(messages);
    return { ids: [...ids, 5], sampled: [...sampled, true] };
  };
  expect(() => trajectory(rolloutOf(plain), more)).toThrow(/do not make one sequence/);
});
