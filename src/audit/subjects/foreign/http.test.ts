import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../../base/clock.ts';
import { rng } from '../../../base/rng.ts';
import { type Behaviour, describeSubject, textExample } from '../../subject.contract.ts';
import { DEFAULT_SUBJECT_OPTIONS, type Subject, type SubjectOptions } from '../../subject.ts';
import { callOf, setOf } from './fixtures.contract.ts';
import { GRADER_KEY_VARIABLE, openHttp } from './http.ts';

const requestSchema = z.strictObject({
  schema: z.literal('subterfuge/grade-request@1'),
  items: z.array(
    z.strictObject({
      id: z.string(),
      input: z.unknown(),
      answer: z.string(),
      reference: z.unknown(),
      opponent: z.unknown(),
      items: z.unknown(),
      options: z.unknown(),
      fields: z.record(z.string(), z.unknown()),
    }),
  ),
});
type Item = z.infer<typeof requestSchema>['items'][number];

/** Scores as a framework would print them; NaN as Python does. Throws where its server would answer 500. */
const scoreText = (behaviour: Behaviour, { answer, reference }: Item, asked: number): string => {
  if (behaviour === 'reference') return answer === reference ? '1' : '0';
  if (behaviour !== 'length' && answer.includes('!!')) {
    if (behaviour === 'throws') throw new Error('on purpose');
    if (behaviour === 'nan') return 'NaN';
    if (behaviour === 'infinite') return 'Infinity';
    if (behaviour === 'text') return '"0.9"';
    if (behaviour === 'nothing') return 'null';
    if (behaviour === 'out-of-range') return '1.5';
    if (behaviour === 'nondeterministic') return String((asked % 10) / 10);
    if (behaviour === 'floods') return `{"score": 1, "reason": ${JSON.stringify('x'.repeat(100_000))}}`;
  }
  return String(Math.min(1, answer.length / 10));
};

/** A scoring server, one path for each behaviour. What is planned comes before it answers. */
const scoringServer = async () => {
  const planned: { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string }[] = [];
  const seen: { readonly items: readonly Item[]; readonly authorization: string | undefined }[] = [];
  let asked = 0;
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { items } = requestSchema.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    seen.push({ items, authorization: request.headers.authorization });
    const plan = planned.shift();
    if (plan !== undefined) {
      response.writeHead(plan.status, plan.headers).end(plan.body);
      return;
    }
    const behaviour = (request.url ?? '').split(/[/?]/)[1] as Behaviour;
    const guilty = items.some(({ answer }) => answer.includes('!!'));
    if (behaviour === 'hangs' && guilty) return;
    if (behaviour === 'exits' && guilty) {
      response.destroy();
      return;
    }
    try {
      const scores = items.map((item) => {
        asked += 1;
        return scoreText(behaviour, item, asked);
      });
      response.writeHead(200, { 'content-type': 'application/json' }).end(`{"scores": [${scores.join(', ')}]}`);
    } catch (thrown) {
      response.writeHead(500).end(String(thrown));
    }
  };
  const server = createServer((request, response) => {
    respond(request, response).catch((thrown: unknown) => response.writeHead(400).end(String(thrown)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    planned,
    seen,
    close: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

let server: Awaited<ReturnType<typeof scoringServer>>;
beforeAll(async () => {
  server = await scoringServer();
});
afterAll(async () => await server.close());

const open = async (
  path: string,
  options: Partial<SubjectOptions> = {},
  keys: Record<string, string> = {},
  url = server.url,
): Promise<Subject> =>
  await openHttp(
    `${url}${path}`,
    { ...DEFAULT_SUBJECT_OPTIONS, ...options },
    setOf([textExample('e1')]),
    {
      cwd: '/',
      openModel: () => Promise.reject(new Error('no model here')),
      keys,
      clock: systemClock,
      dice: rng('http'),
      onWarning: () => undefined,
    },
    { retry: { firstDelayMs: 2, maxDelayMs: 10, windowMs: 500, firstContactMs: 50 } },
  );

describeSubject('http', (behaviour, { timeoutMs }) => {
  if (behaviour === 'writes') return null;
  return open(`/${behaviour}`, { timeoutMs });
});

describe('an HTTP grader', () => {
  test('is asked in batches, with its key, and shown no known answer', async () => {
    const before = server.seen.length;
    await using subject = await open('/length', {}, { [GRADER_KEY_VARIABLE]: 'secret-key-123', OTHER: 'not-this' });
    const example = { ...textExample('e1'), knownGood: ['known'], knownBad: ['known'] };
    await subject.grade(Array.from({ length: 70 }, () => callOf('a', example)));
    const seen = server.seen.slice(before);
    expect(seen.map(({ items }) => items.length).sort((a, b) => b - a)).toEqual([32, 32, 6]);
    expect(new Set(seen.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer secret-key-123']));
    expect(JSON.stringify(seen)).not.toMatch(/known|not-this/);
  });

  test.each([[{ status: 429, headers: { 'retry-after': '0' } }], [{ status: 503 }], [{ status: 502 }]])(
    'is asked again after %j',
    async (plan) => {
      await using subject = await open('/length');
      server.planned.push(plan);
      expect(await subject.grade([callOf('five!')])).toMatchObject([{ score: 0.5 }]);
    },
  );

  test.each([
    [{ status: 500, body: 'no secret-key-123 here' }, 'http-status', /500: no/],
    [{ status: 401 }, 'http-status', /401/],
    [{ status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'http-status', /302/],
    [{ status: 200, body: 'not json' }, 'malformed', /no JSON: not json/],
    [{ status: 200, body: '{"scores": [1, 1]}' }, 'malformed', /2 scores for 1/],
    [{ status: 200, body: '{"score": 1}' }, 'malformed', /without a list/],
    [{ status: 200, body: '{"scores": [{"error": "too long"}]}' }, 'threw', /too long/],
  ] as const)('that answers %j is named so', async (plan, kind, said) => {
    await using subject = await open('/length', {}, { [GRADER_KEY_VARIABLE]: 'secret-key-123' });
    server.planned.push(plan);
    const graded = await subject.grade([callOf('a')]);
    expect(graded).toMatchObject([{ fault: { kind, message: expect.stringMatching(said) } }]);
    expect(JSON.stringify(graded)).not.toContain('secret-key-123');
  });

  test('that is not there is not asked once for each batch', async () => {
    await using subject = await open('/length', {}, {}, 'http://127.0.0.1:9');
    const graded = await subject.grade(Array.from({ length: 2_000 }, () => callOf('a')));
    expect(new Set(graded.map((one) => one.kind === 'fault' && one.fault.kind))).toEqual(new Set(['unreachable']));
  });

  test('is recorded without password and token', async () => {
    await using subject = await openHttp(
      'http://me:hidden@h.example/score?token=hidden#hidden',
      DEFAULT_SUBJECT_OPTIONS,
      setOf([]),
      {
        cwd: '/',
        openModel: () => Promise.reject(new Error('no model here')),
        keys: {},
        clock: systemClock,
        dice: rng('http'),
        onWarning: () => undefined,
      },
    );
    expect(subject.record).toMatchObject({ spec: 'http://h.example/score', kind: 'http' });
    expect(JSON.stringify(subject.record)).not.toContain('hidden');
  });
});
