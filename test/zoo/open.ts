/** Opens an entry as the command line would, with scripts where a model or a server would be. */
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { type ExampleSet, loadExamples } from '../../src/audit/example.ts';
import { instructionSubject, ordinaryRequests } from '../../src/audit/instruction.ts';
import { type IntentJudge, subjectIntent } from '../../src/audit/intent.ts';
import { DEFAULT_SUBJECT_OPTIONS, type Subject } from '../../src/audit/subject.ts';
import { openSubject } from '../../src/audit/subjects/index.ts';
import { systemClock } from '../../src/base/clock.ts';
import { rng } from '../../src/base/rng.ts';
import { type Model, NO_USAGE } from '../../src/policy/policy.ts';
import type { FakeEndpoint, FakeModel, HttpItem, ZooEntry } from './entry.ts';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

const modelOf = (spec: string, reply: FakeModel): Model => ({
  spec,
  version: spec,
  dialects: ['native'],
  maxConcurrency: 8,
  repeatable: true,
  policyFor: () => ({
    complete: async ({ messages }) => {
      const prompt = messages.flatMap((message) => ('text' in message ? [message.text] : [])).join('\n\n');
      return { parts: [{ kind: 'text', text: reply(prompt) }], stop: 'end', usage: NO_USAGE, tokens: null, echo: null };
    },
  }),
  [Symbol.asyncDispose]: async () => {},
});

interface Served extends AsyncDisposable {
  readonly url: string;
}

const isItem = (value: unknown): value is HttpItem => typeof value === 'object' && value !== null && 'answer' in value;
const itemsIn = (text: string): readonly HttpItem[] => {
  const body: unknown = JSON.parse(text);
  const items: unknown = typeof body === 'object' && body !== null && 'items' in body ? body.items : [];
  return Array.isArray(items) ? items.filter(isItem) : [];
};

const serve = async (endpoint: FakeEndpoint): Promise<Served> => {
  const server = createServer((request, response) => {
    const parts: Uint8Array[] = [];
    request.on('data', (part: Uint8Array) => parts.push(part));
    request.on('end', () => {
      const scores = itemsIn(Buffer.concat(parts).toString('utf8')).map(endpoint);
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ scores }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};

export interface Opened extends AsyncDisposable {
  readonly subject: Subject;
  readonly examples: ExampleSet;
  readonly intent: IntentJudge | null;
  readonly warnings: readonly string[];
}

export const openEntry = async (entry: ZooEntry, workers = 1): Promise<Opened> => {
  const { examples: source, endpoint, model, instruction } = entry;
  const examples =
    instruction === null
      ? await loadExamples({ path: null, rows: source.rows, fields: {}, task: source.task }, FOLDER)
      : ordinaryRequests();
  const warnings: string[] = [];
  const needed = (spec: string): Model => {
    if (model === null) throw new Error(`${entry.id} has no model, and ${spec} was asked for`);
    return modelOf(spec, model);
  };
  const open = async (spec: string): Promise<Subject> =>
    await openSubject(spec, { ...DEFAULT_SUBJECT_OPTIONS, ...entry.options }, examples, {
      cwd: FOLDER,
      openModel: async (named) => needed(named),
      keys: {},
      clock: systemClock,
      dice: rng(entry.id),
      workers,
      onWarning: (message) => warnings.push(message),
    });
  const served = endpoint === null ? null : await serve(endpoint);
  try {
    const opened = await open(served?.url ?? entry.spec);
    const { subject, intent } =
      instruction === null
        ? { subject: opened, intent: null }
        : instructionSubject({
            instruction: instruction.text,
            model: needed(`zoo:${entry.id}`),
            checker: opened,
            intent: subjectIntent(await open(instruction.intent)),
            maxOutputTokens: 512,
            temperature: 0,
          });
    return {
      subject,
      intent,
      examples,
      warnings,
      [Symbol.asyncDispose]: async () => {
        await subject[Symbol.asyncDispose]();
        await intent?.[Symbol.asyncDispose]();
        await served?.[Symbol.asyncDispose]();
      },
    };
  } catch (thrown) {
    await served?.[Symbol.asyncDispose]();
    throw thrown;
  }
};
