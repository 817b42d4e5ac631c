import { rng } from '../base/rng.ts';
import type { PromptSet, Register, Split, Task } from '../record/task.ts';
import type { Environment } from './environment.ts';

export interface StreamOptions {
  readonly split: Split;
  readonly seed: string;
  readonly register: Register;
  readonly promptSet: PromptSet;
}

/**
 * The endless deterministic stream of a family's groups (single tasks where it has no groups). Every variant comes
 * once, in an order that the seed decides, before any comes again.
 */
export function* groups(environment: Environment, options: StreamOptions): Generator<readonly Task[], never> {
  const { split, register, promptSet } = options;
  const all = Array.from({ length: environment.variants[split] }, (_, variant) => variant);
  const dice = rng(options.seed).fork(`tasks/${environment.name}/${split}`);
  for (let pass = 0; ; pass++) {
    for (const variant of dice.fork(`pass/${pass}`).shuffle(all)) {
      yield environment.tasks({ split, variant, register, promptSet });
    }
  }
}
