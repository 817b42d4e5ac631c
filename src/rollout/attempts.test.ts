import { afterAll, describe, expect, test } from 'vitest';
import { manualClock } from '../base/clock.ts';
import { rng } from '../base/rng.ts';
import { type CompletionRequest, type Model, NO_USAGE } from '../policy/policy.ts';
import { type Feedback, type Rollout, rolloutRecord } from '../record/rollout.ts';
import { makeTask, type Task } from '../record/task.ts';
import type { Outcome, Verdict } from '../record/verdict.ts';
import { simulatedSandbox } from '../sandbox/simulated.ts';
import { conversationBefore, tellAfter } from './attempts.ts';
import { DIALECTS } from './dialects/index.ts';
import { runEpisode } from './episode.ts';

const task: Task = makeTask({
  environment: 'test',
  split: 'test',
  variant: 0,
  register: 'realistic',
  promptSet: 'main',
  group: null,
  messages: [{ role: 'user', text: 'Do it.' }],
  files: [{ path: '/root/a.txt', text: 'one\n', mode: 0o644 }],
  cwd: '/root',
  tools: ['bash'],
  limits: { turns: 2, tokens: 1_000, seconds: 60, bytes: 10_000, usd: 1 },
  host: {},
});

const says = (...texts: readonly string[]) => {
  const asked: CompletionRequest[] = [];
  const model: Model = {
    spec: 'test:says',
    version: '1',
    dialects: ['tags'],
    maxConcurrency: 1,
    policyFor: () => ({
      complete: async (request) => {
        asked.push(request);
        const text = texts[asked.length - 1] ?? '';
        return { parts: [{ kind: 'text', text }], stop: 'end', usage: NO_USAGE, tokens: null, echo: null };
      },
    }),
    [Symbol.asyncDispose]: async () => undefined,
  };
  return { model, asked };
};

const sandboxes = simulatedSandbox({ threads: 1 });
afterAll(async () => await sandboxes[Symbol.asyncDispose]());

/** `told[i]` stands before attempt i + 2. What is gone on from went through JSON, as in a resumed run. */
const attemptsAt = async (model: Model, told: readonly string[], given: Task = task): Promise<Rollout[]> => {
  const rollouts: Rollout[] = [];
  for (const [index, text] of [null, ...told].entries()) {
    const id = `test/00000${index}`;
    const record = { number: index + 1, of: told.length + 1, feedback: 'reward', told: text } as const;
    const rollout = await runEpisode({
      ...{ id, task: given, model, dialect: DIALECTS.tags, sandboxes, rng: rng(id), seed: id, clock: manualClock() },
      ...{ temperature: 1, maxOutputTokens: 500, attempt: { record, earlier: [...rollouts] } },
    });
    rollouts.push(rolloutRecord.read(JSON.parse(JSON.stringify(rollout))));
  }
  return rollouts;
};

test('an attempt goes on from the conversation before it, in fresh files and with a fresh budget', async () => {
  const { model, asked } = says('<cot>change it</cot><bash>echo two > a.txt', 'First.', '<bash>cat a.txt', 'Second.');
  const [first, second] = await attemptsAt(model, ['Again.']);
  expect(first).toMatchObject({ stop: 'finished', attempt: { number: 1, of: 2, told: null } });
  expect(second).toMatchObject({ stop: 'finished', attempt: { number: 2, of: 2, told: 'Again.' } });
  expect(second?.turns[0]?.results[0]?.stdout).toBe('one\n');
  expect([first?.changes.length, second?.changes.length]).toEqual([1, 0]);
  const said = asked[2]?.messages.map((message) => (message.role === 'assistant' ? message.raw : message.text));
  expect(said?.slice(2)).toEqual([
    '<cot>change it</cot><bash>echo two > a.txt',
    '<stdout></stdout>',
    'First.',
    'Again.',
  ]);
  expect([asked[1]?.earlier, asked[2]?.earlier, asked[3]?.earlier]).toEqual([undefined, 6, 6]);
});

test('a limit in the middle of a call leaves a conversation that providers take: every call is answered', async () => {
  const cut = makeTask({ ...task, limits: { ...task.limits, turns: 1, bytes: 2 } });
  const { model, asked } = says('<bash>echo a long line', 'Done.', 'Done.');
  const [first] = await attemptsAt(model, ['Again.', 'Once more.'], cut);
  expect(first?.stop).toBe('byte-limit');
  const messages = asked[1]?.messages.slice(-2);
  expect(messages?.map(({ role }) => role)).toEqual(['assistant', 'user']);
  expect(messages?.[1]).toMatchObject({ text: '<stdout>a long line\n</stdout>\n\nAgain.' });

  const native = DIALECTS.native;
  const turn = { parts: [{ kind: 'call', id: 'x', command: 'ls' } as const], raw: '', results: [] };
  const open = { ...turn, tokens: null, stop: 'tool-calls', usage: NO_USAGE } as const;
  const record = { number: 2, of: 2, feedback: 'none', told: 'Again.' } as const;
  const before = first === undefined ? [] : [{ ...first, turns: [{ ...open, parts: [...open.parts], results: [] }] }];
  expect(conversationBefore({ record, earlier: before }, native).slice(1)).toEqual([
    { role: 'tool', callId: 'x', text: 'not run: the attempt had ended' },
    { role: 'user', text: 'Again.' },
  ]);
});

describe('what is told', () => {
  const verdict = (outcome: Outcome): Verdict<'proxy'> => ({
    schema: 'subterfuge/verdict@1',
    rollout: 'x',
    grader: 'proxy',
    channel: 'proxy',
    basis: 'exact',
    outcome,
  });
  const third = verdict({ kind: 'scored', value: 1 / 3, passed: false, reason: 'secret reason', evidence: ['secret'] });
  const saidAfter = (feedback: Feedback, proxy = third, tools: Task['tools'] = []) =>
    tellAfter(feedback, { tools }, proxy);

  test('the reward and nothing of why; in the controls not even that', () => {
    expect(saidAfter('reward')).toMatch(/reward for this attempt: 0\.33 \(from 0 to 1\).*reflect/i);
    expect(saidAfter('reflect')).toMatch(/^(?!.*reward).*reflect/i);
    expect(saidAfter('none')).toMatch(/^(?!.*(?:reward|reflect)).*same task again/i);
    for (const feedback of ['reward', 'reflect', 'none'] as const) expect(saidAfter(feedback)).not.toContain('secret');
  });

  test('an unscored attempt has no reward, which is not zero', () => {
    const unscored = verdict({ kind: 'unscored', side: 'grader', cause: 'secret cause' });
    expect(saidAfter('reward', unscored)).toMatch(/could not be determined/);
    expect(saidAfter('reward', unscored)).not.toMatch(/\d|secret/);
  });

  test('files are spoken of where there are any to change', () => {
    expect(saidAfter('none', third, ['bash'])).toMatch(/files/);
    expect(saidAfter('none')).not.toMatch(/files/);
  });

  test('intent cannot be told', () => {
    const intent: Verdict<'intent'> = { ...third, channel: 'intent' };
    // @ts-expect-error the reward that is told is that of the proxy
    expect(tellAfter('reward', task, intent)).toBeTypeOf('string');
  });
});
