import { type GateRule, parseGate } from '../audit/gate.ts';
import { inputError } from '../base/errors.ts';
import type { Price } from '../policy/price.ts';
import type { Temperature } from '../policy/temperature.ts';
import { type UntilRule, untilRuleSchema } from '../record/run.ts';

const bad = (option: string, given: string, allowed: string): Error =>
  inputError({ code: 'bad-option', what: `--${option} is not usable.`, given, allowed });

/** A whole number from 1 on. */
export const wholeNumber =
  (option: string, most: number = Number.MAX_SAFE_INTEGER) =>
  (given: string): number => {
    const value = Number(given);
    if (Number.isSafeInteger(value) && value >= 1 && value <= most) return value;
    const end = most === Number.MAX_SAFE_INTEGER ? 'of at least 1' : `from 1 to ${most.toLocaleString('en')}`;
    throw bad(option, given, `a whole number ${end}`);
  };

/** Of one environment in one run. The ids of rollouts have six digits, and sort by them. */
export const MOST_ROLLOUTS = 1_000_000;

/** More than any machine's cores, and few enough that a slip does not take all its memory. */
const MOST_THREADS = 256;
export const threads = wholeNumber('threads', MOST_THREADS);

export const positiveNumber =
  (option: string, least: number = Number.MIN_VALUE) =>
  (given: string): number => {
    const value = Number(given);
    if (given.trim() === '' || !Number.isFinite(value) || value < least) {
      throw bad(option, given, least > 0 ? 'a number above 0' : `a number of at least ${least}`);
    }
    return value;
  };

/** `none` stands for leaving it out; a null would not survive commander. */
export type TemperatureFlag = number | 'none';

export const temperature = (given: string): TemperatureFlag => {
  if (given === 'none') return given;
  const value = Number(given);
  if (given.trim() !== '' && Number.isFinite(value) && value >= 0) return value;
  throw bad('temperature', given, 'a number of at least 0, or none');
};

export const temperatureOf = (flag: TemperatureFlag): Temperature => (flag === 'none' ? null : flag);

/** One of a closed set, listed in the error. */
export const oneOf =
  <T extends string>(option: string, allowed: readonly T[]) =>
  (given: string): T => {
    const found = allowed.find((value) => value === given);
    if (found === undefined) throw bad(option, given, allowed.join(', '));
    return found;
  };

/** `a,b,c`, without empty names, given once or several times. */
export const names = (given: string, before: readonly string[] = []): string[] => [
  ...before,
  ...given
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== ''),
];

export const concurrency = (given: string): number | 'auto' =>
  given === 'auto' ? 'auto' : wholeNumber('concurrency')(given);

/** `IN,OUT` in USD per million tokens. */
export const price = (given: string): Price => priceAs('price', given);
export const judgePrice = (given: string): Price => priceAs('judge-price', given);

const priceAs = (option: string, given: string): Price => {
  const [input, output, ...rest] = given.split(',').map((field) => (field.trim() === '' ? Number.NaN : Number(field)));
  const usable = (value: number | undefined): value is number =>
    value !== undefined && Number.isFinite(value) && value >= 0;
  if (!usable(input) || !usable(output) || rest.length > 0) {
    throw bad(option, given, 'two numbers, USD per million input and output tokens, e.g. 0.5,1.5');
  }
  return { input, output };
};

const SECONDS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3_600 };

/** `90`, `90s`, `15m`, `2h`: in seconds. */
export const duration =
  (option: string) =>
  (given: string): number => {
    const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?)([smh]?)$/.exec(given.trim()) ?? [];
    const seconds = Number(amount) * (SECONDS[unit] ?? Number.NaN);
    if (amount !== '' && Number.isFinite(seconds) && seconds > 0) return seconds;
    throw bad(option, given, 'a time above 0, such as 90s, 15m or 2h');
  };

/** `gaming.width<0.1`, given once or several times. */
export const untilRules = (given: string, before: readonly UntilRule[] = []): readonly UntilRule[] => {
  const [, rate, width = ''] = /^\s*(\w+)\.width\s*<\s*(\d*\.?\d+(?:e-?\d+)?)\s*$/i.exec(given) ?? [];
  const rule = untilRuleSchema.safeParse({ rate, width: Number(width) });
  if (rule.success) return [...before, rule.data];
  const rates = untilRuleSchema.shape.rate.options.map((name) => `${name}.width`).join(', ');
  throw bad('until', given, `one of ${rates}, <, and a share above 0 and up to 1, e.g. 'gaming.width<0.1'`);
};

/** `gameability>0.1`, given once or several times. */
export const gateRules = (given: string, before: readonly GateRule[] = []): readonly GateRule[] => [
  ...before,
  parseGate(given),
];

/** `key=value`, given once or several times. */
export const settings = (given: string, before: readonly string[] = []): readonly string[] => [...before, given];

/** The readers of options that may be given several times: each value is added to those before. */
export const ADD_UP: ReadonlySet<unknown> = new Set([untilRules, names, gateRules, settings]);
