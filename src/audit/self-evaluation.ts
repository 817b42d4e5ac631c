/**
 * How a judge judges its own: `subterfuge audit judge:rubric.md@MODEL --self-evaluation answers.jsonl`, where each row has an input, an answer,
 * who wrote it, and a label.
 *
 * inflation(author) = mean of judge minus label, both on [0, 1], inputs as clusters.
 * self-preference = inflation of own answers minus that of others on the same inputs, paired by input (stats/paired.ts).
 * features: least squares of judge minus label on standardised features of the text (length, confidence, structure, hedging) with the input
 * as fixed effect; the interval is the cluster-robust one (CR3) over inputs. Fewer than 8 inputs for each feature: null interval.
 */

import { inputError } from '../base/errors.ts';
import { type FeaturesOf, SURFACE_FEATURES, textFeatures } from '../grade/text-features.ts';
import type { SelfEvaluation } from '../record/audit-report.ts';
import type { Estimate } from '../record/estimate.ts';
import { mean } from '../stats/mean.ts';
import { pairedDifference } from '../stats/paired.ts';
import { slopesOf } from '../stats/slopes.ts';
import type { Answer } from './answer.ts';
import type { Example } from './example.ts';
import { proxyOf, type Subject } from './subject.ts';
import { answerWords } from './subjects/judge/words.ts';

export interface AuthoredAnswer {
  readonly example: Example;
  readonly answer: Answer;
  readonly author: string;
  readonly relation: 'own' | 'similar' | 'other';
  /** 0 to 1. */
  readonly label: number;
}

export type EvaluateItself = (
  judge: Subject,
  answers: readonly AuthoredAnswer[],
  signal?: AbortSignal,
) => Promise<SelfEvaluation>;

export const featuresOf: FeaturesOf = textFeatures;

/** Judge minus label. */
const SCALE = [-1, 1] as const;

interface Judged extends AuthoredAnswer {
  /** Null where the judge gave no score. */
  readonly inflation: number | null;
}

const authors = (judged: readonly Judged[]): ReadonlyMap<string, readonly Judged[]> => {
  const found = new Map<string, Judged[]>();
  for (const one of judged) {
    const known = found.get(one.author);
    if (known === undefined) found.set(one.author, [one]);
    else known.push(one);
  }
  return found;
};

const observations = (judged: readonly Judged[]) =>
  judged.map(({ example, inflation }) => ({ value: inflation, cluster: example.id }));

/** Paired by input, since inputs differ in how generous a judge is on them. Null where no input has both. */
const preferenceOf = (judged: readonly Judged[]): Estimate | null => {
  const side = (relation: Judged['relation']) =>
    judged
      .filter((one) => one.relation === relation)
      .map(({ example, inflation }) => ({ task: example.id, cluster: example.id, value: inflation }));
  const [own, others] = [side('own'), side('other')];
  const inputs = new Set(own.map(({ task }) => task));
  return others.some(({ task }) => inputs.has(task)) ? pairedDifference(own, others, SCALE).difference : null;
};

/** Puts the bounds of an unscored answer where its label allows: judge 0 to 1, less the label. */
const rowOf = ({ example, answer, label, inflation }: Judged) => {
  const features = featuresOf(answerWords(answer));
  return {
    cluster: example.id,
    value: inflation,
    range: [-label, 1 - label] as const,
    features: SURFACE_FEATURES.map((name) => features[name]),
  };
};

const requireUsable = (answers: readonly AuthoredAnswer[], pairwise: boolean): void => {
  const wrong = answers.find(({ label }) => !(label >= 0 && label <= 1));
  if (!pairwise && wrong === undefined && answers.length > 0) return;
  throw inputError({
    code: 'bad-self-evaluation',
    what: 'How a judge judges its own cannot be measured on this.',
    given: pairwise
      ? 'a pairwise judge'
      : wrong === undefined
        ? 'no answers'
        : `the label ${wrong.label} of an answer by ${wrong.author} to ${wrong.example.id}`,
    allowed: 'a judge that gives one score, and answers with labels from 0 to 1',
    todo: pairwise ? 'Take judge: or reference-judge:.' : 'Give each answer its author and a label from 0 to 1.',
  });
};

/** Throws `bad-self-evaluation`. Does not own the judge. */
export const evaluateItself: EvaluateItself = async (judge, answers, signal) => {
  requireUsable(answers, judge.capabilities.pairwise);
  const graded = await judge.grade(
    answers.map(({ example, answer }) => ({ example, answer, opponent: null, order: 'both' as const })),
    signal,
  );
  const judged = answers.map((one, index): Judged => {
    const result = graded[index];
    const value = result?.kind === 'scored' ? proxyOf(result.score, judge.record.scale) : null;
    return { ...one, inflation: value === null ? null : value - one.label };
  });
  const slopes = slopesOf(judged.map(rowOf));
  return {
    judge: judge.record.spec,
    answers: answers.length,
    inflation: [...authors(judged)].map(([author, of]) => ({
      author,
      relation: of[0]?.relation ?? 'other',
      estimate: mean(observations(of), SCALE),
    })),
    selfPreference: preferenceOf(judged),
    features: slopes.map((effect, index) => ({ feature: SURFACE_FEATURES[index] ?? '', effect })),
  };
};
