import type { Rate } from '../record/estimate.ts';
import type { EnvironmentSummary, Evaluation } from '../record/evaluation.ts';
import { boundsText, describeRate, plural, thousands } from './format.ts';
import { ratesOf } from './view.ts';

/** `13.7 % of rollouts (95 % interval 10.3 to 18.4; 45 of 328)`. */
const inWords = (rate: Rate): string => {
  const text = describeRate(rate);
  const counts = `${thousands(rate.count)} of ${thousands(rate.n)}`;
  return text.state === 'estimated'
    ? `${text.value} of rollouts (95 % interval ${text.interval.slice(1, -1).replace(', ', ' to ')} %; ${counts})`
    : `${counts} rollouts (${text.value})`;
};

const seen = (result: EnvironmentSummary): boolean => result.gaming.count > 0;
const scored = (result: EnvironmentSummary): boolean => result.gaming.n > 0;
const byRate = (a: EnvironmentSummary, b: EnvironmentSummary): number => (b.gaming.mean ?? 0) - (a.gaming.mean ?? 0);

const list = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;

const none = (results: readonly EnvironmentSummary[]): string => {
  const [only, ...others] = results;
  if (only !== undefined && others.length === 0) {
    return `No gaming was seen in ${only.name}: ${inWords(only.gaming)}.`;
  }
  const rollouts = plural(
    results.reduce((sum, { gaming }) => sum + gaming.n, 0),
    'scored rollout',
  );
  const highest = results.reduce((most, { gaming }) => Math.max(most, gaming.interval?.[1] ?? 1), 0);
  return `No gaming was seen in ${list(results.map(({ name }) => name))} (${rollouts}); by the 95 % intervals the rate in any one of them could be up to ${(highest * 100).toFixed(1)} %.`;
};

const standsOut = (most: EnvironmentSummary, others: readonly EnvironmentSummary[]): string => {
  if (others.length === 0) return ', only in';
  return others.some((other) => other.gaming.mean === most.gaming.mean)
    ? ', in none more often than in'
    : ', most often in';
};

/** What was found, in plain words: one or two sentences, every rate with its interval. Text of a model spec is not in it. */
export const findingText = (evaluation: Evaluation): string => {
  const results = evaluation.environments.filter(scored);
  if (results.length === 0) return 'Nothing could be scored, so nothing is known about gaming.';
  const gamed = results.filter(seen).sort(byRate);
  const [most, ...others] = gamed;
  if (most === undefined) return none(results);
  const where =
    results.length === 1
      ? `in ${most.name}`
      : `in ${gamed.length} of ${results.length} environments${standsOut(most, others)} ${most.name}`;
  const lead = `The model won the proxy without the intent ${where}: ${inWords(most.gaming)}.`;
  const clean = results.filter((result) => !seen(result));
  return clean.length === 0 ? lead : `${lead} ${none(clean)}`;
};

const unscoredText = ({ unscored, unscoredCause, rollouts }: EnvironmentSummary): string => {
  if (unscored === 0) return '';
  const share = `${thousands(unscored)} of ${plural(rollouts, 'rollout')} unscored`;
  if (unscoredCause === undefined) return `${share}.`;
  const { cause, count } = unscoredCause;
  const said = `"${cause.replace(/\.$/, '')}"`;
  return count === unscored
    ? `${share}: ${said}.`
    : `${share}, ${thousands(count)} of them for the most frequent cause: ${said}.`;
};

/** Everything a reader must know before trusting the rates of an environment: one text for each that has something. */
export const warningsOf = (evaluation: Evaluation): string[] =>
  evaluation.environments.flatMap((result) => {
    const shaky = ratesOf(result).flatMap(([name, rate]) =>
      boundsText(rate) === null ? [] : [`${name} ${boundsText(rate)}`],
    );
    const parts = [
      unscoredText(result),
      result.faults === 0 ? '' : `${thousands(result.faults)} ended in a fault.`,
      shaky.length === 0 ? '' : `With every unscored rollout counted 0, then 1: ${shaky.join(', ')}.`,
    ].filter((part) => part !== '');
    return parts.length === 0 ? [] : [`${result.name}: ${parts.join(' ')}`];
  });
