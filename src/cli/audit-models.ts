/** Models for judges, intents, proposers and instructions of an audit: keys from the environment, one limit on calls for all. */

import type { SubjectSources } from '../audit/open-subject.ts';
import { rng } from '../base/rng.ts';
import { visible } from '../base/terminal.ts';
import { adaptiveConcurrency } from '../policy/concurrency.ts';
import { isProviderSpec } from '../policy/provider-spec.ts';
import { openModel } from '../rollout/models.ts';
import type { Io } from './io.ts';
import { recordedRollouts } from './recorded.ts';

const MOST_CALLS = 64;
/** Somebody waits for an audit, and asks again if a provider is down for longer: a window of minutes is for runs of hours. */
const RETRY = { windowMs: 30_000, maxDelayMs: 10_000 } as const;

/** Disposing of it ends what a provider's "too many" holds back. */
export const auditSources = (io: Io, seed: string): SubjectSources & Disposable => {
  const closing = new AbortController();
  const { clock, env, cwd } = io;
  const onWarning = (message: string): void => io.err(`warning: ${visible(message)}\n`);
  const calls = adaptiveConcurrency({ clock, max: MOST_CALLS, closed: closing.signal });
  return {
    cwd,
    clock,
    keys: env,
    dice: rng(seed).fork('waits'),
    onWarning,
    openModel: async (spec) => {
      const dice = rng(seed).fork('model');
      if (isProviderSpec(spec)) {
        // Loading the SDKs takes longer than most audits.
        const { providerModel } = await import('../policy/provider.ts');
        return providerModel(spec, { env, clock, rng: dice, concurrency: calls, onWarning, retry: RETRY });
      }
      return await openModel(spec, {
        environments: [],
        keys: env,
        clock,
        rng: dice,
        price: null,
        sequences: 1,
        calls,
        onWarning,
        rolloutsOf: recordedRollouts,
      });
    },
    [Symbol.dispose]: () => closing.abort(),
  };
};
