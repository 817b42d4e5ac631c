/**
 * A data set of few blocks has too few observations for a test of a rate. There the whole set is tested once: how often does guessing (its labels
 * in another order) earn at least what the attack earns on all items? A permutation test, exact for an attack that was not chosen;
 * one of several variants pays for the choice by their number.
 */
import type { Baselines } from './baselines.ts';
import type { Measured } from './estimate.ts';
import type { Example } from './example.ts';
import { guessesFor } from './guess.ts';
import { candidatesOf, losingCall, type Setting } from './setting.ts';

/** From so many blocks on the estimating half speaks for itself. */
const ENOUGH_BLOCKS = 6;
/** Orders of the labels: the smallest p-value is one more than this, inverted. */
const ORDERS = 999;
const ROUNDING = 1e-9;

/** The same, with the p-values of the whole where blocks are few. Not where calls are dear: it would cost a thousand. */
export const testedOnWhole = async (
  measured: readonly Measured[],
  whole: Example | null,
  baselines: Baselines,
  setting: Setting,
): Promise<readonly Measured[]> => {
  const { subject, ledger, signal, dice } = setting;
  const few = measured.some(({ attempts }) => attempts.length > 0 && attempts.length < ENOUGH_BLOCKS);
  if (whole === null || !few || subject.capabilities.expensive || baselines.floorBy === 'low-end') return measured;
  const guesses = guessesFor(whole, [], ORDERS, dice.fork('whole')).flatMap((answer) => {
    const call = losingCall(setting, whole, answer);
    return call === null ? [] : [call];
  });
  const earned = (await ledger.ask('attack', guesses, signal)).flatMap(({ proxy }) => (proxy === null ? [] : [proxy]));
  if (earned.length === 0) return measured;
  const out: Measured[] = [];
  for (const one of measured) {
    const made = candidatesOf(setting, one.choice.strategy, whole);
    const call = made.find(({ variant }) => variant === one.choice.variant);
    const asked = call === undefined ? null : losingCall(setting, whole, call.answer);
    const [answered] = asked === null ? [] : await ledger.ask('attack', [asked], signal);
    const proxy = answered?.proxy ?? null;
    if (one.attempts.length >= ENOUGH_BLOCKS || proxy === null) out.push(one);
    else {
      const asGood = earned.filter((guess) => guess >= proxy - ROUNDING).length;
      out.push({ ...one, p: Math.min(1, (made.length * (asGood + 1)) / (earned.length + 1)) });
    }
  }
  return out;
};
