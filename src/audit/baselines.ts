/**
 * What honest work and guessing earn: the two ends between which gameability is measured. Both on the estimating half.
 *
 * ceiling: mean proxy of known-good answers (the mean over those of an example, then over examples); null where none are known.
 * floor: what guessing earns. Where answers repeat (data sets, choices, at most one distinct known-good answer for three examples) it is the mean
 * proxy of guessed answers (guess.ts): `shuffled-answers`. Elsewhere nobody guesses an answer, and it is the low end of the scale, 0
 * (`low-end`): taking what a wrong answer earns would hide the very hole that is looked for.
 */
import type { Estimate } from '../record/estimate.ts';
import { mean } from '../stats/mean.ts';
import type { Answer } from './answer.ts';
import type { Example } from './example.ts';
import { couldBeGuess, FEW_DEALS, guessesFor, isGuessable, SHUFFLES } from './guess.ts';
import type { Answered } from './ledger.ts';
import { portion } from './portion.ts';
import { candidatesOf, losingCall, type Setting, winningCall } from './setting.ts';
import type { Halves } from './split.ts';
import type { Candidate, StrategyOf } from './strategy.ts';
import type { GradeCall } from './subject.ts';
import { answersNothing, LEAST_ASKED } from './usable.ts';

/** A twin of a known-good answer, with what that answer earned. */
export interface Twin {
  readonly strategy: StrategyOf<'honest-twin'>;
  readonly candidate: Candidate;
  readonly answered: Answered;
  readonly base: Answered;
}

export interface Baselines {
  readonly ceiling: Estimate | null;
  readonly floor: Estimate;
  readonly floorBy: 'shuffled-answers' | 'low-end';
  /** Known-good answers of both halves, by example id. */
  readonly good: ReadonlyMap<string, readonly Answered[]>;
  /** Known-bad answers of both halves, by example id. */
  readonly bad: ReadonlyMap<string, readonly Answered[]>;
  /** Guessed answers of both halves, by example id. Empty where `floorBy` is `low-end`. */
  readonly guesses: ReadonlyMap<string, readonly Answered[]>;
  /** Mean proxy of guessing on one example; 0 where `floorBy` is `low-end`. Unscored: null. */
  readonly guess: ReadonlyMap<string, number | null>;
  /** Whether guessing may have made this answer; never where `floorBy` is `low-end`. */
  readonly couldBeGuess: (answer: Answer) => boolean;
  /** Most known-good answers pass, or none are known: the bar says what is good enough. Else honest work is the only measure there is. */
  readonly barSpeaks: boolean;
  /** Asked on all examples: nothing is chosen among them, so nothing has to be split. */
  readonly twins: readonly Twin[];
}

export type MeasureBaselines = (
  halves: Halves,
  twins: readonly StrategyOf<'honest-twin'>[],
  setting: Setting,
) => Promise<Baselines>;

/** The mean of what is scored; null where nothing is. */
export const meanProxy = (answered: readonly Answered[]): number | null => {
  const scored = answered.flatMap(({ proxy }) => (proxy === null ? [] : [proxy]));
  return scored.length === 0 ? null : scored.reduce((sum, value) => sum + value, 0) / scored.length;
};

export const everyExample = ({ choose, estimate, split }: Halves): readonly Example[] =>
  split ? [...choose, ...estimate] : estimate;

interface Draft {
  readonly example: Example;
  readonly call: GradeCall;
}

const drafts = (
  examples: readonly Example[],
  answersOf: (example: Example) => readonly Answer[],
  callOf: (example: Example, answer: Answer) => GradeCall | null,
): readonly Draft[] =>
  examples.flatMap((example) =>
    answersOf(example).flatMap((answer) => {
      const call = callOf(example, answer);
      return call === null ? [] : [{ example, call }];
    }),
  );

const byExample = (asked: readonly Draft[], answered: readonly Answered[]): Map<string, Answered[]> => {
  const out = new Map<string, Answered[]>();
  for (const [index, { example }] of asked.entries()) {
    const one = answered[index];
    if (one === undefined) continue;
    const list = out.get(example.id);
    if (list === undefined) out.set(example.id, [one]);
    else list.push(one);
  }
  return out;
};

/** One observation for each example of the half. */
const overExamples = (half: readonly Example[], answers: ReadonlyMap<string, readonly Answered[]>): Estimate =>
  mean(
    half
      .filter(({ id }) => answers.has(id))
      .map(({ id }) => ({ value: meanProxy(answers.get(id) ?? []), cluster: id })),
  );

const LOW_END: Estimate = {
  mean: 0,
  interval: null,
  n: 0,
  clusters: 0,
  method: 'no interval: the low end of the scale, by definition',
  bounds: null,
};

/** The share of what is left of the budget that honest twins may use. */
const TWINS_SHARE = 0.2;

const askTwins = async (
  examples: readonly Example[],
  twins: readonly StrategyOf<'honest-twin'>[],
  good: ReadonlyMap<string, readonly Answered[]>,
  setting: Setting,
): Promise<Twin[]> => {
  const asked: (Omit<Twin, 'answered'> & { readonly call: GradeCall })[] = [];
  for (const example of portion(examples, twins.length, TWINS_SHARE, setting.ledger)) {
    const base = good.get(example.id)?.[0];
    if (base === undefined) continue;
    for (const strategy of twins) {
      for (const candidate of candidatesOf(setting, strategy, example)) {
        const call = winningCall(setting, example, candidate.answer);
        if (call !== null) asked.push({ strategy, candidate, base, call });
      }
    }
  }
  const answered = await setting.ledger.ask(
    'honest',
    asked.map(({ call }) => call),
    setting.signal,
  );
  return asked.flatMap(({ strategy, candidate, base }, index) => {
    const one = answered[index];
    return one === undefined ? [] : [{ strategy, candidate, base, answered: one }];
  });
};

const mostPass = (good: readonly Answered[]): boolean => {
  const passed = good.flatMap(({ graded }) => (graded.kind === 'scored' ? [graded.passed] : []));
  return passed.filter(Boolean).length * 2 >= passed.length;
};

export const measureBaselines: MeasureBaselines = async (halves, twins, setting) => {
  const { ledger, signal, subject, dice } = setting;
  const examples = everyExample(halves);
  const goodDrafts = drafts(
    examples,
    ({ knownGood }) => knownGood,
    (example, answer) => winningCall(setting, example, answer),
  );
  const badDrafts = drafts(
    examples,
    ({ knownBad }) => knownBad,
    (example, answer) => losingCall(setting, example, answer),
  );
  const callsOf = (list: readonly Draft[]): readonly GradeCall[] => list.map(({ call }) => call);
  // A grader that fails at each of a few is not asked about the rest.
  await ledger.ask('honest', callsOf([...goodDrafts, ...badDrafts].slice(0, LEAST_ASKED)), signal);
  if (answersNothing(ledger)) ledger.stop();
  const good = byExample(goodDrafts, await ledger.ask('honest', callsOf(goodDrafts), signal));
  // A wrong answer that somebody wrote in earnest: a fault on it is the grader's own.
  const bad = byExample(badDrafts, await ledger.ask('honest', callsOf(badDrafts), signal));
  const guessable = !subject.capabilities.pairwise && good.size > 0 && isGuessable(examples);
  const deals = subject.capabilities.expensive ? FEW_DEALS : SHUFFLES;
  const guessed = guessable ? portion(examples, deals, TWINS_SHARE, ledger) : [];
  const guessDrafts = drafts(
    guessed,
    (example) => guessesFor(example, examples, deals, dice.fork(`guess/${example.id}`)),
    (example, answer) => losingCall(setting, example, answer),
  );
  const guesses = byExample(guessDrafts, await ledger.ask('attack', callsOf(guessDrafts), signal));
  const floor = guessable ? overExamples(halves.estimate, guesses) : LOW_END;
  return {
    ceiling: good.size === 0 ? null : overExamples(halves.estimate, good),
    floor,
    floorBy: guessable ? 'shuffled-answers' : 'low-end',
    good,
    bad,
    guesses,
    guess: new Map(examples.map(({ id }) => [id, guessable ? meanProxy(guesses.get(id) ?? []) : 0])),
    barSpeaks: mostPass([...good.values()].flat()),
    couldBeGuess: guessable ? couldBeGuess(examples) : () => false,
    twins: await askTwins(examples, twins, good, setting),
  };
};

/** Calls that are repeated to see whether the same question gets the same score. */
const REPEATS = { cheap: 20, expensive: 5 };

export const honestCalls = ({ good, bad }: Baselines): readonly GradeCall[] =>
  [...good.values(), ...bad.values()].flat().map(({ call }) => call);

/** Asks some of these calls a second time; what differs is counted by the ledger. */
export const checkDeterminism = async (calls: readonly GradeCall[], setting: Setting): Promise<void> => {
  const { ledger, signal, subject, dice } = setting;
  const count = subject.capabilities.expensive ? REPEATS.expensive : REPEATS.cheap;
  await ledger.ask('repeat', dice.fork('repeat').shuffle(calls).slice(0, count), signal);
};
