import { expect, test } from 'vitest';
import { manualClock } from '../base/clock.ts';
import { rng } from '../base/rng.ts';
import { type Completion, type CompletionRequest, type Model, NO_USAGE, PolicyFault } from '../policy/policy.ts';
import type { CompletionStop, Rollout } from '../record/rollout.ts';
import { rolloutRecord } from '../record/rollout.ts';
import { makeTask, type Task, type TaskBody } from '../record/task.ts';
import type { SandboxProvider } from '../sandbox/sandbox.ts';
import { simulatedSandbox } from '../sandbox/simulated.ts';
import { DIALECTS } from './dialects/index.ts';
import { runEpisode } from './episode.ts';

const body: TaskBody = {
  environment: 'test',
  split: 'test',
  variant: 0,
  register: 'realistic',
  promptSet: 'main',
  group: null,
  messages: [
    { role: 'system', text: 'Preamble.' },
    { role: 'user', text: 'Do it.' },
  ],
  files: [{ path: '/root/a.txt', text: 'one\n', mode: 0o644 }],
  cwd: '/root',
  tools: ['bash'],
  limits: { turns: 4, tokens: 1_000, seconds: 60, bytes: 10_000, usd: 1 },
  host: {},
};
const task = makeTask(body);

/** A policy that says the given texts one after the other, and remembers what it was asked. */
const says = (...texts: readonly (string | Error | { text: string; stop: CompletionStop; tokens?: number })[]) => {
  const asked: CompletionRequest[] = [];
  const model: Model = {
    spec: 'test:says',
    version: '1',
    dialects: ['tags'],
    maxConcurrency: 1,
    policyFor: () => ({
      complete: async (request): Promise<Completion> => {
        const next = texts[asked.length];
        asked.push(request);
        if (next instanceof Error) throw next;
        const { text, stop, tokens = 1 } = typeof next === 'object' ? next : { text: next ?? '', stop: 'end' as const };
        const usage = { ...NO_USAGE, outputTokens: tokens, usd: 0.25 };
        return { parts: [{ kind: 'text', text }], stop, usage, tokens: null, echo: null };
      },
    }),
    [Symbol.asyncDispose]: async () => undefined,
  };
  return { model, asked };
};

const run = async (
  model: Model,
  given: Task = task,
  sandboxes: SandboxProvider = simulatedSandbox(),
): Promise<Rollout> => {
  await using provider = sandboxes;
  const rollout = await runEpisode({
    id: 'test/000000',
    task: given,
    model,
    dialect: DIALECTS.tags,
    sandboxes: provider,
    rng: rng('seed'),
    seed: 'seed',
    clock: manualClock(Date.UTC(2026, 0, 1)),
    temperature: 1,
    maxOutputTokens: 500,
  });
  expect(rolloutRecord.read(JSON.parse(JSON.stringify(rollout)))).toEqual(rollout);
  return rollout;
};

const withLimits = (limits: Partial<TaskBody['limits']>): Task =>
  makeTask({ ...body, limits: { ...body.limits, ...limits } });

test('commands run, results come back, and the final message ends it', async () => {
  const { model, asked } = says('<cot>look</cot><bash>cat a.txt</bash>', '<bash>echo two >> a.txt', 'It says one.');
  const rollout = await run(model);
  expect(rollout.stop).toBe('finished');
  expect(rollout.turns.map((turn) => turn.results.map((result) => result.stdout))).toEqual([['one\n'], [''], []]);
  expect(rollout.changes.map((change) => change.path)).toEqual(['/root/a.txt']);
  expect(rollout.turns[1]?.results[0]?.changes[0]?.after?.content?.data).toBe('one\ntwo\n');
  expect(asked[1]?.messages.at(-1)).toEqual({ role: 'user', text: '<stdout>one\n</stdout>' });
  expect(rollout.usage).toEqual({ ...NO_USAGE, outputTokens: 3, usd: 0.75 });
});

test('the dialect adds how to call tools to the system message, and nothing else is added', async () => {
  const { model, asked } = says('Done.');
  await run(model);
  const [system, user] = asked[0]?.messages ?? [];
  expect(system?.role === 'system' && system.text).toMatch(/^Preamble\.\n\n.*<bash>/s);
  expect(user).toEqual({ role: 'user', text: 'Do it.' });
});

test.each<[string, Task, ReturnType<typeof says>, string]>([
  ['turns', withLimits({ turns: 2 }), says('<bash>ls', '<bash>ls', '<bash>ls'), 'turn-limit'],
  ['output tokens', withLimits({ tokens: 5 }), says({ text: '<bash>ls', stop: 'end', tokens: 6 }), 'token-limit'],
  ['money', withLimits({ usd: 0.3 }), says('<bash>ls', '<bash>ls'), 'cost-limit'],
  ['bytes of output', withLimits({ bytes: 3 }), says('<bash>cat a.txt', 'Done.'), 'byte-limit'],
])('a limit on %s ends the episode with what was done', async (_name, given, { model }, stop) => {
  expect((await run(model, given)).stop).toBe(stop);
});

test('a final message that was cut off is not a finished one', async () => {
  const { model } = says({ text: 'I think that', stop: 'length' });
  expect((await run(model)).stop).toBe('token-limit');
});

test('a call that cannot be read is answered, and the policy may go on', async () => {
  const { model, asked } = says({ text: '<bash>rm -rf', stop: 'length' }, 'Never mind.');
  const rollout = await run(model);
  expect(rollout.stop).toBe('finished');
  expect(rollout.turns[0]?.results).toEqual([]);
  expect(asked[1]?.messages.at(-1)).toEqual({
    role: 'user',
    text: '<stderr>not run: the command was cut off before its end</stderr>',
  });
});

test('a call in a task without tools is a mistake that the policy is told about', async () => {
  const { model } = says('<bash>ls</bash>', 'Oh.');
  const rollout = await run(model, makeTask({ ...body, tools: [], files: [] }));
  expect(rollout.turns[0]?.parts).toEqual([
    { kind: 'malformed', id: 'call-0', text: 'ls', problem: 'there are no tools in this task' },
  ]);
  expect(rollout.stop).toBe('finished');
});

test('a fault of one request is recorded, with what was done before it', async () => {
  const fault = { side: 'provider', code: 'rate-limited', message: 'too many' } as const;
  const { model } = says('<bash>rm a.txt', new PolicyFault(fault, 'request'));
  const rollout = await run(model);
  expect([rollout.stop, rollout.faults, rollout.turns.length]).toEqual(['fault', [fault], 1]);
  expect(rollout.changes.map((change) => [change.path, change.after])).toEqual([['/root/a.txt', null]]);
});

test('a transcript that outgrew the context is the outcome of the policy, and is scored', async () => {
  const fault = { side: 'policy', code: 'context-full', message: 'too long' } as const;
  const rollout = await run(says('<bash>cat a.txt', new PolicyFault(fault, 'request')).model);
  expect([rollout.stop, rollout.faults]).toEqual(['token-limit', [fault]]);
});

test('a fault of the whole model leaves the episode, since no other request could work', async () => {
  const fault = new PolicyFault({ side: 'provider', code: 'bad-key', message: 'no' }, 'model');
  await expect(run(says(fault).model)).rejects.toBe(fault);
});

test('a shell that dies is the outcome of the policy, and the episode goes on in a new one', async () => {
  const { model } = says('<bash>echo x > b.txt; kill -9 $$', '<bash>cat b.txt; pwd', 'Done.');
  const rollout = await run(model);
  expect(rollout.stop).toBe('finished');
  expect(rollout.faults).toEqual([]);
});
