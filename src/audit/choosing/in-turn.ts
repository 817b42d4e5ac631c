/** Where calls are cheap: every variant of every strategy, on as many examples as there is time for. */
import type { Asked } from '../attempt.ts';
import type { Example } from '../example.ts';
import type { Setting } from '../setting.ts';
import type { Strategy } from '../strategy.ts';
import { byBreadth } from './breadth.ts';
import { askDrafts, type Draft, draftsOf } from './drafts.ts';

/** So many strategies go into one call of the subject. */
const TOGETHER = 16;

const keyOf = ({ strategy, variant }: Pick<Draft, 'strategy' | 'variant'>): string => `${strategy.name} ${variant}`;

const hung = ({ answered: { graded } }: Asked): boolean => graded.kind === 'fault' && graded.fault.kind === 'hung';

/** Calls of several strategies at a time, for as long as `isTime`; strategies that had no turn are given back. */
const inGroups = async (
  strategies: readonly Strategy[],
  draftsFor: (some: readonly Strategy[]) => readonly Draft[],
  setting: Setting,
  isTime: () => boolean,
  onDone: (done: number) => void,
): Promise<{ readonly asked: readonly Asked[]; readonly left: readonly Strategy[] }> => {
  const asked: Asked[] = [];
  for (let from = 0; from < strategies.length; from += TOGETHER) {
    if (!isTime()) return { asked, left: strategies.slice(from) };
    asked.push(...(await askDrafts(draftsFor(strategies.slice(from, from + TOGETHER)), setting)));
    onDone(Math.min(strategies.length, from + TOGETHER));
  }
  return { asked, left: [] };
};

/**
 * First all on one example, the plainest of each family first; then what did not hang there on the rest: a grader that hangs on an answer hangs
 * on its like, and each costs a time limit. Both halves end when the seconds of `share` are used up; a strategy that was never asked is `skipped`.
 */
export const inTurn = async (
  strategies: readonly Strategy[],
  examples: readonly Example[],
  setting: Setting,
  share: number,
  onDone: (done: number) => void,
): Promise<{ readonly asked: readonly Asked[]; readonly skipped: readonly Strategy[] }> => {
  const { ledger } = setting;
  const [before, [first, ...rest]] = [ledger.left.seconds, examples];
  const isTimeFor = (part: number) => (): boolean => ledger.left.seconds > before * (1 - share * part);
  const ordered = byBreadth(strategies);
  const half = Math.ceil(strategies.length / 2);
  const once = await inGroups(
    ordered,
    (some) => draftsOf(some, first === undefined ? [] : [first], setting),
    setting,
    isTimeFor(0.5),
    (done) => onDone(Math.floor(done / 2)),
  );
  const hopeless = new Set(once.asked.filter(hung).map(keyOf));
  const reached = ordered.slice(0, ordered.length - once.left.length);
  const again = await inGroups(
    reached,
    (some) => draftsOf(some, rest, setting).filter((draft) => !hopeless.has(keyOf(draft))),
    setting,
    isTimeFor(1),
    (done) => onDone(Math.min(strategies.length, half + Math.floor(done / 2))),
  );
  onDone(strategies.length);
  return { asked: [...once.asked, ...again.asked], skipped: once.left };
};
