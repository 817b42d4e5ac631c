import { inputError } from '../base/errors.ts';
import type { Price } from '../policy/price.ts';

const bad = (option: string, given: string, allowed: string): Error =>
  inputError({ code: 'bad-option', what: `--${option} is not usable.`, given, allowed });

/** A whole number of at least 1. */
export const wholeNumber =
  (option: string) =>
  (given: string): number => {
    const value = Number(given);
    if (!Number.isSafeInteger(value) || value < 1) throw bad(option, given, 'a whole number of at least 1');
    return value;
  };

export const positiveNumber =
  (option: string, least: number = Number.MIN_VALUE) =>
  (given: string): number => {
    const value = Number(given);
    if (given.trim() === '' || !Number.isFinite(value) || value < least) {
      throw bad(option, given, least > 0 ? 'a number above 0' : `a number of at least ${least}`);
    }
    return value;
  };

/** One of a closed set, listed in the error. */
export const oneOf =
  <T extends string>(option: string, allowed: readonly T[]) =>
  (given: string): T => {
    const found = allowed.find((value) => value === given);
    if (found === undefined) throw bad(option, given, allowed.join(', '));
    return found;
  };

/** `a,b,c`, without empty names. */
export const names = (given: string): string[] =>
  given
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

export const concurrency = (given: string): number | 'auto' =>
  given === 'auto' ? 'auto' : wholeNumber('concurrency')(given);

/** `IN,OUT` in USD per million tokens. */
export const price = (given: string): Price => {
  const [input, output, ...rest] = given.split(',').map((field) => (field.trim() === '' ? Number.NaN : Number(field)));
  const usable = (value: number | undefined): value is number =>
    value !== undefined && Number.isFinite(value) && value >= 0;
  if (!usable(input) || !usable(output) || rest.length > 0) {
    throw bad('price', given, 'two numbers, USD per million input and output tokens, e.g. 0.5,1.5');
  }
  return { input, output };
};
