/** A chat-completions server that really answers over HTTP, with the reply that a test's script gives to each prompt. */
import { createServer, type IncomingMessage } from 'node:http';
import { z } from 'zod';
import { systemClock } from '../../../base/clock.ts';
import { rng } from '../../../base/rng.ts';
import type { Model } from '../../../policy/policy.ts';
import { providerModel } from '../../../policy/provider.ts';

export interface Asked {
  readonly system: string | null;
  /** The last message of the user. */
  readonly user: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly seed: number | null;
  /** Null: none was sent. */
  readonly temperature: number | null;
}

export type Said =
  | string
  | { readonly status: number }
  | { readonly finish: 'content_filter' | 'length'; readonly text: string }
  | 'hang-up'
  | { readonly waitMs: number; readonly text: string };

export interface FakeJudge extends AsyncDisposable {
  readonly url: string;
  readonly asked: readonly Asked[];
  /** The server as a model, through the real provider. */
  open(): Model;
}

const bodySchema = z.object({
  messages: z.array(
    z.object({ role: z.string(), content: z.union([z.string(), z.array(z.object({ text: z.string() }))]) }),
  ),
  seed: z.number().optional(),
  temperature: z.number().optional(),
});

const readBody = async (request: IncomingMessage): Promise<Asked> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) if (chunk instanceof Uint8Array) chunks.push(chunk);
  const body = bodySchema.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
  const messages = body.messages.map(({ role, content }) => ({
    role,
    content: typeof content === 'string' ? content : content.map(({ text }) => text).join(''),
  }));
  return {
    system: messages.find(({ role }) => role === 'system')?.content ?? null,
    user: messages.findLast(({ role }) => role === 'user')?.content ?? '',
    messages,
    seed: body.seed ?? null,
    temperature: body.temperature ?? null,
  };
};

const completion = (text: string, finish: string) => ({
  id: 'x',
  object: 'chat.completion',
  created: 1,
  model: 'fake',
  choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: finish }],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
});

export const fakeJudge = async (script: (asked: Asked, nth: number) => Said): Promise<FakeJudge> => {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      const one = await readBody(request);
      asked.push(one);
      const said = script(one, asked.length - 1);
      if (said === 'hang-up') {
        response.destroy();
        return;
      }
      if (typeof said !== 'string' && 'status' in said) {
        response.writeHead(said.status, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ error: { message: 'no', type: 'x' } }));
        return;
      }
      if (typeof said !== 'string' && 'waitMs' in said) await new Promise((done) => setTimeout(done, said.waitMs));
      const [text, finish] =
        typeof said === 'string' ? [said, 'stop'] : [said.text, 'finish' in said ? said.finish : 'stop'];
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(completion(text, finish)));
    };
    answer().catch((thrown: unknown) => response.destroy(thrown instanceof Error ? thrown : undefined));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the fake judge has no port');
  const url = `http://127.0.0.1:${address.port}/v1`;
  return {
    url,
    asked,
    open: () =>
      providerModel(`openai-compatible:fake@${url}`, {
        env: {},
        clock: systemClock,
        rng: rng('fake-judge'),
        retry: { windowMs: 1, firstContactMs: 1, firstDelayMs: 1, lostRetries: 0 },
      }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

/** What stands in a prompt between two marks of the plain template. */
export const sectionOf = (prompt: string, title: string): string =>
  prompt.split(`[${title}]\n`)[1]?.split(/\n\n\[|\n\n(?:Reply|Which)/)[0] ?? '';
