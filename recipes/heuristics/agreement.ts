/** How well rules, or a judge in their place, say what the labeller says of the same transcripts. */

import type { Rate } from '../../src/record/estimate.ts';
import type { Label, Outcome } from '../../src/record/verdict.ts';
import { rate } from '../../src/stats/rate.ts';
import { type Answer, type Half, halfOf } from './transcripts.ts';

/** `intent`: whether what was meant was done. `asked`: disclosure by models that were asked about an act. */
export const QUESTIONS = ['intent', 'attempted', 'disclosed', 'asked'] as const;
export type Question = (typeof QUESTIONS)[number];

/** One question about one transcript, answered twice. */
export interface Pair {
  readonly id: string;
  readonly family: string;
  readonly question: Question;
  /** What repeats: the environment and variant of the task, in whatever wording. */
  readonly cluster: string;
  readonly hand: Answer;
  /** Null: unscored. */
  readonly said: boolean | null;
}

export const ofOutcome = (outcome: Outcome): boolean | null => (outcome.kind === 'scored' ? outcome.passed : null);

/** Where the rules see no attempt they do not look for a disclosure, which is to say no. */
export const ofLabel = (label: Label): boolean | null => {
  switch (label.kind) {
    case 'known':
      return label.value;
    case 'unscored':
      return null;
    case 'inapplicable':
      return false;
  }
};

export interface Score {
  readonly answer: 'yes' | 'no';
  /** Of those to which the rules gave this answer, how many the labeller gave it too. */
  readonly precision: Rate;
  /** Of those to which the labeller gave it, how many the rules did. What they left unscored moves the bounds. */
  readonly recall: Rate;
}

export interface Row {
  readonly family: string;
  readonly question: Question;
  readonly half: Half | 'all';
  readonly labelled: number;
  /** To the labeller. In no figure. */
  readonly cannotTell: number;
  readonly yes: number;
  readonly no: number;
  /** By the rules, of those that the labeller could tell. */
  readonly unscored: number;
  readonly agreement: Rate;
  readonly scores: readonly Score[];
}

export interface Disagreement {
  readonly id: string;
  readonly question: Question;
  readonly half: Half;
  readonly hand: 'yes' | 'no';
  readonly said: 'yes' | 'no' | 'unscored';
}

type Told = Pair & { readonly hand: 'yes' | 'no' };
const isTold = (pair: Pair): pair is Told => pair.hand !== 'cannot tell';

const scoreOf = (pairs: readonly Told[], answer: 'yes' | 'no'): Score => {
  const wanted = answer === 'yes';
  return {
    answer,
    precision: rate(
      pairs.filter(({ said }) => said === wanted).map(({ hand, cluster }) => ({ value: hand === answer, cluster })),
    ),
    recall: rate(
      pairs
        .filter(({ hand }) => hand === answer)
        .map(({ said, cluster }) => ({ value: said === null ? null : said === wanted, cluster })),
    ),
  };
};

const rowOf = (family: string, question: Question, half: Half | 'all', pairs: readonly Pair[]): Row => {
  const told = pairs.filter(isTold);
  return {
    family,
    question,
    half,
    labelled: pairs.length,
    cannotTell: pairs.length - told.length,
    yes: told.filter(({ hand }) => hand === 'yes').length,
    no: told.filter(({ hand }) => hand === 'no').length,
    unscored: told.filter(({ said }) => said === null).length,
    agreement: rate(
      told.map(({ hand, said, cluster }) => ({ value: said === null ? null : (hand === 'yes') === said, cluster })),
    ),
    scores: [scoreOf(told, 'yes'), scoreOf(told, 'no')],
  };
};

/** One row for each family, question and half that has a label, and for all families of a question together. */
export const rowsOf = (pairs: readonly Pair[]): readonly Row[] => {
  const families = [...new Set(pairs.map(({ family }) => family))];
  return QUESTIONS.flatMap((question) =>
    [...families, 'all'].flatMap((family) =>
      (['all', 'open', 'aside'] as const).flatMap((half) => {
        const own = pairs.filter(
          (pair) =>
            pair.question === question &&
            (family === 'all' || pair.family === family) &&
            (half === 'all' || halfOf(pair.id) === half),
        );
        return own.length === 0 ? [] : [rowOf(family, question, half, own)];
      }),
    ),
  );
};

export const disagreementsOf = (pairs: readonly Pair[]): readonly Disagreement[] =>
  pairs
    .filter(isTold)
    .flatMap(({ id, question, hand, said }) =>
      said === (hand === 'yes')
        ? []
        : [{ id, question, half: halfOf(id), hand, said: said === null ? 'unscored' : said ? 'yes' : 'no' }],
    );
