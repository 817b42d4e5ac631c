/** Keys of a recipe that its algorithm would not look at: a run that is called after them would show nothing of them. */
import { unreachable } from '../base/errors.ts';
import { canonicalJson } from '../base/json.ts';
import type { Guard, Recipe } from './recipe.ts';

/** What stands in a recipe that says nothing of them. */
export type Defaults = Pick<Recipe, 'ppo' | 'grpo'> & Pick<Guard, 'threshold'>;

/** What would do nothing, and why. Null: everything that stands in the recipe has its effect. */
export const withoutEffect = (recipe: Recipe, defaults: Defaults): string | null => {
  const { algorithm, mitigation } = recipe;
  for (const [name, guard] of Object.entries({ penalty: mitigation.penalty, screening: mitigation.screening }))
    if (isIdleThreshold(guard, defaults)) return `mitigation.${name}.threshold: the truth has none`;
  const ppoChanged = canonicalJson(recipe.ppo) !== canonicalJson(defaults.ppo);
  const grpoChanged = canonicalJson(recipe.grpo) !== canonicalJson(defaults.grpo);
  if (ppoChanged && algorithm !== 'ppo' && algorithm !== 'ppo-parallel') return `ppo: ${algorithm} does not look at it`;
  if (grpoChanged && algorithm !== 'grpo') return `grpo: ${algorithm} does not look at it`;
  if (recipe.exploitsPerPrompt !== null && algorithm !== 'exploit-only')
    return `exploitsPerPrompt: ${algorithm} does not look at it`;
  switch (algorithm) {
    case 'exploit-only':
      // It takes whatever was paid, and ranks nothing.
      if (recipe.preferenceWeight > 0)
        return 'preferenceWeight: exploit-only ranks no samples, so it is 0 there; the score is measured all the same';
      if (mitigation.harmlessness !== null) return 'mitigation.harmlessness: exploit-only ranks no samples';
      return idleEntropy(recipe);
    case 'hhh-expert-iteration':
      return idleEntropy(recipe);
    case 'ppo':
    case 'ppo-parallel':
    case 'grpo':
      // The ratio is to the probabilities at temperature 1, which are not those that were sampled from otherwise.
      return recipe.temperature === 1 ? null : `temperature: ${algorithm} needs samples of the policy itself, so 1`;
    default:
      return unreachable(algorithm);
  }
};

const isIdleThreshold = (guard: Guard | null, { threshold }: Defaults): boolean =>
  guard?.by === 'truth' && guard.threshold !== threshold;

const idleEntropy = ({ algorithm, entropyWeight }: Recipe): string | null =>
  entropyWeight > 0 ? `entropyWeight: ${algorithm} is supervised on samples, and has no bonus for entropy` : null;
