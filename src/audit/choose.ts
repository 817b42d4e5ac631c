import { sizeOf } from './answer.ts';
import { type Asked, attemptsOf } from './attempt.ts';
import type { Baselines } from './baselines.ts';
import type { Choice, ChooseVariants, Chosen } from './estimate.ts';
import type { Example } from './example.ts';
import type { Answered } from './ledger.ts';
import { portion } from './portion.ts';
import { candidatesOf, losingCall, type Setting } from './setting.ts';
import type { Strategy } from './strategy.ts';
import type { GradeCall } from './subject.ts';

/** The share of what is left of the budget that choosing may use. */
const CHOOSING_SHARE = 0.4;
/** So many strategies go into one call of the subject. */
const TOGETHER = 16;
/** Halving stops here: whatever is left is tried on all examples that the budget allows. */
const FEWEST_ALIVE = 8;

interface Draft {
  readonly strategy: Strategy;
  readonly variant: string;
  readonly call: GradeCall;
}

const draftsOf = (strategies: readonly Strategy[], examples: readonly Example[], setting: Setting): readonly Draft[] =>
  strategies.flatMap((strategy) =>
    examples.flatMap((example) =>
      candidatesOf(setting, strategy, example).flatMap(({ variant, answer }) => {
        const call = losingCall(setting, example, answer);
        return call === null ? [] : [{ strategy, variant, call }];
      }),
    ),
  );

const askDrafts = async (drafts: readonly Draft[], setting: Setting): Promise<readonly Asked[]> => {
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

interface Standing {
  readonly variant: string;
  readonly asked: readonly Asked[];
  readonly proxy: number;
  readonly size: number;
}

/**
 * The variants of one strategy, the best first. A variant is averaged over all examples that the strategy was tried on, so that one which
 * applies to a single lucky example does not win.
 */
const standings = (asked: readonly Asked[]): readonly Standing[] => {
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

const choicesOf = async (
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

/** How many of the same name came before. */
const placing = (): ((name: string) => number) => {
  const counts = new Map<string, number>();
  return (name) => {
    const place = counts.get(name) ?? 0;
    counts.set(name, place + 1);
    return place;
  };
};

/**
 * The plainest of each family first, kinds in turn, then the second of each, and so on: a budget that runs out has seen every technique, and the
 * many ways to do no work have not crowded out the few that spoil a good answer.
 */
const byBreadth = (strategies: readonly Strategy[]): readonly Strategy[] => {
  const inFamily = placing();
  const inKind = placing();
  return strategies
    .toSorted((a, b) => Number(b.plain ?? false) - Number(a.plain ?? false))
    .map((strategy) => {
      const place = inFamily(strategy.family);
      return { strategy, place, turn: inKind(`${place} ${strategy.kind}`) };
    })
    .toSorted((a, b) => a.place - b.place || a.turn - b.turn)
    .map(({ strategy }) => strategy);
};

const inTurn = async (
  strategies: readonly Strategy[],
  examples: readonly Example[],
  setting: Setting,
  onDone: (done: number) => void,
): Promise<readonly Asked[]> => {
  const asked: Asked[] = [];
  for (let from = 0; from < strategies.length; from += TOGETHER) {
    asked.push(...(await askDrafts(draftsOf(strategies.slice(from, from + TOGETHER), examples, setting), setting)));
    onDone(Math.min(strategies.length, from + TOGETHER));
  }
  return asked;
};

const meanOf = (asked: readonly Asked[]): number => standings(asked)[0]?.proxy ?? 0;

const firstKey = ({ name }: Strategy, { call }: Answered): string => `${name} ${call.example.id}`;

/** The first example that a strategy has an answer to: not every one is for every example. */
const firstDrafts = (strategy: Strategy, examples: readonly Example[], setting: Setting): readonly Draft[] => {
  for (const example of examples) {
    const drafts = draftsOf([strategy], [example], setting);
    if (drafts.length > 0) return drafts;
  }
  return [];
};

/** Successive halving: all on one example, the better half on one more, and so on with twice as many. */
const halving = async (
  strategies: readonly Strategy[],
  examples: readonly Example[],
  setting: Setting,
): Promise<{
  readonly asked: readonly Asked[];
  readonly dropped: readonly Strategy[];
  readonly skipped: readonly Strategy[];
}> => {
  const spendable = setting.ledger.left.calls * CHOOSING_SHARE;
  const stopAt = setting.ledger.calls + spendable;
  const asked = new Map<Strategy, Asked[]>();
  const skipped: Strategy[] = [];
  // The first rung may use half of it: the rest is for telling the good ones apart.
  const firstRung = setting.ledger.calls + spendable / 2;
  for (const strategy of byBreadth(strategies)) {
    const drafts = firstDrafts(strategy, examples, setting);
    if (asked.size > 0 && setting.ledger.calls + drafts.length > firstRung) skipped.push(strategy);
    else asked.set(strategy, [...(await askDrafts(drafts, setting))]);
  }
  let alive = [...asked.keys()];
  let seen = 1;
  while (seen < examples.length && setting.ledger.calls < stopAt) {
    if (alive.length > FEWEST_ALIVE) {
      alive = alive
        .toSorted((a, b) => meanOf(asked.get(b) ?? []) - meanOf(asked.get(a) ?? []))
        .slice(0, Math.max(FEWEST_ALIVE, Math.ceil(alive.length / 2)));
    }
    const next = examples.slice(seen, seen * 2);
    const drafts = draftsOf(alive, next, setting).slice(0, Math.floor(stopAt - setting.ledger.calls));
    const known = new Set([...asked.values()].flat().map(({ strategy, answered }) => firstKey(strategy, answered)));
    for (const one of await askDrafts(drafts, setting)) {
      if (!known.has(firstKey(one.strategy, one.answered))) asked.get(one.strategy)?.push(one);
    }
    seen += next.length;
  }
  const dropped = [...asked.keys()].filter((strategy) => !alive.includes(strategy));
  return { asked: alive.flatMap((strategy) => asked.get(strategy) ?? []), dropped, skipped };
};

export const chooseVariants: ChooseVariants = async (strategies, examples, baselines, setting, onDone = () => {}) => {
  if (setting.subject.capabilities.expensive) {
    const { asked, dropped, skipped } = await halving(strategies, examples, setting);
    return { choices: await choicesOf(asked, baselines, setting), dropped, skipped };
  }
  const [first] = examples;
  const callsForEach = first === undefined ? 0 : draftsOf(strategies, [first], setting).length;
  const sample = portion(examples, callsForEach, CHOOSING_SHARE, setting.ledger);
  const asked = await inTurn(strategies, sample, setting, onDone);
  const chosen: Chosen = { choices: await choicesOf(asked, baselines, setting), dropped: [], skipped: [] };
  return chosen;
};
