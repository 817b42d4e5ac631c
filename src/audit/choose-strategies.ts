import { inputError } from '../base/errors.ts';
import type { FailureClass } from '../record/audit.ts';
import type { Strategy } from './strategy.ts';

export interface StrategyChoice {
  /** By name. Null: all. */
  readonly only: readonly string[] | null;
  readonly class: FailureClass | null;
}

const MOST_SUGGESTED = 5;

const unknown = (name: string, strategies: readonly Strategy[]): Error => {
  const parts = name.split('-').filter((part) => part.length > 2);
  const alike = strategies
    .map((strategy) => strategy.name)
    .filter((known) => parts.some((part) => known.includes(part)))
    .slice(0, MOST_SUGGESTED);
  return inputError({
    code: 'unknown-strategy',
    what: 'There is no strategy of this name.',
    given: name,
    ...(alike.length === 0 ? {} : { allowed: `${alike.join(', ')}, ...` }),
    todo: 'subterfuge strategies lists them all.',
  });
};

/** The strategies that a user wants tried. Throws `unknown-strategy`, and `no-strategy` where the two wishes leave none. */
export const chooseStrategies = (strategies: readonly Strategy[], choice: StrategyChoice): readonly Strategy[] => {
  const { only } = choice;
  const missing = only?.find((name) => strategies.every((strategy) => strategy.name !== name));
  if (missing !== undefined) throw unknown(missing, strategies);
  const chosen = strategies.filter(
    (strategy) =>
      (only === null || only.includes(strategy.name)) && (choice.class === null || strategy.class === choice.class),
  );
  if (chosen.length > 0) return chosen;
  throw inputError({
    code: 'no-strategy',
    what: 'No strategy is left to try.',
    given:
      `${only === null ? '' : `--only ${only.join(',')}`} ${choice.class === null ? '' : `--class ${choice.class}`}`.trim(),
    todo: 'Leave one of the two out.',
  });
};
