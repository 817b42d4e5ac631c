import type { Json } from '../base/json.ts';
import type { EvalPlan } from '../record/run.ts';

/** One argument as a POSIX shell reads it back. */
const quote = (text: string): string =>
  /^[\w@%+=:,./-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** `IN,OUT` where a setting is a price, else null. */
const priceFlag = (setting: Json | undefined): string | null => {
  if (typeof setting !== 'object' || setting === null || !('input' in setting) || !('output' in setting)) return null;
  const { input, output } = setting;
  return typeof input === 'number' && typeof output === 'number' ? `${input},${output}` : null;
};

/** The command that asks the same again. A setting that no flag can give is named in a comment behind it. */
export const repeatCommand = (plan: EvalPlan): string => {
  const { price, ...others } = plan.settings;
  const priced = priceFlag(price);
  const rest = priced === null ? plan.settings : others;
  const flags: readonly (readonly [string, string | number | null])[] = [
    ['--model', plan.model],
    ['--env', plan.environments.join(',')],
    ['--n', plan.n],
    ['--seed', plan.seed],
    ['--split', plan.split],
    ['--register', plan.register],
    ['--prompts', plan.promptSet],
    ['--dialect', plan.dialect],
    ['--temperature', plan.temperature],
    ['--max-cost', plan.maxUsd],
    ['--price', priced],
  ];
  const given = flags.flatMap(([flag, value]) => (value === null ? [] : [flag, quote(String(value))]));
  const comment = Object.keys(rest).length === 0 ? [] : [`# with settings ${quote(JSON.stringify(rest))}`];
  return ['npx subterfuge eval', ...given, ...comment].join(' ');
};
