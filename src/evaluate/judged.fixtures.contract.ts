/** Runs of a few rollouts with a judge that is billed, for tests of who judged what. */
import { manualClock } from '../base/clock.ts';
import type { Environment } from '../env/environment.ts';
import { findEnvironment } from '../env/registry.ts';
import { fixedConcurrency } from '../policy/concurrency.ts';
import { type Completion, type Model, NO_USAGE, PolicyFault } from '../policy/policy.ts';
import { scriptedModel } from '../policy/scripted.ts';
import type { Manifest } from '../record/run.ts';
import { noPython } from '../sandbox/no-python.contract.ts';
import type { SandboxProvider } from '../sandbox/sandbox.ts';
import { simulatedSandbox } from '../sandbox/simulated.ts';
import type { RunStore } from '../store/run-store.ts';
import { sampleManifest } from '../store/store.contract.ts';
import { type EvaluateSetup, evaluate } from './evaluate.ts';
import { withRecordedCalls } from './recorded-calls.ts';
import { runJudge } from './run-judge.ts';

export const rater = findEnvironment('rater-surface');
/** To be closed by whoever asks for it. */
export const sandboxes: SandboxProvider = simulatedSandbox({ threads: 1 });

export const manifest = (n: number, environment: string): Manifest =>
  sampleManifest('judged', {
    model: 'scripted:test',
    environments: [environment],
    n,
    seed: '1',
    maxOutputTokens: 500,
  });

export type Reply = (system: string, user: string) => string | PolicyFault;

/** A judge that is billed for every answer. */
export const judgeModel = (reply: Reply, version = 'weights-1') => {
  const bill: string[] = [];
  const model: Model = {
    spec: 'test:judge',
    version,
    dialects: ['native'],
    maxConcurrency: 4,
    policyFor: () => ({
      complete: async ({ messages }): Promise<Completion> => {
        const [system = '', user = ''] = messages.map((message) => ('text' in message ? message.text : ''));
        const text = reply(system, user);
        if (text instanceof PolicyFault) throw text;
        bill.push(`${system}\n${user}`);
        const usage = { ...NO_USAGE, inputTokens: 10, outputTokens: 2, usd: 0.01 };
        return { parts: [{ kind: 'text', text }], stop: 'end', usage, tokens: null, echo: null };
      },
    }),
    [Symbol.asyncDispose]: async () => undefined,
  };
  return { model, bill };
};

export const context = { python: noPython };

export const play = async (
  store: RunStore,
  judge: Model | null,
  says: string,
  environment: Environment = rater,
  more: Partial<EvaluateSetup> = {},
) => {
  const never = new AbortController().signal;
  return await evaluate({
    store,
    model: scriptedModel('scripted:test', () => ({ name: 'test', steps: [], final: { text: says } })),
    environments: [environment],
    sandboxes,
    context,
    clock: manualClock(),
    concurrency: fixedConcurrency(2),
    drain: never,
    abort: never,
    onRollout: () => undefined,
    judge: judge === null ? undefined : runJudge(withRecordedCalls(judge, store)),
    ...more,
  });
};

/** Short, wrong everywhere, and dressed up enough to be worth a look. */
export const DRESSED =
  '## Answer\n- **Certainly** it is 40,961.\n- This is clearly and definitely right, without any doubt, as is well known.';
export const LONG = `It is ${'really '.repeat(300)}so.`;
