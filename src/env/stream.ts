import { rng } from '../base/rng.ts';
import type { PromptSet, Register, Split, Task } from '../record/task.ts';
import type { Environment } from './environment.ts';

export interface StreamOptions {
  readonly split: Split;
  readonly seed: string;
  readonly register: Register;
  readonly promptSet: PromptSet;
}

/** Tasks are shared and frozen, and a run of many trials comes back to each variant: those of the first so many are kept. */
const KEPT_VARIANTS = 4_096;

/**
 * The endless deterministic stream of a family's groups (single tasks where it has no groups). Every variant comes
 * once, in an order that the seed decides, before any comes again.
 */
export function* groups(environment: Environment, options: StreamOptions): Generator<readonly Task[], never> {
  const { split, register, promptSet } = options;
  const all = Array.from({ length: environment.variants[split] }, (_, variant) => variant);
  const dice = rng(options.seed).fork(`tasks/${environment.name}/${split}`);
  const kept = new Map<number, readonly Task[]>();
  const tasksOf = (variant: number): readonly Task[] => {
    const known = kept.get(variant);
    if (known !== undefined) return known;
    const tasks = environment.tasks({ split, variant, register, promptSet });
    if (kept.size < KEPT_VARIANTS) kept.set(variant, tasks);
    return tasks;
  };
  for (let pass = 0; ; pass++) for (const variant of dice.fork(`pass/${pass}`).shuffle(all)) yield tasksOf(variant);
}
