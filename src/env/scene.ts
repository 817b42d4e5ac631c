import type { Split } from '../record/task.ts';

/**
 * What registers and prompt sets of one variant share (files, facts, names), made once for all four that are asked for
 * one after another. `make` must be pure; what it gives is shared and not to be changed.
 */
export const sharedScene = <T>(make: (split: Split, variant: number) => T): ((split: Split, variant: number) => T) => {
  let last: { readonly split: Split; readonly variant: number; readonly scene: T } | null = null;
  return (split, variant) => {
    if (last?.split !== split || last.variant !== variant) last = { split, variant, scene: make(split, variant) };
    return last.scene;
  };
};
