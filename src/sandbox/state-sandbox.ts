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
  let running = 0;
  const exec: SandboxSession['exec'] = (command, given = {}) => {
    running += 1;
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
    const settled = (): void => {
      running -= 1;
    };
    last = turn.then(settled, settled);
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
      // The reason of an abort is an error with its stack, which is dear where thousands of sandboxes close with nothing to stop.
      if (running > 0) ended.abort();
      await last;
    },
  };
};
