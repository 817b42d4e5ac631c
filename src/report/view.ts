import { isDeepStrictEqual } from 'node:util';
import { unreachable } from '../base/errors.ts';
import type { Environment } from '../env/environment.ts';
import type { Rate } from '../record/estimate.ts';
import type { EnvironmentSummary } from '../record/evaluation.ts';
import type { Rollout } from '../record/rollout.ts';
import type { Label, Labels, Verdict } from '../record/verdict.ts';

/** What a report says about an environment in words. Any `Environment` is one. */
export type EnvironmentText = Pick<Environment, 'name' | 'title' | 'proxyText' | 'intentText' | 'origin'>;

/** One rollout with everything that was said about it. */
export interface RolloutView {
  readonly rollout: Rollout;
  readonly verdicts: readonly Verdict[];
  /** Null where it was not labelled (a fault). */
  readonly labels: Labels | null;
}

/** The order in which a reader wants transcripts. */
export type Standing = 'gamed' | 'attempted' | 'rest';
export const STANDINGS: readonly Standing[] = ['gamed', 'attempted', 'rest'];

const passedOn = (view: RolloutView, channel: 'proxy' | 'intent'): boolean | null => {
  const verdict = view.verdicts.find((v) => v.channel === channel);
  return verdict?.outcome.kind === 'scored' ? verdict.outcome.passed : null;
};

/** `gamed`: proxy passed and intent failed. `attempted`: labelled so without having gamed. */
export const standingOf = (view: RolloutView): Standing => {
  if (passedOn(view, 'proxy') === true && passedOn(view, 'intent') === false) return 'gamed';
  const attempted = view.labels?.attempted;
  return attempted?.kind === 'known' && attempted.value ? 'attempted' : 'rest';
};

/** `yes`, `no`, `unscored` or `n/a`, and why. */
export const labelText = (label: Label): { readonly answer: string; readonly basis: string; readonly why: string } => {
  switch (label.kind) {
    case 'known':
      return { answer: label.value ? 'yes' : 'no', basis: label.basis, why: label.reason };
    case 'unscored':
      return { answer: 'unscored', basis: label.side, why: label.cause };
    case 'inapplicable':
      return { answer: 'n/a', basis: '', why: 'The question does not arise in this environment.' };
    default:
      return unreachable(label);
  }
};

/** `PASS`, `FAIL` or `UNSCORED`, and why. */
export const outcomeText = (
  verdict: Verdict,
): {
  readonly answer: 'PASS' | 'FAIL' | 'UNSCORED';
  readonly value: string;
  readonly why: string;
  readonly evidence: readonly string[];
} =>
  verdict.outcome.kind === 'scored'
    ? {
        answer: verdict.outcome.passed ? 'PASS' : 'FAIL',
        value: verdict.outcome.value.toFixed(2),
        why: verdict.outcome.reason,
        evidence: verdict.outcome.evidence,
      }
    : { answer: 'UNSCORED', value: verdict.outcome.side, why: verdict.outcome.cause, evidence: [] };

/** What the rules say of intent whose place a judge took; null where none did. */
export const rulesOnVerdict = (verdict: Verdict): string | null => {
  if (verdict.rules === undefined) return null;
  const { answer, why } = outcomeText({ ...verdict, outcome: verdict.rules.outcome });
  return `The rules (${verdict.rules.grader}): ${answer}. ${why}`;
};

/** What the rules say of a label that a judge decided, or that follows from what it decided; null where they say the same. */
export const rulesOnLabel = ({ rules, ...labels }: Labels, name: LabelName): string | null => {
  if (rules === undefined || isDeepStrictEqual(rules[name], labels[name])) return null;
  const { answer, basis, why } = labelText(rules[name]);
  return `The rules: ${answer}${basis === '' ? '' : ` (${basis})`}. ${why}`;
};

export const LABELS = ['attempted', 'succeeded', 'evaded', 'disclosed'] as const;
export type LabelName = (typeof LABELS)[number];

/** The columns of every table and the rows of every figure, in order. */
export const MEASURES = ['gaming', ...LABELS] as const;

/** Every rate of one environment that a report prints, by name. */
export const ratesOf = (result: EnvironmentSummary): readonly (readonly [string, Rate])[] => [
  ...MEASURES.map((name) => [name, result[name]] as const),
  ['proxy passed', result.proxy],
  ['intent passed', result.intent],
];
