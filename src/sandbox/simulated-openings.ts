import type { TaskFile } from '../record/task.ts';
import { openingState } from './opening.ts';
import type { SandboxLimits, SandboxSpec } from './sandbox.ts';
import type { GuestState } from './state.ts';

/** Whether nobody can change them any more, as the files of a task. */
const isFixed = (files: readonly TaskFile[]): boolean => Object.isFrozen(files) && files.every(Object.isFrozen);

/** `openingState`, made once for each list of files that cannot change: repeats and attempts open the same task again and again. */
export const keptOpenings = (): ((spec: SandboxSpec, limits: SandboxLimits) => GuestState) => {
  const kept = new WeakMap<readonly TaskFile[], { readonly rest: string; readonly state: GuestState }>();
  return (spec, limits) => {
    if (!isFixed(spec.files)) return openingState(spec, limits);
    // The seed is no part of a state.
    const rest = JSON.stringify([spec.cwd, spec.env, limits.diskBytes]);
    const known = kept.get(spec.files);
    if (known?.rest === rest) return known.state;
    const state = openingState(spec, limits);
    kept.set(spec.files, { rest, state });
    return state;
  };
};
