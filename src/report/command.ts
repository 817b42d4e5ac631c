import type { EvalPlan } from '../record/run.ts';

/** One argument as a POSIX shell reads it back. */
const quote = (text: string): string =>
  /^[\w@%+=:,./-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

const evalCommand = (plan: EvalPlan, environments: readonly string[], n: number): string => {
  const flags: readonly (readonly [string, string | number | null])[] = [
    ['--model', plan.model],
    ['--env', environments.join(',')],
    ['--n', n],
    ['--seed', plan.seed],
    ['--split', plan.split],
    ['--register', plan.register],
    ['--prompts', plan.promptSet],
    ['--dialect', plan.dialect],
    ['--sandbox', plan.sandbox ?? null],
    ['--temperature', plan.temperature],
    ['--max-cost', plan.maxUsd],
    ['--max-tokens', plan.maxOutputTokens],
    ['--price', plan.price === null ? null : `${plan.price.input},${plan.price.output}`],
  ];
  const given = flags.flatMap(([flag, value]) => (value === null ? [] : [flag, quote(String(value))]));
  return ['npx subterfuge eval', ...given].join(' ');
};

/** A round, an evaluation and forced prefixes of a training run name their streams below its seed (train/phases.ts). */
const trainCommand = (plan: EvalPlan): string => {
  const [, seed = 'SEED'] = /^(.*)\/(?:evaluation|round\/[^/]+|prefix\/[^/]+)$/su.exec(plan.seed) ?? [];
  return `npx subterfuge train --recipe DIR/training.json --seed ${quote(seed)} # DIR: the training run that this is a part of`;
};

/**
 * The command that asks the same again; several, one behind the other, where environments are played differently often: what is
 * played in one does not depend on the others.
 */
export const repeatCommand = (plan: EvalPlan): string => {
  if (plan.model.startsWith('train:')) return trainCommand(plan);
  const { counts = {}, n, environments, repeats = 1 } = plan;
  const commands = [...Map.groupBy(environments, (name) => counts[name] ?? n)].map(([times, names]) =>
    evalCommand(plan, names, times),
  );
  const noFlag = repeats === 1 ? '' : ` # and each task ${repeats} times, which is asked for from code alone (repeats)`;
  return `${commands.join(' && ')}${noFlag}`;
};
