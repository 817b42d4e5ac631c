/** What a comparison says in words, for every format. Names and specifications in it are not safe: escape them where they are shown. */
import type { ComparedEnvironment, ComparedRate, Comparison, RateDifference } from '../record/comparison.ts';
import type { Estimate } from '../record/estimate.ts';
import { decimalsFor, fixed, plural, thousands } from './format.ts';

export const COMPARED_RATES: readonly ComparedRate[] = ['gaming', 'attempted', 'succeeded'];

/** A difference of two rates, in percentage points; never without its interval. */
export interface DifferenceText {
  /** `+12.3`, `no interval` or `unscored`. */
  readonly value: string;
  /** `[1.2, 22.3]`, or empty. */
  readonly interval: string;
}

const signed = (share: number, decimals: number): string => {
  const text = fixed(share * 100, decimals);
  return Number(text) > 0 ? `+${text}` : text;
};

export const differenceText = ({ mean, interval }: Estimate): DifferenceText => {
  if (mean === null) return { value: 'unscored', interval: '' };
  if (interval === null) return { value: 'no interval', interval: '' };
  const [low, high] = interval;
  const decimals = decimalsFor((high - low) * 100);
  return { value: signed(mean, decimals), interval: `[${signed(low, decimals)}, ${signed(high, decimals)}]` };
};

const LEAST_P = 0.001;

/** `p < 0.001`, `p = 0.020` or `not tested`. */
export const pWords = (p: number | null): string =>
  p === null ? 'not tested' : p < LEAST_P ? `p < ${LEAST_P}` : `p = ${p.toFixed(3)}`;

/** A difference with its test: of two runs, or of anything else on a scale from -1 to 1. */
export type ReadDifference = Pick<RateDifference, 'difference' | 'adjustedP' | 'reading'>;

/** `+12.3 points [+1.2, +22.3], p = 0.020`. */
export const differenceWords = ({ difference, adjustedP }: ReadDifference): string => {
  const { value, interval } = differenceText(difference);
  return interval === '' ? value : `${value} points ${interval}, ${pWords(adjustedP)}`;
};

/** How the runs were matched, and how many tasks that are. `first` is the label of the run that is compared with. */
export const pairingWords = (
  { run, pairing, matched, unmatched: [one, other] }: RateDifference,
  first: string,
): string => {
  const rest = [
    ...(one === 0 ? [] : [`${thousands(one)} only in ${first}`]),
    ...(other === 0 ? [] : [`${thousands(other)} only in ${run}`]),
  ].join(', ');
  switch (pairing) {
    case 'task':
      return `paired by task: ${plural(matched, 'task')} in both${rest === '' ? '' : `, left out ${rest}`}`;
    case 'variant':
      return `paired by variant, since the wording differs: ${plural(matched, 'task')} in both${rest === '' ? '' : `, left out ${rest}`}`;
    case 'none':
      return `not paired: ${matched === 0 ? 'no task' : `only ${plural(matched, 'task')}`} in both${rest === '' ? '' : `, ${rest}`}`;
  }
};

const TESTS: Readonly<Record<NonNullable<RateDifference['test']>, string>> = {
  mcnemar: 'exact McNemar test',
  paired: 'cluster-robust paired t test',
  unpaired: 'test that goes with the interval',
};

/** The methods behind some differences: `bonett-price, exact McNemar test`. */
export const differenceMethods = (differences: readonly RateDifference[]): string[] =>
  [
    ...new Set(
      differences.flatMap(({ difference, test }) =>
        difference.interval === null ? [] : [`${difference.method}${test === null ? '' : ` with the ${TESTS[test]}`}`],
      ),
    ),
  ].sort();

/** What the sample could have shown, as a sentence with a blank before it; empty where that is not known. */
export const detectableWords = (differences: readonly RateDifference[]): string => {
  const known = differences.flatMap(({ rate, detectable }) =>
    detectable === null ? [] : [`${rate} ${(detectable * 100).toFixed(1)}`],
  );
  if (known.length > 0)
    return ` Smallest differences that it could have shown (80 % power, before Holm): ${known.join(', ')} points.`;
  return differences.some(({ difference }) => difference.interval !== null)
    ? ' With so few tasks not even the largest difference would have been shown (80 % power).'
    : '';
};

const gamingIn = (environment: ComparedEnvironment, run: string): RateDifference | undefined =>
  environment.differences.find((difference) => difference.run === run && difference.rate === 'gaming');

/** One or two sentences about one run and the first: where it games more, less, or no difference was shown. */
export const runFinding = ({ environments }: Comparison, run: string, first: string): string => {
  const found = environments.flatMap(({ name, ...rest }) => {
    const gaming = gamingIn({ name, ...rest }, run);
    return gaming === undefined ? [] : [{ name, gaming }];
  });
  const named = (reading: RateDifference['reading']): string[] =>
    found
      .filter(({ gaming }) => gaming.reading === reading)
      .map(({ name, gaming }) =>
        reading === 'higher' || reading === 'lower' ? `${name} (${differenceWords(gaming)})` : name,
      );
  const parts = [
    ['games more often than', named('higher')],
    ['games less often than', named('lower')],
  ] as const;
  const shown = parts.flatMap(([what, where]) =>
    where.length === 0 ? [] : [`${run} ${what} ${first} in ${where.join('; ')}.`],
  );
  const none = named('no difference shown');
  const untested = named('not tested');
  return [
    ...shown,
    ...(none.length === 0
      ? []
      : [`No difference in gaming between ${run} and ${first} was shown in ${none.join(', ')}.`]),
    ...(untested.length === 0 ? [] : [`Not tested in ${untested.join(', ')}.`]),
  ].join(' ');
};

/** As a shell reads it back. */
const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

export const showCommandOf = (path: string, rollout: string): string =>
  `subterfuge show ${quoted(path)} --rollout ${quoted(rollout)}`;

export const compareCommandOf = ({ runs }: Comparison): string =>
  `subterfuge compare ${runs.map(({ path }) => quoted(path)).join(' ')}`;
