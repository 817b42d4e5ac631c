import { inputError } from '../base/errors.ts';

/** Refusals shared by every estimator: all throw `inputError` (exit code 2) and return nothing. */

/** A whole number of at least `least` that arithmetic still holds exactly. */
export const requireCount = (name: string, value: number, least = 0): void => {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw inputError({
    code: 'bad-count',
    what: `${name} is not a count`,
    given: String(value),
    allowed: `a whole number from ${least} to ${Number.MAX_SAFE_INTEGER}`,
    todo: `count ${name} in whole observations`,
  });
};

/** `events` of `trials`: counts with 0 <= events <= trials and at least one trial. */
export const requireProportion = (events: number, trials: number): void => {
  requireCount('trials', trials, 1);
  requireCount('events', events);
  if (events <= trials) return;
  throw inputError({
    code: 'more-events-than-trials',
    what: 'there are more events than trials',
    given: `${events} of ${trials}`,
    allowed: `0 to ${trials} events`,
    todo: 'pass the events first and the trials second, both counted over the same observations',
  });
};

/** A probability in [0, 1]. */
export const requireProbability = (name: string, value: number): void => {
  if (value >= 0 && value <= 1) return;
  throw inputError({
    code: 'bad-probability',
    what: `${name} is not a probability`,
    given: String(value),
    allowed: 'a number from 0 to 1',
    todo: `give ${name} as a share, not in per cent`,
  });
};

/** A probability strictly between 0 and 1: a confidence level, a power, a significance level. */
export const requireOpenProbability = (name: string, value: number): void => {
  if (value > 0 && value < 1) return;
  throw inputError({
    code: 'bad-probability',
    what: `${name} is not strictly between 0 and 1`,
    given: String(value),
    allowed: 'a number above 0 and below 1',
    todo: `give ${name} as a share, such as 0.95 or 0.05`,
  });
};

/** A name that groups observations: a string that is not empty. */
export const requireName = (name: string, value: string): void => {
  if (typeof value === 'string' && value !== '') return;
  throw inputError({
    code: 'bad-name',
    what: `${name} is missing`,
    given: `"${value}"`,
    allowed: 'a string that is not empty',
    todo: `set ${name} to the id of the task or group; give every observation its own where none repeats`,
  });
};

/** The lowest and highest value a measurement can take, both finite, the lowest first. */
export type Scale = readonly [low: number, high: number];

export const requireScale = ([low, high]: Scale): void => {
  if (Number.isFinite(low) && Number.isFinite(high) && low < high) return;
  throw inputError({
    code: 'bad-scale',
    what: 'the scale is not a finite range',
    given: `[${low}, ${high}]`,
    allowed: 'two finite numbers, the lower first',
    todo: 'give the lowest and the highest value that the measurement can take (a limit bounds a count)',
  });
};

/** A finite value on `scale`. */
export const requireOnScale = (value: number, [low, high]: Scale): void => {
  if (value >= low && value <= high) return;
  throw inputError({
    code: 'off-scale',
    what: 'a value lies outside its scale',
    given: String(value),
    allowed: `a number from ${low} to ${high}, or null where it could not be scored`,
    todo: 'pass the scale that the values are on, or null for an observation without a score',
  });
};
