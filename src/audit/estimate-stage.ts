/** Estimating as a stage of the audit: the most promising choices first, and at the end whatever is left over is used. */
import type { Baselines } from './baselines.ts';
import { type Choice, type Chosen, chooseVariants, type Measured, measureChoice } from './estimate.ts';
import type { Setting } from './setting.ts';
import type { Halves } from './split.ts';
import type { Strategy } from './strategy.ts';

/** The share of what is left of the budget that the first part may use: invariances and the curve come in between. */
const ESTIMATING_SHARE = 0.5;
/** With fewer calls than this a strategy that had no turn gets none. */
const LEAST_FOR_MORE = 8;

interface Scope {
  readonly halves: Halves;
  readonly baselines: Baselines;
  readonly setting: Setting;
}

/** What was seen on few examples promises less than the same on many. */
const promise = ({ chosenProxy, chosenOn }: Choice): number => (chosenProxy * chosenOn.length) / (chosenOn.length + 1);

const byPromise = (choices: readonly Choice[]): readonly Choice[] =>
  choices.toSorted((a, b) => promise(b) - promise(a));

/** Gameability is that of the best answer without the work, so this one is among the first whatever it promises. */
const withNoWork = (sorted: readonly Choice[], most: number): readonly Choice[] => {
  const best = sorted.find(({ strategy }) => strategy.kind === 'no-work');
  if (best === undefined || sorted.indexOf(best) < most) return sorted;
  return [...sorted.slice(0, most - 1), best, ...sorted.slice(most - 1).filter((choice) => choice !== best)];
};

/** The most promising choices as far as calls last; `later`: the others. */
export const estimateFirst = async (
  choices: readonly Choice[],
  { halves: { estimate }, baselines, setting }: Scope,
  onDone: (done: number, of: number) => void,
): Promise<{ readonly measured: readonly Measured[]; readonly later: readonly Choice[] }> => {
  const calls = setting.ledger.left.calls * ESTIMATING_SHARE;
  const most = Math.max(1, Math.floor(calls / Math.max(1, estimate.length)));
  const sorted = withNoWork(byPromise(choices), most);
  const measured: Measured[] = [];
  for (const choice of sorted.slice(0, most)) {
    measured.push(await measureChoice(choice, estimate, baselines, setting));
    onDone(measured.length, Math.min(most, sorted.length));
  }
  return { measured, later: sorted.slice(most) };
};

/** With the calls that nobody else needed: strategies that had no turn get one, and more choices are estimated. What is left then is `dropped` or `skipped`. */
export const estimateRest = async (
  later: readonly Choice[],
  skipped: readonly Strategy[],
  { halves: { choose, estimate }, baselines, setting }: Scope,
): Promise<{ readonly measured: readonly Measured[] } & Omit<Chosen, 'choices'>> => {
  const { ledger } = setting;
  const more: Chosen =
    skipped.length === 0 || ledger.left.calls < LEAST_FOR_MORE
      ? { choices: [], dropped: [], skipped }
      : await chooseVariants(skipped, choose, baselines, setting);
  const measured: Measured[] = [];
  const given: Strategy[] = [];
  for (const choice of byPromise([...later, ...more.choices])) {
    if (ledger.left.calls < estimate.length) given.push(choice.strategy);
    else measured.push(await measureChoice(choice, estimate, baselines, setting));
  }
  return { measured, dropped: [...more.dropped, ...given], skipped: more.skipped };
};
