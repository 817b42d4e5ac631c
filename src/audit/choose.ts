import { byBreadth } from './choosing/breadth.ts';
import { askDrafts, choicesOf, type Draft, draftsOf, firstDrafts } from './choosing/drafts.ts';
import { halving } from './choosing/halving.ts';
import { inTurn } from './choosing/in-turn.ts';
import type { Choice, ChooseVariants } from './estimate.ts';
import type { Example } from './example.ts';
import { portion } from './portion.ts';
import type { Setting } from './setting.ts';
import type { Strategy } from './strategy.ts';

/** The share of what is left of the budget that choosing may use. */
const CHOOSING_SHARE = { cheap: 0.4, expensive: 0.65 };
/** More than of honest answers: one that has no answer, or a strange one, may fail at several of these and be sound. */
const FIRST_FEW = 24;

/** The first answers of different strategies, to see whether the grader scores any: they are asked in any case. */
export const askFirstFew = async (
  strategies: readonly Strategy[],
  examples: readonly Example[],
  setting: Setting,
): Promise<void> => {
  const drafts: Draft[] = [];
  for (const strategy of byBreadth(strategies)) {
    if (drafts.length >= FIRST_FEW) break;
    drafts.push(...firstDrafts(strategy, examples, setting).slice(0, 1));
  }
  await askDrafts(drafts, setting);
};

/** In the order of the strategies, however they were asked. */
const inOrderOf = (strategies: readonly Strategy[], choices: readonly Choice[]): readonly Choice[] => {
  const places = new Map(strategies.map((strategy, place) => [strategy, place]));
  return choices.toSorted((a, b) => (places.get(a.strategy) ?? 0) - (places.get(b.strategy) ?? 0));
};

export const chooseVariants: ChooseVariants = async (strategies, examples, baselines, setting, onDone = () => {}) => {
  const chosen = async (asked: Parameters<typeof choicesOf>[0]): Promise<readonly Choice[]> =>
    inOrderOf(strategies, await choicesOf(asked, baselines, setting));
  if (setting.subject.capabilities.expensive) {
    const spendable = setting.ledger.left.calls * CHOOSING_SHARE.expensive;
    const { asked, dropped, skipped } = await halving(strategies, examples, setting, spendable);
    return { choices: await chosen(asked), dropped, skipped };
  }
  const [first] = examples;
  const callsForEach = first === undefined ? 0 : draftsOf(strategies, [first], setting).length;
  const sample = portion(examples, callsForEach, CHOOSING_SHARE.cheap, setting.ledger);
  const { asked, skipped } = await inTurn(strategies, sample, setting, CHOOSING_SHARE.cheap, onDone);
  return { choices: await chosen(asked), dropped: [], skipped };
};
