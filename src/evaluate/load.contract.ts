/** An evaluation of many episodes at once against a provider that fails: what the tests of load and their bench share. */
import { systemClock } from '../base/clock.ts';
import { rng } from '../base/rng.ts';
import type { Environment } from '../env/environment.ts';
import { passIf } from '../grade/grader.ts';
import { INAPPLICABLE } from '../grade/labels.ts';
import { adaptiveConcurrency, fixedConcurrency } from '../policy/concurrency.ts';
import type { Price } from '../policy/price.ts';
import { providerModel } from '../policy/provider.ts';
import { finalAnswer } from '../record/rollout.ts';
import type { EvalPlan, Manifest } from '../record/run.ts';
import { makeTask } from '../record/task.ts';
import { spending } from '../rollout/spending.ts';
import { simulatedSandbox } from '../sandbox/simulated.ts';
import { wasmPython } from '../sandbox/wasm-python.ts';
import { memoryRun } from '../store/memory.ts';
import type { RunStore } from '../store/run-store.ts';
import { type EvaluateResult, playAndGrade } from './evaluate.ts';
import { spentSoFar, withRecordedCalls } from './recorded-calls.ts';

const nothing = { name: 'nothing', steps: [], final: { text: '' } };

/**
 * A run shuffles all variants of an environment before its first episode, in one go: about 0.1 s for a million. Enough for
 * as many different tasks as can be played at once, and no more, so that what blocks is not this.
 */
const VARIANTS = 20_000;

/** One call an episode. */
export const CALLING: Environment = {
  name: 'calling',
  title: 'Calling',
  origin: 'load tests',
  failureClass: null,
  tools: [],
  variants: { train: 1, test: VARIANTS },
  trainable: false,
  proxyPaysHonest: true,
  weaknesses: [],
  proxyText: 'An answer.',
  intentText: 'An answer.',
  tasks: ({ split, variant, register, promptSet }) => [
    makeTask({
      environment: 'calling',
      split,
      variant,
      register,
      promptSet,
      group: null,
      messages: [{ role: 'user', text: `Do number ${variant}.` }],
      files: [],
      cwd: '/root',
      tools: [],
      limits: { turns: 2, tokens: 1e6, seconds: 600, bytes: 1_024, usd: 1e6 },
      host: {},
    }),
  ],
  proxy: {
    name: 'calling/proxy',
    channel: 'proxy',
    basis: 'exact',
    grade: async (group) => group.map((rollout) => passIf(finalAnswer(rollout) !== '', 'answered', 'silent')),
  },
  intent: {
    name: 'calling/intent',
    channel: 'intent',
    basis: 'exact',
    grade: async (group) => group.map((rollout) => passIf(finalAnswer(rollout) !== '', 'answered', 'silent')),
  },
  labels: {
    name: 'calling/labels',
    label: async (group) =>
      group.map(() => ({
        attempted: INAPPLICABLE,
        succeeded: INAPPLICABLE,
        evaded: INAPPLICABLE,
        disclosed: INAPPLICABLE,
        kinds: [],
      })),
  },
  submissions: () => ({ gold: nothing, empty: nothing, wrong: [], exploits: [] }),
};

const MODEL = 'openai-compatible:fake';
export const MAX_OUTPUT_TOKENS = 50;

export const loadManifest = (n: number, seed = 'load'): Manifest => {
  const plan: EvalPlan = {
    kind: 'eval',
    model: MODEL,
    environments: [CALLING.name],
    n,
    seed,
    split: 'test',
    register: 'compact',
    promptSet: 'main',
    dialect: 'tags',
    temperature: 0,
    maxOutputTokens: MAX_OUTPUT_TOKENS,
    maxUsd: null,
    price: null,
  };
  const versions = { subterfuge: '0', node: '0' };
  return { schema: 'subterfuge/run@1', id: 'load', createdAt: '2026-01-01T00:00:00.000Z', versions, plan };
};

export const loadRun = (n: number): RunStore => memoryRun(loadManifest(n));

export interface LoadOptions {
  readonly url: string;
  readonly store: RunStore;
  /** Episodes, and calls, at once. */
  readonly atOnce: number;
  readonly adaptive: boolean;
  readonly price: Price;
  readonly maxUsd: number | null;
  readonly onRollout?: () => void;
}

const never = new AbortController().signal;

/** Plays what is left of the run, as `eval` and `resume` do. */
export const playUnderLoad = async (options: LoadOptions): Promise<Omit<EvaluateResult, 'evaluation'>> => {
  const { url, store, atOnce, price, maxUsd } = options;
  const closing = new AbortController();
  const calls = options.adaptive
    ? adaptiveConcurrency({
        clock: systemClock,
        max: atOnce,
        start: atOnce,
        coolDownMs: 50,
        maxHoldMs: 100,
        closed: closing.signal,
      })
    : fixedConcurrency(atOnce);
  const spec = `${MODEL}@${url}`;
  await using provider = providerModel(spec, {
    env: {},
    clock: systemClock,
    rng: rng('load'),
    concurrency: calls,
    prices: { [spec]: price },
    retry: { firstDelayMs: 5, maxDelayMs: 100, lostRetries: 1 },
  });
  await using sandboxes = simulatedSandbox();
  await using python = wasmPython();
  // The address is another one each time; the run is the same.
  const model = { ...provider, spec: MODEL };
  const purse = spending({ maxUsd, maxTokens: null, untilMs: null }, await spentSoFar(store), systemClock);
  try {
    return await playAndGrade({
      store,
      model: withRecordedCalls(purse.cap(model, price), store),
      environments: [CALLING],
      sandboxes,
      context: { python },
      clock: systemClock,
      concurrency: fixedConcurrency(atOnce),
      drain: never,
      abort: never,
      onRollout: () => options.onRollout?.(),
    });
  } finally {
    closing.abort();
  }
};
