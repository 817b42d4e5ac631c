import { canonicalJson } from '../base/json.ts';
import type { Comparison } from '../record/comparison.ts';
import type { EvalPlan, Manifest } from '../record/run.ts';
import { ruleText } from './until.ts';

/** A manifest with what its first rollout says of who was measured. */
export interface Asked {
  readonly manifest: Manifest;
  /** Null: no rollout yet. */
  readonly modelVersion: string | null;
}

/** Nothing that was measured depends on what it was allowed to cost. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set(['kind', 'maxUsd', 'price']);

const WORDS: Readonly<Record<string, string>> = {
  promptSet: 'prompts',
  n: 'rollouts per environment',
  counts: 'rollouts of single environments',
  repeats: 'times each task is played',
  maxOutputTokens: 'output tokens of a completion',
  attempts: 'attempts in one conversation',
  cotPrefix: 'how the chain of thought begins',
  noCot: 'chain of thought left out',
  judge: 'judge in the place of rules',
  sibling: 'whose answers are rated beside the own',
};

/** What a field that was left out means. */
const DEFAULTS: Readonly<Record<string, string>> = {
  repeats: '1',
  attempts: '1',
  sandbox: 'simulated',
  noCot: 'false',
};

const valueText = (plan: EvalPlan, key: string): string => {
  // What it costs has no effect.
  if (key === 'judge' && plan.judge !== undefined) return plan.judge.model;
  if (key === 'sibling' && plan.sibling !== undefined) return `${plan.sibling.model} (${plan.sibling.id})`;
  if (key === 'until' && plan.until !== undefined) return plan.until.map(ruleText).join(' and ');
  const value = new Map<string, unknown>(Object.entries(plan)).get(key);
  if (value === undefined) return DEFAULTS[key] ?? 'none';
  if (Array.isArray(value) && value.every((part) => typeof part === 'string')) return value.join(', ');
  return typeof value === 'string' ? value : canonicalJson(value);
};

/** What is not the same in all runs: the fields of their plans, whatever those are, then who was measured with what. */
export const whatDiffers = (runs: readonly Asked[]): Comparison['differ'] => {
  const keys = [...new Set(runs.flatMap(({ manifest }) => Object.keys(manifest.plan)))].filter(
    (key) => !WITHOUT_EFFECT.has(key),
  );
  const fields: Comparison['differ'] = [
    ...keys.map((key) => ({
      what: WORDS[key] ?? key,
      values: runs.map(({ manifest }) => valueText(manifest.plan, key)),
    })),
    { what: 'version of the model', values: runs.map(({ modelVersion }) => modelVersion ?? 'unknown') },
    { what: 'Subterfuge', values: runs.map(({ manifest }) => manifest.versions.subterfuge) },
    { what: 'Node', values: runs.map(({ manifest }) => manifest.versions.node) },
  ];
  return fields.filter(({ values }) => new Set(values).size > 1);
};
