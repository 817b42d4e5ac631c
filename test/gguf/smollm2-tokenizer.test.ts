import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { chatIds } from '../../src/engine/tokenizer/chat.ts';
import { openTokenizer } from '../../src/engine/tokenizer/hugging-face.ts';

const recorded = z
  .object({ text: z.string(), ids: z.array(z.int()) })
  .parse(JSON.parse(readFileSync('test/engine/recorded/smollm2.json', 'utf8')));

test("SmolLM2's tokenizer gives the ids that transformers gives, through the chat template", async () => {
  const tokenizer = await openTokenizer('.models/smollm2-135m-instruct');
  const turns = [...recorded.text.matchAll(/<\|im_start\|>(\w+)\n([^<]*)/g)];
  expect(turns.map(([, role]) => role)).toEqual(['system', 'user', 'assistant']);
  const [system = '', user = '', assistant = ''] = turns.map(([, , text]) => text);
  const ids = chatIds(tokenizer, [
    { role: 'system', text: system },
    { role: 'user', text: user },
    { role: 'assistant', parts: [], raw: assistant, echo: null },
  ]);
  expect(ids).toEqual(recorded.ids);
});

test('and gives every text back', async () => {
  const tokenizer = await openTokenizer('.models/smollm2-135m-instruct');
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      (text) => tokenizer.decode(tokenizer.encode(text)) === text.toWellFormed(),
    ),
  );
});
