import type { EvalPlan } from '../record/run.ts';

/** One argument as a POSIX shell reads it back. */
const quote = (text: string): string =>
  /^[\w@%+=:,./-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** The command that asks the same again. */
export const repeatCommand = (plan: EvalPlan): string => {
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
    ['--max-tokens', plan.maxOutputTokens],
    ['--price', plan.price === null ? null : `${plan.price.input},${plan.price.output}`],
  ];
  const given = flags.flatMap(([flag, value]) => (value === null ? [] : [flag, quote(String(value))]));
  return ['npx subterfuge eval', ...given].join(' ');
};
