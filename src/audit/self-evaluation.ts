/**
 * How a judge judges its own: `subterfuge audit judge:rubric.md@MODEL --self-evaluation answers.jsonl`, where each row has an input, an answer,
 * who wrote it, and a label.
 *
 * inflation(author) = mean of judge minus label, both on [0, 1], inputs as clusters.
 * self-preference = inflation of own answers minus that of others on the same inputs, paired by input (stats/paired.ts).
 * features: least squares of judge minus label on standardised features of the text (length, confidence, structure, hedging) with the input
 * as fixed effect; the interval is the cluster-robust one (CR3) over inputs. Fewer than 8 inputs for each feature: null interval.
 */

import type { SelfEvaluation } from '../record/audit-report.ts';
import type { Answer } from './answer.ts';
import type { Example } from './example.ts';
import type { Subject } from './subject.ts';

export interface AuthoredAnswer {
  readonly example: Example;
  readonly answer: Answer;
  readonly author: string;
  readonly relation: 'own' | 'similar' | 'other';
  /** 0 to 1. */
  readonly label: number;
}

export const SURFACE_FEATURES = ['length', 'confidence', 'structure', 'hedging'] as const;
export type SurfaceFeature = (typeof SURFACE_FEATURES)[number];

/** Pure, of the text alone: log of words; assertive words, list marks and headings, hedges, each for 100 words. */
export type FeaturesOf = (text: string) => Readonly<Record<SurfaceFeature, number>>;

export type EvaluateItself = (
  judge: Subject,
  answers: readonly AuthoredAnswer[],
  signal?: AbortSignal,
) => Promise<SelfEvaluation>;
