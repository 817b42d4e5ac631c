import { describe, expect, test } from 'vitest';
import { exampleRequest, exampleSubmission, exampleTask } from './fixtures.contract.ts';
import { policyContract } from './policy.contract.ts';
import type { ChatMessage, CompletionRequest } from './policy.ts';
import { scriptedModel } from './scripted.ts';
import { closeCall, cutAtStop, renderTags } from './tags.ts';

policyContract({
  name: 'scripted',
  open: async () => scriptedModel('scripted:gold', exampleSubmission),
  task: exampleTask,
  request: exampleRequest,
  deterministic: true,
  honoursLimits: true,
  dialects: ['tags', 'native'],
});

const play = async (request: CompletionRequest) =>
  await scriptedModel('scripted:gold', exampleSubmission).policyFor(exampleTask(3), 'x/0').complete(request);

describe('a scripted model', () => {
  test('plays one step per turn and then the final message, in tags', async () => {
    const request = exampleRequest('tags', 3);
    const messages: ChatMessage[] = [...request.messages];
    const shown: string[] = [];
    for (let turn = 0; turn < 3; turn++) {
      const { parts, stop } = await play({ ...request, messages });
      const raw = parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
      shown.push(`${stop}: ${raw}`);
      messages.push({ role: 'assistant', parts: [], raw, echo: null }, { role: 'user', text: '<stdout></stdout>' });
    }
    expect(shown).toEqual([
      'stop-sequence: <cot>note 3</cot>\n<bash>echo 3 > note.txt',
      'stop-sequence: <bash>cat note.txt',
      'end: <cot>done</cot>\nNote 3 is written.',
    ]);
  });

  test('plays reasoning and calls in the native dialect', async () => {
    const { parts, stop } = await play(exampleRequest('native', 3));
    expect(stop).toBe('tool-calls');
    expect(parts).toEqual([
      { kind: 'reasoning', text: 'note 3' },
      { kind: 'call', id: 'call-0', name: 'bash', input: { command: 'echo 3 > note.txt' } },
    ]);
  });

  test('counts one token for each started four characters', async () => {
    const { usage } = await play({ ...exampleRequest('native', 3), messages: [{ role: 'user', text: 'abcde' }] });
    expect(usage).toMatchObject({ inputTokens: 2, reasoningTokens: 2, usd: 0 });
  });
});

describe('tags', () => {
  test('a command that would end its own tag is refused', () => {
    expect(() => renderTags({ command: 'echo </bash>' })).toThrow(/unwritable|holds <\/bash>/);
    expect(() => renderTags({ thought: 'a </cot> b', command: 'ls' })).toThrow(/holds <\/cot>/);
  });

  test('cutting and closing are inverse for a call', () => {
    const whole = renderTags({ thought: 'look', command: 'ls' });
    const { text, cut } = cutAtStop(whole, ['</bash>']);
    expect([text, cut]).toEqual(['<cot>look</cot>\n<bash>ls', true]);
    expect(closeCall(text)).toBe(whole);
    expect(closeCall(whole)).toBe(whole);
    expect(cutAtStop('abcdef', ['e', 'c', ''])).toEqual({ text: 'ab', cut: true });
  });
});
