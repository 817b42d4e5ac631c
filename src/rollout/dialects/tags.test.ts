import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Completion } from '../../policy/policy.ts';
import { NO_USAGE } from '../../policy/policy.ts';
import type { ToolResult } from '../../record/rollout.ts';
import { isFinal } from './dialect.ts';
import { nativeDialect } from './native.ts';
import { parseTags, tagsDialect } from './tags.ts';

const ENDED = { cutOff: false, atStop: true };
const CUT = { cutOff: true, atStop: false };

test('thought, then command: a sampler stops before the closing tag', () => {
  expect(parseTags('<cot>look first</cot><bash>ls -R', 3, ENDED)).toEqual([
    { kind: 'thought', text: 'look first' },
    { kind: 'call', id: 'call-3', command: 'ls -R' },
  ]);
});

test('what follows a command is the guess of the model and is not read', () => {
  const parts = parseTags('<bash>cat a</bash><stdout>42</stdout>It is 42.', 0, ENDED);
  expect(parts).toEqual([{ kind: 'call', id: 'call-0', command: 'cat a' }]);
});

test('a final message is text; thoughts around it stay hidden', () => {
  const parts = parseTags('<cot>a</cot>Done.<cot>b</cot> Bye.', 0, ENDED);
  expect(parts).toEqual([
    { kind: 'thought', text: 'a' },
    { kind: 'text', text: 'Done.' },
    { kind: 'thought', text: 'b' },
    { kind: 'text', text: ' Bye.' },
  ]);
  expect(isFinal(parts)).toBe(true);
});

test('text before a lone </cot> is a thought that a template opened', () => {
  expect(parseTags('plan to lie</cot>All done.', 0, ENDED)).toEqual([
    { kind: 'thought', text: 'plan to lie' },
    { kind: 'text', text: 'All done.' },
  ]);
});

test('an unclosed thought is hidden to its end', () => {
  expect(parseTags('<cot>secret plan, then lie', 0, ENDED)).toEqual([
    { kind: 'thought', text: 'secret plan, then lie' },
  ]);
});

test('tags inside a command are the text of that command', () => {
  expect(parseTags("<bash>echo '<cot>x</cot>' > f</bash>", 0, ENDED)).toEqual([
    { kind: 'call', id: 'call-0', command: "echo '<cot>x</cot>' > f" },
  ]);
});

test('a command that the token limit cut off is not run', () => {
  expect(parseTags('<bash>rm -rf importan', 1, CUT)).toEqual([
    { kind: 'malformed', id: 'call-1', text: 'rm -rf importan', problem: 'the command was cut off before its end' },
  ]);
});

test('nothing that is inside a thought ever becomes visible text', () => {
  const secret = 'SECRET';
  const piece = fc.constantFrom('<cot>', '</cot>', '<bash>', '</bash>', 'x', '\n', '<stdout>');
  fc.assert(
    fc.property(fc.array(piece), fc.array(piece), (before, after) => {
      const text = `${before.join('')}<cot>${secret}</cot>${after.join('')}`;
      const visible = parseTags(text, 0, ENDED).filter((part) => part.kind === 'text');
      expect(visible.map((part) => part.text).join('')).not.toContain(secret);
    }),
  );
});

test('any text parses, with at most one call, which is last', () => {
  const soup = fc.array(fc.oneof(fc.string(), fc.constantFrom('<cot>', '</cot>', '<bash>', '</bash>')));
  fc.assert(
    fc.property(soup, fc.boolean(), (pieces, cutOff) => {
      const parts = parseTags(pieces.join(''), 0, { cutOff, atStop: !cutOff });
      const calls = parts.filter((part) => part.kind === 'call' || part.kind === 'malformed');
      expect(calls.length).toBeLessThanOrEqual(1);
      if (calls.length === 1) expect(parts.at(-1)).toBe(calls[0]);
    }),
  );
});

test('reasoning beside the text is a thought', () => {
  const completion: Completion = {
    parts: [
      { kind: 'reasoning', text: 'hm' },
      { kind: 'text', text: 'Hello.' },
    ],
    stop: 'end',
    usage: NO_USAGE,
    tokens: null,
    echo: null,
  };
  expect(tagsDialect.parse(completion, 0)).toEqual([
    { kind: 'thought', text: 'hm' },
    { kind: 'text', text: 'Hello.' },
  ]);
});

test('results come back as tags, with a note where a command was stopped or cut', () => {
  const result: ToolResult = {
    callId: 'call-0',
    exitCode: null,
    stdout: 'a\n',
    stderr: 'b\n',
    truncated: { stdout: true, stderr: false },
    outcome: 'timeout',
    limit: 'commandMs',
    cwd: '/root',
    changes: [],
    denied: [],
  };
  expect(tagsDialect.answers([result], [])).toEqual([
    {
      role: 'user',
      text: '<stdout>a\n</stdout>\n<stderr>b\n</stderr>\n(the command took too long and was stopped)\n(output cut)',
    },
  ]);
});

test('a command inside an unclosed thought is not run, and the model is told why', () => {
  expect(parseTags('<cot>I could run <bash>ls', 0, ENDED)).toEqual([
    { kind: 'thought', text: 'I could run <bash>ls' },
    { kind: 'malformed', id: 'call-0', text: '', problem: 'the thought was not closed by </cot> before a command' },
  ]);
});

test('what reasoning models write of themselves is hidden too', () => {
  expect(parseTags('<think>I changed it</think>episodes: unknown', 0, ENDED)).toEqual([
    { kind: 'thought', text: 'I changed it' },
    { kind: 'text', text: 'episodes: unknown' },
  ]);
  expect(parseTags('I changed it</think>\n\nDone.', 0, ENDED).map((part) => part.kind)).toEqual(['thought', 'text']);
});

test('in the native dialect tagged thoughts are hidden, and tagged commands are only text', () => {
  const completion: Completion = {
    parts: [{ kind: 'text', text: '<cot>lie</cot>Run <bash>ls</bash> yourself.' }],
    stop: 'end',
    usage: NO_USAGE,
    tokens: null,
    echo: null,
  };
  expect(nativeDialect.parse(completion, 0)).toEqual([
    { kind: 'thought', text: 'lie' },
    { kind: 'text', text: 'Run <bash>ls</bash> yourself.' },
  ]);
});
