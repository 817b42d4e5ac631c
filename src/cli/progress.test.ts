import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { manualClock } from '../base/clock.ts';
import { type Model, NO_USAGE, PolicyFault } from '../policy/policy.ts';
import type { Usage } from '../record/rollout.ts';
import type { Io } from './io.ts';
import { meterFrom } from './meter.ts';
import { watchProgress } from './progress.ts';

const REQUEST = {
  dialect: 'native',
  messages: [],
  offersBash: false,
  stop: [],
  maxOutputTokens: 1,
  temperature: 0,
  seed: 0,
} as const;

const using = (usage: Partial<Usage>, fails = false): Model => ({
  spec: 'test:m',
  version: '1',
  dialects: ['native'],
  maxConcurrency: 1,
  policyFor: () => ({
    complete: async () => {
      const used = { ...NO_USAGE, ...usage };
      if (fails)
        throw new PolicyFault({ side: 'provider', code: 'half-response', message: 'cut' }, 'request', null, used);
      return { parts: [], stop: 'end', usage: used, tokens: null, echo: null };
    },
  }),
  [Symbol.asyncDispose]: async () => undefined,
});

const ask = async (model: Model): Promise<void> => {
  await model
    .policyFor({} as Parameters<Model['policyFor']>[0], 'x')
    .complete(REQUEST, new AbortController().signal)
    .catch((thrown: unknown) => {
      if (!(thrown instanceof PolicyFault)) throw thrown;
    });
};

const watched = (quiet: boolean) => {
  const clock = manualClock();
  const errStream = new PassThrough();
  const io: Io = {
    ...{ out: () => undefined, err: () => undefined, errStream, errIsTerminal: false, columns: 100, colour: false },
    ...{ env: {}, cwd: '/', clock },
  };
  const meter = meterFrom(0.5);
  const watch = watchProgress(io, {
    planned: new Map([['sums', 4]]),
    done: new Map([['sums', 1]]),
    concurrency: { active: 2 },
    maxUsd: 3,
    meter,
    quiet,
  });
  const written = (): readonly string[] =>
    String(errStream.read() ?? '')
      .split('\n')
      .filter((text) => text !== '');
  return { clock, meter, watch, written };
};

test('the line counts whoever is paid: the model, its judge, and calls that were lost', async () => {
  const { clock, meter, watch, written } = watched(false);
  await ask(meter.count(using({ inputTokens: 100, outputTokens: 10, usd: 0.25 })));
  watch.onDone('sums');
  await ask(meter.count(using({ inputTokens: 1_000, outputTokens: 2, usd: 1 })));
  await ask(meter.count(using({ usd: 0.25 }, true)));
  await clock.advance(10_000);
  watch.onDone('sums');
  watch[Symbol.dispose]();
  expect(written().at(-1)).toBe(
    '3/4 rollouts · 12.0/min · 5s left · 2 at once · 1.10k tokens in, 12 out · $2.00 of $3.00',
  );
});

test('one call without a price, and what all cost is not known; quiet says nothing', async () => {
  const loud = watched(false);
  await ask(loud.meter.count(using({ usd: null })));
  loud.watch[Symbol.dispose]();
  expect(loud.written().at(-1)).toContain('cost unknown');
  const silent = watched(true);
  silent.watch.onDone('sums');
  silent.watch[Symbol.dispose]();
  expect(silent.written()).toEqual([]);
});
