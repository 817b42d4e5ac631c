/** A model server that speaks OpenAI's chat API and fails in every way that providers do, by dice. It counts what it did. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { sha256 } from '../base/json.ts';
import { type Rng, rng } from '../base/rng.ts';

/** Shares of all calls, in this order; the rest is answered well. */
export interface FaultRates {
  /** 429, half of them with Retry-After. */
  readonly tooMany: number;
  /** 500 and 503. */
  readonly serverError: number;
  /** The model ran, and the answer breaks off. */
  readonly cut: number;
  /** The model ran, and status 200 comes with text that is no answer. */
  readonly malformed: number;
  /** The model ran, and its answer comes twice in one body. */
  readonly duplicated: number;
  /** A good answer that counts its tokens wrongly: none, or absurdly many. */
  readonly wrongUsage: number;
  /** A good answer, a few bytes at a time. */
  readonly slow: number;
}

export const ALL_FAULTS: FaultRates = {
  tooMany: 0.06,
  serverError: 0.04,
  cut: 0.01,
  malformed: 0.01,
  duplicated: 0.01,
  wrongUsage: 0.03,
  slow: 0.04,
};

export interface FaultyOptions {
  readonly seed: string;
  readonly rates: FaultRates;
  /** Every so many calls all of the next `stormCalls` are refused with 429. */
  readonly stormEvery: number;
  readonly stormCalls: number;
  readonly thinkMs: number;
  /** Nothing is answered before so many calls have come: they are all open at once. Default 0. */
  readonly holdUntil?: number;
}

export interface ServerCounts {
  readonly calls: number;
  readonly refused: number;
  readonly failed: number;
  /** The model ran, and no whole answer went out. */
  readonly lost: number;
  /** Whole answers, by what was asked. More than one for the same is paid twice. */
  readonly answered: ReadonlyMap<string, number>;
  /** Of whole answers, as they were counted to the client; of lost ones, what they really were. */
  readonly outputTokens: number;
  /** The most calls at once. */
  readonly most: number;
}

export interface FaultyServer extends AsyncDisposable {
  readonly url: string;
  counts(): ServerCounts;
}

type Fault = keyof FaultRates | 'none';

const faultOf = (dice: Rng, rates: FaultRates): Fault => {
  let left = dice.next();
  for (const [name, share] of Object.entries(rates)) {
    left -= share;
    if (left < 0 && isRate(name, rates)) return name;
  }
  return 'none';
};
const isRate = (name: string, rates: FaultRates): name is keyof FaultRates => Object.hasOwn(rates, name);

const OUTPUT_TOKENS = 7;
export const ABSURD_TOKENS = 5_000;
const INPUT_TOKENS = 20;

const answerTo = (asked: string, usage: object): string =>
  JSON.stringify({
    id: `chatcmpl-${asked.slice(0, 8)}`,
    object: 'chat.completion',
    created: 1,
    model: 'fake',
    choices: [
      { index: 0, message: { role: 'assistant', content: `Done: ${asked.slice(0, 8)}.` }, finish_reason: 'stop' },
    ],
    usage,
  });

const usageFor = (outputTokens: number) => ({
  prompt_tokens: INPUT_TOKENS,
  completion_tokens: outputTokens,
  total_tokens: INPUT_TOKENS + outputTokens,
});

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text;
};

const sent = (response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body);
};

export const faultyServer = async (options: FaultyOptions): Promise<FaultyServer> => {
  const dice = rng(options.seed);
  const answered = new Map<string, number>();
  const count = { calls: 0, refused: 0, failed: 0, lost: 0, outputTokens: 0, most: 0 };
  let active = 0;
  const full = Promise.withResolvers<void>();

  const lose = (): void => {
    count.lost += 1;
    count.outputTokens += OUTPUT_TOKENS;
  };
  const deliver = (asked: string, claimed: number): string => {
    answered.set(asked, (answered.get(asked) ?? 0) + 1);
    count.outputTokens += claimed;
    return answerTo(asked, usageFor(claimed));
  };

  const respond = async (asked: string, fault: Fault, own: Rng, response: ServerResponse): Promise<void> => {
    switch (fault) {
      case 'tooMany':
        count.refused += 1;
        sent(response, 429, '{"error":{"message":"slow down"}}', own.next() < 0.5 ? { 'retry-after-ms': '20' } : {});
        return;
      case 'serverError':
        count.failed += 1;
        sent(response, own.next() < 0.5 ? 500 : 503, '{"error":{"message":"overloaded"}}');
        return;
      case 'cut':
        lose();
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '4000' });
        response.write('{"id":"x","choices":[{"index":0,"message":{"role":"assistant","content":"Once');
        await wait(5);
        response.destroy();
        return;
      case 'malformed':
        lose();
        sent(response, 200, '<html>hello</html>');
        return;
      case 'duplicated': {
        lose();
        const body = answerTo(asked, usageFor(OUTPUT_TOKENS));
        sent(response, 200, body + body);
        return;
      }
      case 'wrongUsage':
        sent(response, 200, deliver(asked, own.next() < 0.5 ? 0 : ABSURD_TOKENS));
        return;
      case 'slow': {
        const body = deliver(asked, OUTPUT_TOKENS);
        response.writeHead(200, { 'content-type': 'application/json' });
        for (let at = 0; at < body.length; at += 40) {
          response.write(body.slice(at, at + 40));
          await wait(5);
        }
        response.end();
        return;
      }
      case 'none':
        sent(response, 200, deliver(asked, OUTPUT_TOKENS));
    }
  };

  const server = createServer((request, response) => {
    active += 1;
    count.most = Math.max(count.most, active);
    response.on('close', () => {
      active -= 1;
    });
    const handle = async (): Promise<void> => {
      const asked = sha256(await bodyOf(request));
      const number = count.calls;
      count.calls += 1;
      const own = dice.fork(`call/${number}`);
      if (count.calls >= (options.holdUntil ?? 0)) full.resolve();
      await full.promise;
      await wait(options.thinkMs);
      const storm = number % options.stormEvery >= options.stormEvery - options.stormCalls;
      await respond(asked, storm ? 'tooMany' : faultOf(own, options.rates), own, response);
    };
    handle().catch((thrown: unknown) => response.destroy(thrown instanceof Error ? thrown : undefined));
  });
  // Thousands connect within one moment.
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 8_192 }, resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the faulty server has no port');
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    counts: () => ({ ...count, answered }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
