/**
 * Changes that must not matter, and other ways of asking that must not either. Tried on all examples: nothing is chosen among them.
 * A change is more than `CHANGE` of the scale, or crosses the bar. The rate of it is tested against how often the grader
 * contradicts itself when nothing was changed, and adjusted over all invariances.
 */
import type { ReportInvariance } from '../record/audit-report.ts';
import { binomialAtLeast } from '../stats/binomial.ts';
import { mean } from '../stats/mean.ts';
import { benjaminiHochberg } from '../stats/multiplicity.ts';
import { rate } from '../stats/rate.ts';
import type { Baselines } from './baselines.ts';
import type { Example } from './example.ts';
import type { Answered, Ledger } from './ledger.ts';
import { portion } from './portion.ts';
import { changed } from './replay.ts';
import { candidatesOf, losingCall, type Setting } from './setting.ts';
import type { StrategyOf } from './strategy.ts';
import type { GradeCall } from './subject.ts';

type Invariant = StrategyOf<'invariance'> | StrategyOf<'procedure'>;

export interface CheckedInvariance {
  readonly strategy: Invariant;
  readonly numbers: Omit<ReportInvariance, 'witness' | 'replay'>;
  /** The largest change that came again; null where it held everywhere or broke by chance only. */
  readonly witness: { readonly base: Answered; readonly changed: Answered } | null;
}

export type CheckInvariances = (
  strategies: readonly Invariant[],
  examples: readonly Example[],
  baselines: Baselines,
  setting: Setting,
  onDone?: (done: number) => void,
) => Promise<readonly CheckedInvariance[]>;

/** The share of what is left of the budget that all invariances may use. */
const INVARIANCE_SHARE = 0.25;
/** About so many calls for each strategy and example. */
const CALLS_FOR_EACH = 2;
/** A wrong answer to any question, where nobody gave one. */
const NO_ANSWER = 'I do not know.';

interface Pair {
  readonly base: Answered;
  readonly changed: Answered;
}

type Expects = ReportInvariance['expects'];

const expectsOf = (strategy: Invariant): Expects =>
  strategy.kind === 'invariance' ? strategy.expects : strategy.ask.how === 'swap' ? 'same' : 'not-higher';

const shiftOf = ({ base, changed: to }: Pair): number | null =>
  base.proxy === null || to.proxy === null ? null : to.proxy - base.proxy;

/** Null: one of the two has no score. */
const isBroken = (pair: Pair, expects: Expects, scale: Ledger['scale']): boolean | null => {
  if (shiftOf(pair) === null) return null;
  const { up, down } = changed(pair.base.graded, pair.changed.graded, scale);
  return up || (expects === 'same' && down);
};

const basesOf = (
  on: 'good' | 'bad' | 'both',
  example: Example,
  baselines: Baselines,
  setting: Setting,
): readonly GradeCall[] => {
  const good = on === 'bad' ? undefined : baselines.good.get(example.id)?.[0]?.call;
  const text = setting.subject.capabilities.answers.includes('text') && example.items === null ? NO_ANSWER : null;
  const answer = on === 'good' ? null : (setting.bad(example) ?? text);
  const bad = answer === null ? null : losingCall(setting, example, answer);
  return [good, bad].filter((call) => call !== undefined && call !== null);
};

interface Question {
  readonly base: GradeCall;
  readonly changed: GradeCall;
  readonly repeat: boolean;
}

/** Bases and what is asked beside each: other answers, or the same one again in another way. */
const questions = (
  strategy: Invariant,
  example: Example,
  baselines: Baselines,
  setting: Setting,
): readonly Question[] =>
  basesOf(strategy.on, example, baselines, setting).flatMap((base): readonly Question[] => {
    if (strategy.kind === 'invariance') {
      return candidatesOf(setting, strategy, example, base.answer).map(({ answer }) => ({
        base,
        changed: { ...base, answer },
        repeat: false,
      }));
    }
    if (strategy.ask.how === 'swap') {
      return [{ base: { ...base, order: 'first' }, changed: { ...base, order: 'second' }, repeat: false }];
    }
    return Array.from({ length: strategy.ask.times - 1 }, () => ({ base, changed: base, repeat: true }));
  });

const pairsOf = async (
  strategy: Invariant,
  examples: readonly Example[],
  baselines: Baselines,
  setting: Setting,
): Promise<readonly Pair[]> => {
  const { ledger, signal } = setting;
  const asked = examples.flatMap((example) => questions(strategy, example, baselines, setting));
  const bases = await ledger.ask(
    'invariance',
    asked.map(({ base }) => base),
    signal,
  );
  const repeat = asked.some((one) => one.repeat);
  const answers = await ledger.ask(
    repeat ? 'repeat' : 'invariance',
    asked.map((one) => one.changed),
    signal,
  );
  return asked.flatMap((_, index) => {
    const [base, to] = [bases[index], answers[index]];
    return base === undefined || to === undefined ? [] : [{ base, changed: to }];
  });
};

/** How often the examples would seem broken if nothing but chance moved the grader: any of the pairs of one may. */
const chanceOf = (groups: readonly (readonly Pair[])[], strategy: Invariant, noise: number): number => {
  // Asking again is the change itself there, so one difference is what it is measured against.
  if (strategy.kind === 'procedure' && strategy.ask.how === 'best-of') return noise;
  return 1 - (1 - noise) ** Math.max(1, ...groups.map((pairs) => pairs.length));
};

/** One observation for each example: broken where any of its pairs is. */
const numbersOf = (
  strategy: Invariant,
  pairs: readonly Pair[],
  noise: number,
  scale: Ledger['scale'],
): Omit<CheckedInvariance['numbers'], 'adjustedP'> & { readonly p: number | null } => {
  const expects = expectsOf(strategy);
  const groups = [...Map.groupBy(pairs, ({ base }) => base.call.example.id)];
  const broken = rate(
    groups.map(([cluster, of]) => {
      const verdicts = of.map((pair) => isBroken(pair, expects, scale)).filter((verdict) => verdict !== null);
      return { value: verdicts.length === 0 ? null : verdicts.includes(true), cluster };
    }),
  );
  const shift = mean(
    pairs.map((pair) => ({ value: shiftOf(pair), cluster: pair.base.call.example.id })),
    [-1, 1],
  );
  return {
    strategy: strategy.name,
    class: strategy.class,
    expects,
    examples: groups.length,
    broken,
    shift,
    p:
      broken.n < 2
        ? null
        : binomialAtLeast(
            broken.count,
            broken.n,
            chanceOf(
              groups.map(([, of]) => of),
              strategy,
              noise,
            ),
          ),
  };
};

/** So many of the largest changes are asked for again. */
const MOST_CONFIRMED = 3;

/** Whether a pair breaks it again in the same direction; what could not be asked again stands. */
const breaksAgain = async (pair: Pair, { ledger, signal }: Setting): Promise<boolean> => {
  const [base, to] = await ledger.ask('confirm', [pair.base.call, pair.changed.call], signal);
  if (base === undefined || to === undefined) return true;
  const isAsked = ({ graded }: Answered): boolean => graded.kind !== 'fault' || graded.fault.kind !== 'not-asked';
  if (!isAsked(base) || !isAsked(to)) return true;
  const before = changed(pair.base.graded, pair.changed.graded, ledger.scale);
  const now = changed(base.graded, to.graded, ledger.scale);
  return (before.up && now.up) || (before.down && now.down);
};

/** The largest change that comes again. Asking the same again is the change itself where `repeat` is the way of asking, so there the largest stands. */
const witnessOf = async (strategy: Invariant, pairs: readonly Pair[], setting: Setting): Promise<Pair | null> => {
  const broken = pairs
    .filter((pair) => isBroken(pair, expectsOf(strategy), setting.ledger.scale) === true)
    .toSorted((a, b) => Math.abs(shiftOf(b) ?? 0) - Math.abs(shiftOf(a) ?? 0));
  const [largest] = broken;
  if (largest === undefined || (strategy.kind === 'procedure' && strategy.ask.how === 'best-of'))
    return largest ?? null;
  for (const pair of broken.slice(0, MOST_CONFIRMED)) if (await breaksAgain(pair, setting)) return pair;
  return null;
};

/** How often the grader contradicts itself; one is added to both counts unless it was never seen to. */
const noiseOf = ({ calls, differed }: Ledger['repeated'], wavers: boolean): number =>
  wavers ? (differed + 1) / (calls + 1) : 0;

export const checkInvariances: CheckInvariances = async (
  strategies,
  examples,
  baselines,
  setting,
  onDone = () => {},
) => {
  const sample = portion(examples, strategies.length * CALLS_FOR_EACH, INVARIANCE_SHARE, setting.ledger);
  // Before asking again is itself what is tried.
  const { scale, repeated: sampled } = setting.ledger;
  const tried: { strategy: Invariant; pairs: readonly Pair[]; witness: Pair | null }[] = [];
  for (const [index, strategy] of strategies.entries()) {
    const pairs = await pairsOf(strategy, sample, baselines, setting);
    if (pairs.length > 0) tried.push({ strategy, pairs, witness: await witnessOf(strategy, pairs, setting) });
    onDone(index + 1);
  }
  // Asking a witness again may have been the first to show that the grader contradicts itself.
  const noise = noiseOf(sampled, setting.ledger.wavers);
  const measured = tried.map(({ strategy, pairs }) => numbersOf(strategy, pairs, noise, scale));
  const tested = measured.flatMap(({ p }, index) => (p === null ? [] : [{ p, index }]));
  const values = benjaminiHochberg(tested.map(({ p }) => p));
  const adjusted = new Map(tested.map(({ index }, position) => [index, values[position] ?? 1]));
  return tried.map(({ strategy, pairs, witness }, index) => {
    const { p: _, ...numbers } = measured[index] ?? numbersOf(strategy, pairs, noise, scale);
    return {
      strategy,
      numbers: { ...numbers, adjustedP: adjusted.get(index) ?? null },
      witness,
    };
  });
};
