/** Models for judges, intents, proposers and instructions of an audit: keys from the environment, one limit on calls for all. */

import type { SubjectSources } from '../audit/open-subject.ts';
import { rng } from '../base/rng.ts';
import { visible } from '../base/terminal.ts';
import { adaptiveConcurrency } from '../policy/concurrency.ts';
import { openModel } from '../rollout/models.ts';
import type { Io } from './io.ts';
import { recordedRollouts } from './recorded.ts';

const MOST_CALLS = 64;

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
    openModel: async (spec) =>
      await openModel(spec, {
        environments: [],
        keys: env,
        clock,
        rng: rng(seed).fork('model'),
        price: null,
        sequences: 1,
        calls,
        onWarning,
        rolloutsOf: recordedRollouts,
      }),
    [Symbol.dispose]: () => closing.abort(),
  };
};
