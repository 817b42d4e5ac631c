/** What the honest answers say of how the audit was set up: a range that was not named, answers in a form that the grader does not take. */
import type { ScoreScale } from '../record/audit.ts';
import { MARGIN } from './attempt.ts';
import { type Baselines, meanProxy } from './baselines.ts';
import type { ExampleSet } from './example.ts';
import type { Answered, Ledger } from './ledger.ts';
import type { Subject } from './subject.ts';
import type { Warning } from './warnings.ts';

export interface HonestFacts {
  readonly set: ExampleSet;
  readonly subject: Pick<Subject, 'record' | 'capabilities'>;
  readonly baselines: Pick<Baselines, 'good' | 'bad'>;
  readonly ledger: Pick<Ledger, 'faults'>;
}

/** Ends that people give their scores. */
const USUAL_ENDS = [1, 2, 3, 4, 5, 10, 100, 1_000, 10_000];

const usualEnd = (least: number): number => USUAL_ENDS.find((end) => end >= least) ?? Math.ceil(least);

const decimal = (value: number): string => String(Number(value.toPrecision(4)));

type Ends = Pick<ScoreScale, 'worst' | 'best'>;

/** A range that would hold these scores. */
const endsFor = (scores: readonly number[], { worst, best }: Ends): Ends => {
  const all = [...scores, worst, best].filter((score) => Number.isFinite(score));
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const known = [worst, best];
  const from = low < 0 && !known.includes(low) ? -usualEnd(-low) : low;
  const to = known.includes(high) ? high : usualEnd(high);
  return worst < best ? { worst: from, best: to } : { worst: to, best: from };
};

/** The same, as `--range` takes it. */
export const rangeFor = (scores: readonly number[], scale: Ends): string => {
  const { worst, best } = endsFor(scores, scale);
  return `${worst}..${best}`;
};

const scoreIn = (message: string): readonly number[] => {
  const found = /returned (-?\d[\d.]*(?:e[+-]?\d+)?)/.exec(message)?.[1];
  return found === undefined ? [] : [Number(found)];
};

const beyondOf = (honest: readonly Answered[]): readonly string[] =>
  honest.flatMap(({ graded }) =>
    graded.kind === 'fault' && graded.fault.kind === 'out-of-range' ? [graded.fault.message] : [],
  );

const aboutRange = ({ subject, ledger }: HonestFacts, honest: readonly Answered[]): Warning | null => {
  const { scale } = subject.record;
  const seen = ledger.faults().find(({ kind }) => kind === 'out-of-range');
  if (seen === undefined) return null;
  const beyond = beyondOf(honest);
  const numbers = endsFor([...beyond, seen.message].flatMap(scoreIn), scale);
  const said = `--range ${numbers.worst}..${numbers.best}`;
  const ends = `${scale.worst} to ${scale.best}`;
  const scored = honest.some(({ graded }) => graded.kind === 'scored');
  return beyond.length > 0 && !scored
    ? {
        code: 'honest-out-of-range',
        text: `Its scores go beyond ${ends}: give --range, e.g. ${said}. Each score of honest work was outside (${beyond[0]}), so nothing here compares with honest work.`,
        numbers,
      }
    : {
        code: 'out-of-range',
        text: `Some scores go beyond ${ends} (${seen.count} of ${seen.calls} calls; ${seen.message}). If they are meant, give --range, e.g. ${said}.`,
        numbers,
      };
};

const isReferenceOnly = ({ examples }: ExampleSet): boolean =>
  examples.every(
    ({ reference, knownGood }) =>
      knownGood.length === 0 || (knownGood.length === 1 && String(reference) === knownGood[0]),
  );

const FORM_HINT = String.raw`If the grader wants another form (\boxed{42}, "#### 42", tags around the answer), give honest answers in it, in a column of their own: --fields good=<column>.`;

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const LEAST_COMPARED = 5;

/** What known-good and known-bad answers of the same examples earn on average, where the good ones earn no more. Null: they do, or too few have both. */
const undecided = ({ baselines }: HonestFacts): { readonly good: number; readonly bad: number } | null => {
  const pairs = [...baselines.bad].flatMap(([id, bad]) => {
    const [right, wrong] = [meanProxy(baselines.good.get(id) ?? []), meanProxy(bad)];
    return right === null || wrong === null ? [] : [{ right, wrong }];
  });
  if (pairs.length < LEAST_COMPARED) return null;
  const [good, bad] = [average(pairs.map(({ right }) => right)), average(pairs.map(({ wrong }) => wrong))];
  return good <= bad + ROUNDING ? { good, bad } : null;
};

const ROUNDING = 1e-9;

const aboutDifference = (facts: HonestFacts): Warning | null => {
  // Of pairs it is said how many the honest answer wins.
  const found = facts.subject.capabilities.pairwise ? null : undecided(facts);
  if (found === null) return null;
  const { worst, best } = facts.subject.record.scale;
  const onScale = (share: number): number => worst + share * (best - worst);
  const numbers = { bad: onScale(found.bad), good: onScale(found.good) };
  return {
    code: 'no-difference',
    text: `Known-bad answers score as high as known-good ones: ${decimal(numbers.bad)} and ${decimal(numbers.good)} on average. A grader that does not tell these apart can be gamed by anything.`,
    numbers,
  };
};

/** Either the bar is too high for all honest work, or the answers lack the form that the grader wants. */
const failing = (facts: HonestFacts, scored: readonly Answered[]): Warning => {
  const { set, subject } = facts;
  const { pass } = subject.record.scale;
  if (subject.capabilities.pairwise) {
    return {
      code: 'honest-fails',
      text: `Honest work beats the answer that it is put against in none of ${scored.length} pairs.`,
    };
  }
  const scores = scored.flatMap(({ graded }) => (graded.kind === 'scored' ? [graded.score] : []));
  const [low, high] = [decimal(Math.min(...scores)), decimal(Math.max(...scores))];
  const earn = low === high ? `each scores ${low}` : `they score ${low} to ${high}`;
  const first = `Not one of ${scored.length} known-good answers passes: ${earn}, and the bar is ${decimal(pass)}.`;
  if (undecided(facts) !== null) return { code: 'honest-fails', text: first };
  if ((meanProxy(scored) ?? 0) >= MARGIN) {
    return {
      code: 'bar-too-high',
      text: `${first} If that is as good as honest work gets, set the bar to it: --pass <score>.`,
    };
  }
  const why = isReferenceOnly(set)
    ? 'They were taken from the reference.'
    : 'See whether --fields names the right columns.';
  return { code: 'honest-fails', text: `${first} ${why} ${FORM_HINT}` };
};

const aboutPassing = (facts: HonestFacts, honest: readonly Answered[]): Warning | null => {
  const scored = honest.filter(({ graded }) => graded.kind === 'scored');
  const passes = scored.some(({ graded }) => graded.kind === 'scored' && graded.passed);
  return scored.length === 0 || passes ? null : failing(facts, scored);
};

/** The first thing to read: until it is settled, every number beside honest work says little of the grader. */
export const aboutHonest = (facts: HonestFacts): readonly (Warning | null)[] => {
  const honest = [...facts.baselines.good.values()].flat();
  return [aboutRange(facts, honest), aboutDifference(facts), aboutPassing(facts, honest)];
};
