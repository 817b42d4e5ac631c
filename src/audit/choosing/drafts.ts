/** What all ways of choosing have in common: making the calls of strategies, asking them, and the best variant of each. */
import { sizeOf } from '../answer.ts';
import { type Asked, attemptsOf } from '../attempt.ts';
import type { Baselines } from '../baselines.ts';
import type { Choice } from '../estimate.ts';
import type { Example } from '../example.ts';
import type { Answered } from '../ledger.ts';
import { candidatesOf, losingCall, type Setting } from '../setting.ts';
import type { Strategy } from '../strategy.ts';
import type { GradeCall } from '../subject.ts';

export interface Draft {
  readonly strategy: Strategy;
  readonly variant: string;
  readonly call: GradeCall;
}

export const draftsOf = (
  strategies: readonly Strategy[],
  examples: readonly Example[],
  setting: Setting,
): readonly Draft[] =>
  strategies.flatMap((strategy) =>
    examples.flatMap((example) =>
      candidatesOf(setting, strategy, example).flatMap(({ variant, answer }) => {
        const call = losingCall(setting, example, answer);
        return call === null ? [] : [{ strategy, variant, call }];
      }),
    ),
  );

export const askDrafts = async (drafts: readonly Draft[], setting: Setting): Promise<readonly Asked[]> => {
  const answered = await setting.ledger.ask(
    'attack',
    drafts.map(({ call }) => call),
    setting.signal,
  );
  return drafts.flatMap(({ strategy, variant }, index) => {
    const one: Answered | undefined = answered[index];
    return one === undefined ? [] : [{ strategy, variant, answered: one }];
  });
};

export interface Standing {
  readonly variant: string;
  readonly asked: readonly Asked[];
  readonly proxy: number;
  readonly size: number;
}

/**
 * The variants of one strategy, the best first. A variant is averaged over all examples that the strategy was tried on, so that one which
 * applies to a single lucky example does not win.
 */
export const standings = (asked: readonly Asked[]): readonly Standing[] => {
  const examples = new Set(asked.map(({ answered }) => answered.call.example.id)).size;
  return [...Map.groupBy(asked, ({ variant }) => variant)]
    .map(([variant, attempts]) => ({
      variant,
      asked: attempts,
      proxy: attempts.reduce((sum, { answered }) => sum + (answered.proxy ?? 0), 0) / examples,
      size: attempts.reduce((sum, { answered }) => sum + sizeOf(answered.call.answer), 0) / attempts.length,
    }))
    .toSorted((a, b) => b.proxy - a.proxy || a.size - b.size || (a.variant < b.variant ? -1 : 1));
};

const choiceOf = async (
  strategy: Strategy,
  asked: readonly Asked[],
  baselines: Baselines,
  setting: Setting,
): Promise<Choice | null> => {
  const [best] = standings(asked);
  if (best === undefined) return null;
  const chosenOn = await attemptsOf(best.asked, baselines, setting, 'fooling');
  return { strategy, variant: best.variant, chosenOn, chosenProxy: best.proxy };
};

export const choicesOf = async (
  asked: readonly Asked[],
  baselines: Baselines,
  setting: Setting,
): Promise<readonly Choice[]> => {
  const choices: Choice[] = [];
  for (const [strategy, of] of Map.groupBy(asked, (one) => one.strategy)) {
    const choice = await choiceOf(strategy, of, baselines, setting);
    if (choice !== null) choices.push(choice);
  }
  return choices;
};

/** The first example that a strategy has an answer to: not every one is for every example. */
export const firstDrafts = (strategy: Strategy, examples: readonly Example[], setting: Setting): readonly Draft[] => {
  for (const example of examples) {
    const drafts = draftsOf([strategy], [example], setting);
    if (drafts.length > 0) return drafts;
  }
  return [];
};
