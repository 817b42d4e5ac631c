import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Json } from '../base/json.ts';
import { sha256 } from '../base/json.ts';

/** What the server does with the next request. After the last one it answers. */
export type Mode =
  | { readonly kind: 'answer'; readonly body?: Json }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly message?: string;
    }
  | { readonly kind: 'hang' }
  | { readonly kind: 'cut-off' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'error-in-200'; readonly code?: number }
  | { readonly kind: 'raw'; readonly text: string };

export interface Seen {
  readonly path: string;
  readonly authorization: string;
  readonly body: { readonly [key: string]: Json };
}

/** A small model server that speaks enough of OpenAI's and Anthropic's API, and fails on demand. */
export interface FakeServer extends AsyncDisposable {
  readonly url: string;
  readonly seen: readonly Seen[];
  /** Calls for which the model ran: whole answers, and those that were lost on the way. */
  paid(): number;
  /** The most that were under way at once. */
  most(): number;
  plan(...modes: readonly Mode[]): void;
}

const CHARS_PER_TOKEN = 4;
const WORDS = ['amber', 'birch', 'cedar', 'delta', 'ember', 'fjord', 'grove', 'heron'];

const asText = (content: Json | undefined): string =>
  typeof content === 'string' ? content : JSON.stringify(content ?? '');

/** Depends on the transcript and the seed, as a sampler's text does. */
const write = (body: Seen['body']): string => {
  const digest = sha256(JSON.stringify([body.messages, body.seed ?? null]));
  const words = [...digest.slice(0, 6)].map((c) => WORDS[Number.parseInt(c, 16) % WORDS.length]).join(' ');
  return `<cot>${words}</cot>\n<bash>echo ${digest.slice(0, 8)}</bash>`;
};

const limited = (text: string, stops: readonly string[], maxTokens: number) => {
  const at = Math.min(text.length, ...stops.map((s) => text.indexOf(s)).filter((i) => i >= 0));
  const stopped = text.slice(0, at);
  if (stopped.length > maxTokens * CHARS_PER_TOKEN) {
    return { text: stopped.slice(0, maxTokens * CHARS_PER_TOKEN), end: 'length' as const };
  }
  return { text: stopped, end: at < text.length ? ('stop-sequence' as const) : ('end' as const) };
};

const chatAnswer = (body: Seen['body']): Json => {
  const stops = (Array.isArray(body.stop) ? body.stop : []) as string[];
  const max = Number(body.max_tokens ?? body.max_completion_tokens ?? 1000);
  const { text, end } = limited(write(body), stops, max);
  const prompt = Math.ceil(asText(body.messages).length / CHARS_PER_TOKEN);
  const usage = {
    prompt_tokens: prompt,
    completion_tokens: Math.ceil(text.length / CHARS_PER_TOKEN),
    total_tokens: prompt,
    prompt_tokens_details: { cached_tokens: 2 },
    completion_tokens_details: { reasoning_tokens: 1 },
  };
  const calls = body.tools !== undefined && end !== 'length';
  const call = {
    id: `call_${sha256(text).slice(0, 6)}`,
    type: 'function',
    function: { name: 'bash', arguments: JSON.stringify({ command: `echo ${sha256(text).slice(0, 8)}` }) },
  };
  const message = calls
    ? { role: 'assistant', content: null, reasoning_content: text.slice(0, 12), tool_calls: [call] }
    : { role: 'assistant', content: text };
  const finish = end === 'length' ? 'length' : calls ? 'tool_calls' : 'stop';
  const ids = [...text].slice(0, 3).map((c) => c.charCodeAt(0));
  const logprobs = body.logprobs === true ? { content: ids.map(() => ({ token: 'x', logprob: -0.5 })) } : null;
  const choice = { index: 0, message, finish_reason: finish, logprobs, token_ids: logprobs === null ? null : ids };
  return { id: 'x', object: 'chat.completion', created: 1, model: asText(body.model), choices: [choice], usage };
};

const messagesAnswer = (body: Seen['body']): Json => {
  const stops = (Array.isArray(body.stop_sequences) ? body.stop_sequences : []) as string[];
  const { text, end } = limited(write(body), stops, Number(body.max_tokens));
  const thinking = { type: 'thinking', thinking: 'let me see', signature: `signed-${sha256(text).slice(0, 6)}` };
  const calls = body.tools !== undefined && end !== 'length';
  const content = calls
    ? [thinking, { type: 'tool_use', id: `toolu_${sha256(text).slice(0, 6)}`, name: 'bash', input: { command: 'ls' } }]
    : [{ type: 'text', text }];
  const reason = { length: 'max_tokens', 'stop-sequence': 'stop_sequence', end: 'end_turn' }[end];
  const usage = {
    input_tokens: 20,
    output_tokens: Math.ceil(text.length / CHARS_PER_TOKEN),
    cache_read_input_tokens: 5,
  };
  const stop_reason = calls ? 'tool_use' : reason;
  return {
    id: 'x',
    type: 'message',
    role: 'assistant',
    model: 'fake',
    content,
    stop_reason,
    stop_sequence: null,
    usage,
  };
};

const readBody = async (request: IncomingMessage): Promise<Seen['body']> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Seen['body'];
};

const json = (response: ServerResponse, status: number, body: Json, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
};

export const fakeServer = async (): Promise<FakeServer> => {
  const seen: Seen[] = [];
  const planned: Mode[] = [];
  let paid = 0;
  let active = 0;
  let most = 0;

  const respond = async (mode: Mode, { path, body, authorization }: Seen, response: ServerResponse): Promise<void> => {
    switch (mode.kind) {
      case 'status': {
        const message = mode.message ?? `no, ${authorization} is not welcome`;
        json(response, mode.status, { error: { message, type: 'x' } }, mode.headers);
        return;
      }
      case 'error-in-200':
        json(response, 200, {
          error: { message: 'upstream fell over', ...(mode.code === undefined ? {} : { code: mode.code }) },
        });
        return;
      case 'raw':
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(mode.text);
        return;
      case 'reset':
        paid += 1;
        response.destroy();
        return;
      case 'hang':
        paid += 1;
        return;
      case 'cut-off':
        paid += 1;
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '4000' });
        response.write('{"id":"x","choices":[{"index":0,"message":{"role":"assistant","content":"Once');
        await wait(10);
        response.destroy();
        return;
      case 'answer':
        paid += 1;
        json(response, 200, mode.body ?? (path.endsWith('/messages') ? messagesAnswer(body) : chatAnswer(body)));
    }
  };

  const server = createServer((request, response) => {
    active += 1;
    most = Math.max(most, active);
    response.on('close', () => {
      active -= 1;
    });
    const handle = async (): Promise<void> => {
      const authorization = String(request.headers.authorization ?? request.headers['x-api-key'] ?? '');
      const call = { path: request.url ?? '', authorization, body: await readBody(request) };
      seen.push(call);
      await respond(planned.shift() ?? { kind: 'answer' }, call, response);
    };
    handle().catch((thrown: unknown) => response.destroy(thrown instanceof Error ? thrown : undefined));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the fake server has no port');
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    seen,
    paid: () => paid,
    most: () => most,
    plan: (...modes) => {
      planned.push(...modes);
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
