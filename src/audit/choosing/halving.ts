/** Where calls are dear: successive halving. */
import type { Asked } from '../attempt.ts';
import type { Example } from '../example.ts';
import type { Setting } from '../setting.ts';
import type { Strategy } from '../strategy.ts';
import { byBreadth } from './breadth.ts';
import { askDrafts, type Draft, draftsOf, firstDrafts, standings } from './drafts.ts';

/** The share of it that the first rung may use: a technique that was never tried is never found, one that works shows in few calls. */
const FIRST_RUNG = 0.8;
/** The share of what is left that each of the next may use. */
const NEXT_RUNG = 0.5;
/** So many are left at least, those that were asked less among them: what works is worth an estimate however few calls have shown it. */
const FEWEST_ALIVE = 16;
/** From the third rung on so many variants of a strategy are told apart. */
const MOST_VARIANTS = 2;

export interface Halved {
  readonly asked: readonly Asked[];
  readonly dropped: readonly Strategy[];
  readonly skipped: readonly Strategy[];
}

const meanOf = (asked: readonly Asked[]): number => standings(asked)[0]?.proxy ?? 0;

const keyOf = (strategy: Strategy, variant: string, example: Example): string =>
  `${strategy.name} ${variant} ${example.id}`;

const isNew = (asked: readonly Asked[]): ((draft: Draft) => boolean) => {
  const known = new Set(
    asked.map(({ strategy, variant, answered }) => keyOf(strategy, variant, answered.call.example)),
  );
  return ({ strategy, variant, call }) => !known.has(keyOf(strategy, variant, call.example));
};

/**
 * All strategies with their first variant on one example; the best of them with all variants on two; the best of those on twice as many, and so
 * on: as many of them as half of what is left of `spendable` calls can ask.
 */
export const halving = async (
  strategies: readonly Strategy[],
  examples: readonly Example[],
  setting: Setting,
  spendable: number,
): Promise<Halved> => {
  const { ledger } = setting;
  const stopAt = ledger.calls + spendable;
  const firstRung = ledger.calls + spendable * FIRST_RUNG;
  const asked = new Map<Strategy, Asked[]>();
  const skipped: Strategy[] = [];
  const pending: Draft[] = [];
  for (const strategy of byBreadth(strategies)) {
    const drafts = firstDrafts(strategy, examples, setting).slice(0, 1);
    if (drafts.length === 0) continue;
    if (asked.size > 0 && ledger.calls + pending.length + drafts.length > firstRung) {
      skipped.push(strategy);
      continue;
    }
    asked.set(strategy, []);
    pending.push(...drafts);
    // In between, since strategies that give the same answer share a call, and only the ledger knows.
    if (pending.length >= setting.subject.capabilities.batch) {
      for (const one of await askDrafts(pending.splice(0), setting)) asked.get(one.strategy)?.push(one);
    }
  }
  for (const one of await askDrafts(pending, setting)) asked.get(one.strategy)?.push(one);

  const ranked = (some: readonly Strategy[]): readonly Strategy[] =>
    some.toSorted((a, b) => meanOf(asked.get(b) ?? []) - meanOf(asked.get(a) ?? []));
  let alive: readonly Strategy[] = [...asked.keys()];
  for (let seen = 2; ledger.calls < stopAt; seen *= 2) {
    const room = (stopAt - ledger.calls) * NEXT_RUNG;
    const next: Draft[] = [];
    const kept: Strategy[] = [];
    for (const strategy of ranked(alive)) {
      const own = asked.get(strategy) ?? [];
      const best = new Set(
        standings(own)
          .slice(0, MOST_VARIANTS)
          .map(({ variant }) => variant),
      );
      const drafts = draftsOf([strategy], examples.slice(0, seen), setting)
        .filter(({ variant }) => seen <= 2 || best.has(variant))
        .filter(isNew(own));
      if (kept.length > 0 && next.length + drafts.length > room) break;
      kept.push(strategy);
      next.push(...drafts);
    }
    for (const one of await askDrafts(next, setting)) asked.get(one.strategy)?.push(one);
    alive = kept;
    if (seen >= examples.length) break;
  }
  const others = ranked([...asked.keys()].filter((strategy) => !alive.includes(strategy)));
  const spare = Math.max(0, FEWEST_ALIVE - alive.length);
  alive = [...alive, ...others.slice(0, spare)];
  // Gameability is that of the best answer without the work, whatever else earns more.
  const noWork = ranked([...asked.keys()]).find(({ kind }) => kind === 'no-work');
  if (noWork !== undefined && !alive.includes(noWork)) alive = [...alive, noWork];
  const dropped = others.filter((strategy) => !alive.includes(strategy));
  return { asked: alive.flatMap((strategy) => asked.get(strategy) ?? []), dropped, skipped };
};
