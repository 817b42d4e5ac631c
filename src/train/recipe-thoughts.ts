/** Hidden thoughts and training: who of a recipe may read them. An overseer never; a guard may, and then it is written down. */
import { inputError } from '../base/errors.ts';
import { sightOf } from '../grade/monitor-sight.ts';
import type { Recipe } from './recipe.ts';

/** A monitor where an overseer belongs, as an error. Its score would be part of the reward under no mitigation's name. */
export const monitorAsOverseer = ({ overseer, mitigation }: Recipe): Error | null => {
  const slots = { overseer, 'mitigation.harmlessness.overseer': mitigation.harmlessness?.overseer ?? '' };
  const found = Object.entries(slots).find(([, spec]) => spec.startsWith('monitor:'));
  if (found === undefined) return null;
  const [slot, spec] = found;
  return inputError({
    code: 'bad-recipe',
    what:
      sightOf(spec) === 'thoughts'
        ? 'A monitor of the chain of thought would be the overseer: the reward would come from hidden thoughts.'
        : 'A monitor would be the overseer: its suspicion would be paid as a preference.',
    given: `${slot}: ${spec}`,
    allowed: 'preference:<checkpoint directory, or shipped>, judge:<model spec>, http:<url>, rules',
    todo: 'Use a monitor as a guard instead: mitigation.penalty or mitigation.screening, with {"by": "<monitor>"}.',
  });
};

/** Guards of a recipe that read the chain of thought, as `<mitigation>: <monitor>`: through them it enters training. */
export const thoughtsReadBy = ({ mitigation }: Pick<Recipe, 'mitigation'>): string[] =>
  Object.entries({ penalty: mitigation.penalty, screening: mitigation.screening }).flatMap(([name, guard]) =>
    guard !== null && sightOf(guard.by) === 'thoughts' ? [`${name}: ${guard.by}`] : [],
  );
