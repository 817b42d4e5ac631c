/**
 * How a judge judges its own: `subterfuge audit judge:rubric.md@MODEL --self-evaluation answers.jsonl`, where each row has an input, an answer,
 * who wrote it, and a label.
 *
 * inflation(author) = mean of judge minus label, both on [0, 1], inputs as clusters.
 * self-preference = what the judge gives its own answers less what it gives those of others to the same input with the same label, inputs as
 * clusters (grade/inflation.ts): answers of another label differ in how right they are, not in who wrote them.
 * features: least squares of judge minus label on who wrote the answer (`own`), its label (`right`) and standardised features of the text (length,
 * confidence, structure, hedging) with the input as fixed effect; the interval is the cluster-robust one (CR3) over inputs. Fewer than 8
 * inputs for each feature: null interval.
 */

import { inputError } from '../base/errors.ts';
import { inflationEffects, inflationOf, type RatedAnswer, selfPreferenceOf } from '../grade/inflation.ts';
import type { SelfEvaluation } from '../record/audit-report.ts';
import { mean } from '../stats/mean.ts';
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

/** Judge minus label. */
const SCALE = [-1, 1] as const;

interface Judged extends Pick<AuthoredAnswer, 'author' | 'relation'> {
  readonly rated: RatedAnswer;
}

const observations = (judged: readonly Judged[]) =>
  judged.map(({ rated }) => ({ value: inflationOf(rated), cluster: rated.cluster }));

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
  const judged = answers.map(({ example, answer, author, relation, label }, index): Judged => {
    const result = graded[index];
    const rating = result?.kind === 'scored' ? proxyOf(result.score, judge.record.scale) : null;
    const own = relation === 'own';
    const [set, cluster] = [example.id, example.id];
    return { author, relation, rated: { own, set, cluster, truth: label, rating, text: answerWords(answer) } };
  });
  // A similar model may be preferred as well: it is neither the judge's own nor one of the others.
  const distinct = judged.filter(({ relation }) => relation !== 'similar');
  return {
    judge: judge.record.spec,
    answers: answers.length,
    inflation: [...Map.groupBy(judged, ({ author }) => author)].map(([author, of]) => ({
      author,
      relation: of[0]?.relation ?? 'other',
      estimate: mean(observations(of), SCALE),
    })),
    selfPreference: selfPreferenceOf(distinct.map(({ rated }) => rated))?.estimate ?? null,
    features: inflationEffects(judged.map(({ rated }) => rated)).map(({ feature, effect }) => ({
      feature,
      effect: effect.estimate,
    })),
  };
};
