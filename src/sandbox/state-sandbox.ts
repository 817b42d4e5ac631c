/** A sandbox whose files lie with the host, as a state: each command leads to the next one, and a fork is the state itself. */
import type { FileState } from '../record/file.ts';
import type { Sandbox, SandboxLimits, SandboxSession, SandboxSpec } from './sandbox.ts';
import { changesBetween, type GuestState, stateOf } from './state.ts';
import { type Step, type Transition, unusable } from './transition.ts';

export interface Origin {
  readonly spec: SandboxSpec;
  readonly limits: SandboxLimits;
  readonly opening: GuestState;
}

export type Transit = (limits: SandboxLimits, state: GuestState, step: Step) => Promise<Transition>;

export const stateSandbox = (transit: Transit, origin: Origin, from = origin.opening, fromStep = 0): Sandbox => {
  let state = from;
  let step = fromStep;
  let destroyed = false;
  const ended = new AbortController();
  // Commands of one session run one after another, as in a shell.
  let last: Promise<unknown> = Promise.resolve();
  const exec: SandboxSession['exec'] = (command, given = {}) => {
    const turn = last.then(async () => {
      if (destroyed) return unusable(state, 'the sandbox was destroyed');
      step += 1;
      const commandMs = Math.min(given.timeoutMs ?? origin.limits.commandMs, origin.limits.commandMs);
      const signal = given.signal === undefined ? ended.signal : AbortSignal.any([ended.signal, given.signal]);
      const seed = `${origin.spec.seed}/${step}`;
      const transition = await transit(origin.limits, state, { command, commandMs, seed, signal });
      if (destroyed) return unusable(state, 'the sandbox was destroyed while the command ran');
      state = transition.next;
      return transition.result;
    });
    last = turn.catch(() => undefined);
    return turn;
  };
  return {
    session: { exec },
    files: async () => {
      const out = new Map<string, FileState>();
      for (const [path, one] of state.items) out.set(path, stateOf(one));
      return out;
    },
    diff: async () => changesBetween(origin.opening.items, state.items),
    fork: async () => stateSandbox(transit, origin, state, step),
    [Symbol.asyncDispose]: async () => {
      destroyed = true;
      ended.abort();
      await last;
    },
  };
};
