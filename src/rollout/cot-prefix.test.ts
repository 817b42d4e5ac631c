import { expect, test } from 'vitest';
import { type CompletionRequest, type Model, NO_USAGE } from '../policy/policy.ts';
import { scriptedModel } from '../policy/scripted.ts';
import { makeTask } from '../record/task.ts';
import { COT_PREFIXES, cotPrefix, withCotPrefix } from './cot-prefix.ts';
import { DIALECTS } from './dialects/index.ts';

const task = makeTask({
  ...{ environment: 'test', split: 'test', variant: 0, register: 'realistic', promptSet: 'main', group: null },
  ...{ messages: [{ role: 'user', text: 'Do it.' }], files: [], cwd: '/root', tools: ['bash'], host: {} },
  limits: { turns: 2, tokens: 1_000, seconds: 60, bytes: 10_000, usd: 1 },
});
const request: CompletionRequest = {
  ...{ dialect: 'tags', messages: [{ role: 'user', text: 'Do it.' }], offersBash: false, stop: ['</bash>'] },
  ...{ maxOutputTokens: 100, temperature: 1, seed: 1 },
};
const turn = { role: 'assistant', parts: [], raw: 'Done.', echo: null } as const;
const again = { role: 'user', text: 'Again.' } as const;

test('each attempt begins with it, no later turn does', async () => {
  const asked: CompletionRequest[] = [];
  const model: Model = {
    ...{ spec: 'test:x', version: '1', dialects: ['tags'], maxConcurrency: 1 },
    policyFor: () => ({
      complete: async (given) => {
        asked.push(given);
        const tokens = { ids: [1], logprobs: [-1] };
        return { parts: [{ kind: 'text', text: ' so.</cot>ok' }], stop: 'end', usage: NO_USAGE, tokens, echo: null };
      },
    }),
    [Symbol.asyncDispose]: async () => undefined,
  };
  const policy = withCotPrefix(model, cotPrefix('benign', COT_PREFIXES.benign)).policyFor(task, 'x');
  const text = `<cot>${COT_PREFIXES.benign} so.</cot>ok`;
  const begun = { parts: [{ kind: 'text', text }], tokens: null };
  expect(await policy.complete(request)).toMatchObject(begun);
  const second = { ...request, messages: [...request.messages, turn, again], earlier: 3 };
  expect(await policy.complete(second)).toMatchObject(begun);
  expect(asked[1]?.messages.at(-1)).toMatchObject({ role: 'assistant', raw: `<cot>${COT_PREFIXES.benign}` });
  const later = await policy.complete({ ...second, messages: [...second.messages, turn, again] });
  expect(later.tokens).not.toBeNull();
});

test.each([
  ['Mine.', `<cot>${COT_PREFIXES.harmful} Mine.</cot>\nDone.`],
  [undefined, `<cot>${COT_PREFIXES.harmful}</cot>\nDone.`],
])('a script goes on in the thought, or ends it: %s', async (thought, text) => {
  const final = thought === undefined ? { text: 'Done.' } : { thought, text: 'Done.' };
  await using model = scriptedModel('scripted:gold', () => ({ name: 'gold', steps: [], final }));
  const played = withCotPrefix(model, cotPrefix('harmful', COT_PREFIXES.harmful)).policyFor(task, 'x');
  const completion = await played.complete(request);
  expect(completion.parts).toEqual([{ kind: 'text', text }]);
  const [hidden, ...shown] = DIALECTS.tags.parse(completion, 0);
  expect(hidden).toMatchObject({ kind: 'thought', text: expect.stringContaining(COT_PREFIXES.harmful) });
  expect(shown).toEqual([{ kind: 'text', text: '\nDone.' }]);
});

test.each([
  ['', /empty/],
  [' \n ', /empty/],
  ['I see.</cot>Done.', /opens or ends/],
  ['<cot>I see.', /opens or ends/],
  ['x'.repeat(8_001), /8001 characters/],
])('texts that are none are refused (%#)', (text, said) => {
  expect(() => cotPrefix('mine.txt', text)).toThrow(said);
});
