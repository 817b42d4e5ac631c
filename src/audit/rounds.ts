import { sha256 } from '../base/json.ts';
import { ATTACKS, type Strategy } from './strategy.ts';

/** `first`: used in every audit. `held-back`: kept for the attack after a repair (`--against`). */
export type Round = 'first' | 'held-back';

const order = (a: Strategy, b: Strategy): number => {
  const [left, right] = [sha256(a.name), sha256(b.name)];
  return left < right ? -1 : left > right ? 1 : 0;
};

/**
 * The strategies of one round. Of each family one in three is held back, chosen by the hash of its name, never the one that is marked `plain`,
 * so a family of one or two is always used whole and no hole goes unfound for want of its only attack. Twins and invariances are never held back: they measure, and
 * whoever knows them all can only build a better grader.
 */
export const inRound = (strategies: readonly Strategy[], round: Round): readonly Strategy[] => {
  const families = Map.groupBy(
    strategies.filter(({ kind }) => ATTACKS.includes(kind)),
    ({ family }) => family,
  );
  const held = new Set(
    [...families.values()].flatMap((members) =>
      members
        .filter(({ plain }) => plain !== true)
        .toSorted(order)
        .slice(0, Math.floor(members.length / 3)),
    ),
  );
  return strategies.filter((strategy) => held.has(strategy) === (round === 'held-back'));
};
