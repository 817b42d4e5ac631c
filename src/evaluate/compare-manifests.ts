import { canonicalJson, sha256 } from '../base/json.ts';
import type { Comparison } from '../record/comparison.ts';
import type { EvalPlan, Manifest } from '../record/run.ts';
import type { JudgedBy } from './judged-labels.ts';
import { ruleText } from './until.ts';

/** A manifest with what its first rollout says of who was measured. */
export interface Asked {
  readonly manifest: Manifest;
  /** Null: no rollout yet. */
  readonly modelVersion: string | null;
  /** Who judged what is graded, whenever that was: `grade --judge` comes after the plan. */
  readonly judges: readonly JudgedBy[];
  /** Something is graded by rules alone that a judge would have been asked. */
  readonly byRules: boolean;
}

/** Nothing that was measured depends on what it was allowed to cost, or on who was to judge it: who did is in the rows. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set(['kind', 'maxUsd', 'price', 'judge']);

const WORDS: Readonly<Record<string, string>> = {
  promptSet: 'prompts',
  n: 'rollouts per environment',
  counts: 'rollouts of single environments',
  repeats: 'times each task is played',
  maxOutputTokens: 'output tokens of a completion',
  context: 'context in tokens',
  chatTemplate: 'chat template',
  attempts: 'attempts in one conversation',
  cotPrefix: 'how the chain of thought begins',
  noCot: 'chain of thought left out',
  sibling: 'whose answers are rated beside the own',
};

/** What a field that was left out means. */
const DEFAULTS: Readonly<Record<string, string>> = {
  repeats: '1',
  attempts: '1',
  sandbox: 'simulated',
  noCot: 'false',
  context: "the model's own",
  chatTemplate: "the model's own",
  temperature: "the model's own",
};

const valueText = (plan: EvalPlan, key: string): string => {
  if (key === 'sibling' && plan.sibling !== undefined) return `${plan.sibling.model} (${plan.sibling.id})`;
  if (key === 'chatTemplate' && plan.chatTemplate !== undefined) {
    const { name, text } = plan.chatTemplate;
    return `${name} (SHA-256 ${sha256(text).slice(0, 12)})`;
  }
  if (key === 'until' && plan.until !== undefined) return plan.until.map(ruleText).join(' and ');
  const value = new Map<string, unknown>(Object.entries(plan)).get(key);
  if (value === undefined || value === null) return DEFAULTS[key] ?? 'none';
  if (Array.isArray(value) && value.every((part) => typeof part === 'string')) return value.join(', ');
  return typeof value === 'string' ? value : canonicalJson(value);
};

/** Where there was nothing to ask of, the judge of the plan is as good as one that was asked. */
const judgeText = ({ manifest, judges, byRules }: Asked): string => {
  const names = [...new Set(judges.map(({ model }) => model))].join(', ');
  if (names !== '') return byRules ? `${names} (in part)` : names;
  return byRules ? 'none' : (manifest.plan.judge?.model ?? 'none');
};

/** Versions are told apart where the names do not. */
const judgesIn = (runs: readonly Asked[]): Comparison['differ'] => {
  const values = runs.map(judgeText);
  const versions = runs.map(({ judges }) => judges.map(({ version }) => version).join(', ') || 'none');
  return new Set(values).size > 1 || runs.some(({ judges }) => judges.length === 0)
    ? [{ what: 'judge in the place of rules', values }]
    : [{ what: 'version of the judge', values: versions }];
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
    ...judgesIn(runs),
    { what: 'version of the model', values: runs.map(({ modelVersion }) => modelVersion ?? 'unknown') },
    { what: 'Subterfuge', values: runs.map(({ manifest }) => manifest.versions.subterfuge) },
    { what: 'Node', values: runs.map(({ manifest }) => manifest.versions.node) },
  ];
  return fields.filter(({ values }) => new Set(values).size > 1);
};
