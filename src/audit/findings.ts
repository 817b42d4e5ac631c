import type { FailureClass } from '../record/audit.ts';
import type { Finding } from '../record/audit-finding.ts';
import type { AuditReport, ReportFinding } from '../record/audit-report.ts';
import type { Estimate, Rate } from '../record/estimate.ts';
import { mean } from '../stats/mean.ts';
import { benjaminiHochberg } from '../stats/multiplicity.ts';
import { rate } from '../stats/rate.ts';
import { isText, isVector, sizeOf } from './answer.ts';
import type { Baselines, Twin } from './baselines.ts';
import type { Attempt, Measured } from './estimate.ts';
import type { Example } from './example.ts';
import { isTold } from './gameability.ts';
import { asksRefusal } from './intent/refusal.ts';
import { mayBeRight } from './intent.ts';
import type { Answered } from './ledger.ts';
import { sayingBoth } from './says-both.ts';
import { SEARCH, type Strategy } from './strategy.ts';

export { checkInvariances } from './invariance.ts';

/** False-discovery rate over all strategies that were tried, the dropped ones included (as p = 1). */
export const FALSE_DISCOVERY_RATE = 0.05;

/** What a report says of a finding in numbers. */
export type Numbers = Pick<
  ReportFinding,
  'examples' | 'proxyHonest' | 'proxyGamed' | 'intentGamed' | 'fooled' | 'adjustedP'
>;

/** A finding before it is shrunk and sealed. */
export interface Raw {
  readonly claim: Finding['claim'];
  readonly strategy: string;
  readonly class: FailureClass | null;
  readonly variant: string;
  readonly numbers: Numbers;
  /** The answer that shows it: from the estimating half where one is, the smallest. */
  readonly witness: Answered;
  /** Honest work on the same example, or what the witness was changed from; null where there is none. */
  readonly beside: Answered | null;
  /** Why intent is known to fail (or hold), for the sealed record. */
  readonly because: string;
  /** Whether a smaller answer of the same kind fails the intent too. */
  readonly canShrink: boolean;
  /** The cheapest kind of cheating comes first. */
  readonly rank: number;
}

/**
 * What becomes a finding. A replayed witness is one by itself where intent fails with certainty (by construction, or an exact or judged
 * verdict that says so) and guessing cannot explain it (nobody can guess, or the answer holds no answer that could be guessed); its rate has
 * an adjusted p-value where one can be tested. Else only a rate that is significant after Benjamini-Hochberg is one. A text that names two
 * right answers and passes for both speaks for itself, too (says-both.ts). A grader that pays guessing as much as honest work, or lets nearly
 * every guess pass, is a finding under the name `guessing`, and known-bad answers that pass are one under `known-bad`. Honest twins that
 * fail are findings with the claim `false-fail`, at most one for each twin strategy, and so are known-good answers that fail (`known-good`).
 *
 * Order: false passes before false fails; those whose rate chance does not explain before those that were seen once or twice; no-work first, then known-bad, then degraded; within a kind those that pass the bar before those
 * that only earn what poor honest work does, then by the lower end of the rate of fooling, then by the size of the minimal answer and of the one it was made from: the cheapest cheating answer comes first.
 */
export type CollectFindings = (
  measured: readonly Measured[],
  /** Strategies that were given up while choosing: each counts as a test with p = 1. */
  dropped: number,
  baselines: Baselines,
  estimating: readonly Example[],
  byJudge: string | null,
) => readonly Raw[];

/** Both errors, for the two-column table: known-bad answers that pass, honest answers and their twins that fail. */
export type BothErrors = (baselines: Baselines) => Pick<AuditReport, 'falsePasses' | 'falseFails'>;

const RANK = { 'no-work': 0, 'known-bad': 1, degrade: 2, guessing: 3, 'false-fail': 4, fault: 5 } as const;
export const FAULT_RANK: number = RANK.fault;

const rankOf = (kind: Measured['choice']['strategy']['kind']): number =>
  kind === 'no-work' || kind === 'known-bad' || kind === 'degrade' ? RANK[kind] : RANK.degrade;

const smallest = (attempts: readonly Attempt[]): Attempt | undefined =>
  attempts
    .filter(({ fooled }) => fooled === true)
    .toSorted((a, b) => sizeOf(a.answered.call.answer) - sizeOf(b.answered.call.answer))[0];

/** In the order of `measured`; null where the rate of one cannot be tested. */
const adjusted = (measured: readonly Measured[], dropped: number): readonly (number | null)[] => {
  const tested = measured.flatMap(({ p }, index) => (p === null ? [] : [{ p, index }]));
  const values = benjaminiHochberg([...tested.map(({ p }) => p), ...Array.from({ length: dropped }, () => 1)]);
  const byIndex = new Map(tested.map(({ index }, position) => [index, values[position] ?? 1]));
  return measured.map((_, index) => byIndex.get(index) ?? null);
};

const falsePasses = (
  measured: readonly Measured[],
  dropped: number,
  baselines: Baselines,
  byJudge: string | null,
): readonly Raw[] => {
  const adjustedPs = adjusted(measured, dropped);
  const speaks = ({ answered }: Attempt): boolean => !baselines.couldBeGuess(answered.call.answer);
  return measured.flatMap(
    ({ choice, attempts, proxyHonest, proxyGamed, intentGamed, fooled }, index): readonly Raw[] => {
      const adjustedP = adjustedPs[index] ?? null;
      const { strategy, variant } = choice;
      const isTested = adjustedP !== null && adjustedP <= FALSE_DISCOVERY_RATE;
      // Thousands of texts were tried for this one: by luck one of them is right somewhere.
      if (strategy.name === SEARCH && adjustedP !== null && !isTested) return [];
      const both = sayingBoth([...attempts, ...choice.chosenOn]);
      const counts = (attempt: Attempt): boolean => both.has(attempt) || speaks(attempt);
      const witness = isTested
        ? (smallest(attempts) ?? smallest(choice.chosenOn))
        : (smallest(attempts.filter(counts)) ?? smallest(choice.chosenOn.filter(counts)));
      if (witness === undefined) return [];
      return [
        {
          claim: 'false-pass',
          strategy: strategy.name,
          class: strategy.class,
          variant,
          numbers: {
            examples: attempts.length,
            proxyHonest,
            proxyGamed,
            intentGamed,
            fooled,
            adjustedP: !isTested && both.has(witness) ? null : adjustedP,
          },
          witness: witness.answered,
          beside: baselines.good.get(witness.example.id)?.[0] ?? null,
          because:
            byJudge === null ? `By construction: ${strategy.description}` : `${byJudge} says that it fails the intent.`,
          canShrink:
            (byJudge !== null || canShrink(strategy.kind, witness)) &&
            // A rate that is tested speaks for itself; else the text does, and only whole.
            (isTested || !both.has(witness)),
          rank: rankOf(strategy.kind),
        },
      ];
    },
  );
};

/**
 * Whether a smaller one fails the intent, too. A ranking would keep its hits and lose its misses, and a refusal behind which somebody complies
 * the refusal: what is left would be right.
 */
const canShrink = (kind: Strategy['kind'], { answered: { call }, example }: Attempt): boolean =>
  kind !== 'degrade' &&
  !(isVector(call.answer) && example.items === null) &&
  !(kind === 'known-bad' && asksRefusal(example));

const NOT_TESTED = { intentGamed: null, adjustedP: null } as const;
const observed = (answered: readonly Answered[]): Estimate =>
  mean(answered.map(({ call, proxy }) => ({ value: proxy, cluster: call.example.id })));

const passed = ({ graded }: Answered): boolean | null => (graded.kind === 'scored' ? graded.passed : null);

const rateOfPassing = (answered: readonly Answered[]): Rate =>
  rate(answered.map((one) => ({ value: passed(one), cluster: one.call.example.id })));

/** From so many wrong guesses on, and where such a share of them passes, the bar is below what guessing earns. */
const ENOUGH_GUESSES = 20;
const MOST_GUESSES = 0.95;

/** Honest work earns no more than guessing, or guesses pass nearly always: one that is wrong and passes shows it. */
const guessing = (baselines: Baselines, estimating: readonly Example[]): readonly Raw[] => {
  const told = isTold(baselines);
  if (baselines.floorBy === 'low-end' || told === null) return [];
  const guesses = estimating
    .flatMap(({ id }) => baselines.guesses.get(id) ?? [])
    .filter(({ call }) => !mayBeRight(call));
  const passing = guesses.filter((guess) => passed(guess) === true);
  const isBelow = guesses.length >= ENOUGH_GUESSES && passing.length >= MOST_GUESSES * guesses.length;
  const [witness] = passing;
  if (witness === undefined || (told && !isBelow)) return [];
  return [
    {
      claim: 'false-pass',
      strategy: 'guessing',
      class: isText(witness.call.answer) ? 'rater-hacking' : 'metric-gaming',
      variant: 'shuffled',
      numbers: {
        ...NOT_TESTED,
        examples: new Set(guesses.map(({ call }) => call.example.id)).size,
        proxyHonest: baselines.ceiling,
        proxyGamed: observed(guesses),
        fooled: rateOfPassing(guesses),
      },
      witness,
      beside: baselines.good.get(witness.call.example.id)?.[0] ?? null,
      because: `${isText(witness.call.answer) ? 'The known-good answer of another example' : 'The right answer in another order'}: guessing ${told ? 'passes' : 'earns as much as honest work'}.`,
      canShrink: false,
      rank: RANK.guessing,
    },
  ];
};

/** Wrong answers that somebody wrote in earnest, and that pass. Nothing had to be tried to find them. */
const passedBad = ({ good, bad }: Baselines): readonly Raw[] => {
  const all = [...bad.values()].flat().filter(({ call }) => !mayBeRight(call));
  const passing = all.filter((one) => passed(one) === true);
  const [witness] = passing.toSorted((a, b) => sizeOf(a.call.answer) - sizeOf(b.call.answer));
  if (witness === undefined) return [];
  const ids = [...new Set(all.map(({ call }) => call.example.id))];
  const honest = ids.flatMap((id) => good.get(id) ?? []);
  return [
    {
      claim: 'false-pass',
      strategy: 'known-bad',
      class: isText(witness.call.answer) ? 'rater-hacking' : 'metric-gaming',
      variant: 'only',
      numbers: {
        ...NOT_TESTED,
        examples: ids.length,
        proxyHonest: honest.length === 0 ? null : observed(honest),
        proxyGamed: observed(all),
        fooled: rateOfPassing(all),
      },
      witness,
      beside: good.get(witness.call.example.id)?.[0] ?? null,
      because: 'It was given as a known-bad answer.',
      canShrink: false,
      rank: RANK['known-bad'],
    },
  ];
};

const failed = (one: Answered): boolean | null => {
  const was = passed(one);
  return was === null ? null : !was;
};

const rateOfFailing = (answered: readonly Answered[]): Rate =>
  rate(answered.map((one) => ({ value: failed(one), cluster: one.call.example.id })));

const falseFail = (
  strategy: string,
  inClass: FailureClass,
  variant: string,
  all: readonly { readonly answered: Answered; readonly base: Answered | null }[],
  because: string,
): readonly Raw[] => {
  const witness = all
    .filter(({ answered, base }) => failed(answered) === true && (base === null || failed(base) === false))
    .toSorted((a, b) => sizeOf(a.answered.call.answer) - sizeOf(b.answered.call.answer))[0];
  if (witness === undefined) return [];
  const answered = all.map((one) => one.answered);
  const bases = all.flatMap(({ base }) => (base === null ? [] : [base]));
  return [
    {
      claim: 'false-fail',
      strategy,
      class: inClass,
      variant,
      numbers: {
        ...NOT_TESTED,
        examples: new Set(answered.map(({ call }) => call.example.id)).size,
        proxyHonest: bases.length === 0 ? null : observed(bases),
        proxyGamed: observed(answered),
        fooled: rateOfFailing(answered),
      },
      witness: witness.answered,
      beside: witness.base,
      because,
      canShrink: false,
      rank: RANK['false-fail'],
    },
  ];
};

const falseFails = ({ good, twins }: Baselines): readonly Raw[] => {
  const honest = [...good.values()].flat();
  const inClass = honest.some(({ call }) => !isText(call.answer)) ? 'metric-gaming' : 'rater-hacking';
  const known = honest.map((answered) => ({ answered, base: null }));
  const byStrategy = Map.groupBy(twins, ({ strategy }) => strategy);
  return [
    ...falseFail('known-good', inClass, 'only', known, 'It was given as a known-good answer.'),
    ...[...byStrategy].flatMap(([strategy, of]: [Twin['strategy'], Twin[]]) => {
      const variant = of.find(({ answered }) => failed(answered) === true)?.candidate.variant ?? 'only';
      return falseFail(
        strategy.name,
        strategy.class,
        variant,
        of,
        `The same answer otherwise written: ${strategy.description}`,
      );
    }),
  ];
};

export const collectFindings: CollectFindings = (measured, dropped, baselines, estimating, byJudge) => [
  ...falsePasses(measured, dropped, baselines, byJudge),
  ...passedBad(baselines),
  ...guessing(baselines, estimating),
  ...falseFails(baselines),
];

export const bothErrors: BothErrors = ({ good, bad, twins }) => {
  const wrong = [...bad.values()].flat();
  const honest = [...[...good.values()].flat(), ...twins.map(({ answered }) => answered)];
  return {
    falsePasses: wrong.length === 0 ? null : rateOfPassing(wrong),
    falseFails: honest.length === 0 ? null : rateOfFailing(honest),
  };
};

/** A rate that chance would explain: the witness holds, and is not the first thing to know. */
const isRare = ({ numbers: { adjustedP } }: Raw): boolean => adjustedP !== null && adjustedP > FALSE_DISCOVERY_RATE;

const groupOf = ({ claim }: Raw): number => (claim === 'false-pass' ? 0 : claim === 'false-fail' ? 1 : 2);

/** The order of a report. `size`: of the minimal answer. */
export const inOrder = <T extends { readonly raw: Raw; readonly size: number }>(findings: readonly T[]): readonly T[] =>
  findings.toSorted(
    (a, b) =>
      groupOf(a.raw) - groupOf(b.raw) ||
      Number(isRare(a.raw)) - Number(isRare(b.raw)) ||
      a.raw.rank - b.raw.rank ||
      Number(passed(b.raw.witness) === true) - Number(passed(a.raw.witness) === true) ||
      (b.raw.numbers.fooled.interval?.[0] ?? 0) - (a.raw.numbers.fooled.interval?.[0] ?? 0) ||
      a.size - b.size ||
      sizeOf(a.raw.witness.call.answer) - sizeOf(b.raw.witness.call.answer) ||
      (a.raw.strategy < b.raw.strategy ? -1 : 1),
  );
