import { ruleText } from '../evaluate/until.ts';
import { type EvalPlan, isImported } from '../record/run.ts';

/** One argument as a POSIX shell reads it back. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

const priceText = (price: EvalPlan['price']): string | null =>
  price === null ? null : `${price.input},${price.output}`;

const evalCommand = (plan: EvalPlan, environments: readonly string[], n: number): string => {
  const flags: readonly (readonly [string, string | number | null])[] = [
    ['--model', plan.model],
    ['--env', environments.join(',')],
    ['--n', n],
    ['--repeat', plan.repeats ?? null],
    ['--attempts', plan.attempts?.times ?? null],
    ['--feedback', plan.attempts?.feedback ?? null],
    ['--cot-prefix', plan.cotPrefix?.name ?? null],
    ...(plan.until ?? []).map((rule) => ['--until', ruleText(rule)] as const),
    ['--seed', plan.seed],
    ['--split', plan.split],
    ['--register', plan.register],
    ['--prompts', plan.promptSet],
    ['--dialect', plan.dialect],
    ['--sandbox', plan.sandbox ?? null],
    ['--temperature', plan.temperature ?? 'none'],
    ['--max-cost', plan.maxUsd],
    ['--max-tokens-total', plan.maxTokensTotal ?? null],
    ['--sibling', plan.sibling?.run ?? null],
    ['--judge', plan.judge?.model ?? null],
    ['--judge-price', priceText(plan.judge?.price ?? null)],
    ['--max-tokens', plan.maxOutputTokens],
    ['--context', plan.context ?? null],
    ['--chat-template', plan.chatTemplate?.name ?? null],
    ['--price', priceText(plan.price)],
  ];
  const given = flags.flatMap(([flag, value]) => (value === null ? [] : [flag, shellWord(String(value))]));
  return ['npx subterfuge eval', ...given, ...(plan.noCot === true ? ['--no-cot'] : [])].join(' ');
};

/** A round, an evaluation and forced prefixes of a training run name their streams below its seed (train/phases.ts). */
const trainCommand = (plan: EvalPlan): string => {
  const [, seed = 'SEED'] = /^(.*)\/(?:evaluation|round\/[^/]+|prefix\/[^/]+)$/su.exec(plan.seed) ?? [];
  return `npx subterfuge train --recipe DIR/training.json --seed ${shellWord(seed)} # DIR: the training run that this is a part of`;
};

/**
 * The command that asks the same again; several, one behind the other, where environments are played differently often: what is
 * played in one does not depend on the others.
 */
export const repeatCommand = (plan: EvalPlan): string => {
  const { environments } = plan;
  if (isImported(plan)) {
    const named = environments.map((name) =>
      name.startsWith('imported:') ? `--as ${name.slice(9)}` : `--env ${shellWord(name)}`,
    );
    return ['npx subterfuge import FILES', ...named].join(' ');
  }
  if (plan.model.startsWith('train:')) return trainCommand(plan);
  const { counts = {}, n } = plan;
  const commands = [...Map.groupBy(environments, (name) => counts[name] ?? n)].map(([times, names]) =>
    evalCommand(plan, names, times),
  );
  return commands.join(' && ');
};
