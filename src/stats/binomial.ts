import { requireProbability, requireProportion } from './check.ts';

/** Below this a table of sums of logarithms is used, above it Stirling's series (error under 1e-14 of the value). */
const TABLE_SIZE = 32;

const table: readonly number[] = (() => {
  const out = [0];
  let sum = 0;
  for (let i = 1; i < TABLE_SIZE; i++) {
    sum += Math.log(i);
    out.push(sum);
  }
  return out;
})();

/** ln(n!), Stirling's series: Abramowitz and Stegun 6.1.41. */
const logFactorial = (n: number): number => {
  const known = table[n];
  if (known !== undefined) return known;
  const square = n * n;
  const series = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / 1680 / square) / square) / square) / n;
  return (n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + series;
};

/** P(X = events), X binomial with `trials` and `probability`. */
export const binomialMass = (events: number, trials: number, probability: number): number => {
  requireProportion(events, trials);
  requireProbability('probability', probability);
  if (probability === 0) return events === 0 ? 1 : 0;
  if (probability === 1) return events === trials ? 1 : 0;
  const choose = logFactorial(trials) - logFactorial(events) - logFactorial(trials - events);
  return Math.exp(choose + events * Math.log(probability) + (trials - events) * Math.log1p(-probability));
};

/** P(X <= events). Summed from the far tail inwards, so that small tails keep their relative precision. */
export const binomialAtMost = (events: number, trials: number, probability: number): number => {
  let sum = 0;
  for (let k = 0; k <= events; k++) sum += binomialMass(k, trials, probability);
  return Math.min(1, sum);
};

/** P(X >= events). Summed from the far tail inwards. */
export const binomialAtLeast = (events: number, trials: number, probability: number): number => {
  let sum = 0;
  for (let k = trials; k >= events; k--) sum += binomialMass(k, trials, probability);
  return Math.min(1, sum);
};
