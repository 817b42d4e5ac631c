import type { Rng } from '../base/rng.ts';
import type { SearchResult } from '../record/audit-report.ts';
import type { Answer } from './answer.ts';
import { type Edit, mutateRecipe, type Recipe, type RecipeBook, runRecipe, type Start } from './edit.ts';
import type { Example } from './example.ts';
import { mayBeRight } from './intent.ts';
import { noveltyOf } from './search/novelty.ts';
import { seenOf } from './seen.ts';
import { losingCall, type Setting } from './setting.ts';
import type { GradeCall } from './subject.ts';

export interface SearchOptions {
  /** Calls that the search may make. 0: no search. */
  readonly queries: number;
  readonly population: number;
  /** Generations without gain after which it starts afresh, keeping the best. */
  readonly patience: number;
  /** Weight of novelty (distance of a recipe's edits from those kept) beside the proxy when parents are chosen; 0 to 1. */
  readonly novelty: number;
}

export const DEFAULT_SEARCH: SearchOptions = { queries: 2_000, population: 24, patience: 6, novelty: 0.25 };

/** Suggests answers from what has worked so far. It is shown the proxy, never the intent or the reference. Optional. */
export interface Proposer extends AsyncDisposable {
  propose(
    example: Example,
    best: readonly { readonly answer: Answer; readonly proxy: number }[],
    signal?: AbortSignal,
  ): Promise<readonly Answer[]>;
}

export interface SearchInput {
  /** Some of the choosing half. */
  readonly examples: readonly Example[];
  readonly edits: readonly Edit[];
  /** What a recipe may start from, the best on the choosing half first. */
  readonly starts: ReadonlyMap<string, Start>;
  readonly setting: Setting;
  readonly proposer: Proposer | null;
  readonly options: SearchOptions;
  readonly dice: Rng;
}

export interface Searched {
  readonly result: Omit<SearchResult, 'transfer'>;
  /** Null: nothing beat the starts. It is measured on the estimating half like any other strategy, under the name `search`. */
  readonly best: { readonly recipe: Recipe; readonly book: RecipeBook } | null;
}

/**
 * Evolves recipes against the proxy; black box, offline, as many queries as it was given. Each generation asks all
 * children in one batch. Answers that may be right earn nothing here: the search is for a hole and not for the solution. Parents are the winners of
 * small tournaments on proxy and novelty. A proposed text is a start that says the same everywhere, and is never tried on the example it was proposed
 * for, which a model may simply have answered.
 */
export type Search = (input: SearchInput) => Promise<Searched>;

interface Tried {
  readonly recipe: Recipe;
  /** Mean proxy over the examples it has an answer for. */
  readonly proxy: number;
}

const TOURNAMENT = 3;
/** A gain that is worth its edits. */
const GAIN = 1e-6;
const PERFECT = 1 - 1e-9;
/** Shown to a proposer. */
const SHOWN = 3;

/** The search that is under way. */
interface Hunt {
  readonly input: SearchInput;
  readonly book: { readonly starts: Map<string, Start>; readonly edits: ReadonlyMap<string, Edit> };
  readonly startedAt: number;
}

const answerOf = ({ input: { setting }, book }: Hunt, recipe: Recipe, example: Example): Answer | null =>
  runRecipe(recipe, book, seenOf(example), setting.bad(example), setting.context('search', example));

const callOf = (hunt: Hunt, recipe: Recipe, example: Example): GradeCall | null => {
  const answer = answerOf(hunt, recipe, example);
  return answer === null ? null : losingCall(hunt.input.setting, example, answer);
};

const queriesOf = ({ input: { setting }, startedAt }: Hunt): number => setting.ledger.calls - startedAt;

const tryAll = async (hunt: Hunt, recipes: readonly Recipe[]): Promise<readonly Tried[]> => {
  const { setting, examples } = hunt.input;
  const drafts = recipes.flatMap((recipe) =>
    examples.flatMap((example) => {
      const call = callOf(hunt, recipe, example);
      return call === null ? [] : [{ recipe, call }];
    }),
  );
  const answered = await setting.ledger.ask(
    'search',
    drafts.map(({ call }) => call),
    setting.signal,
  );
  const earned = new Map<Recipe, number[]>();
  for (const [index, { recipe, call }] of drafts.entries()) {
    const scored = answered[index]?.proxy ?? 0;
    const proxy = scored > 0 && mayBeRight(call) ? 0 : scored;
    earned.set(recipe, [...(earned.get(recipe) ?? []), proxy]);
  }
  return recipes.flatMap((recipe) => {
    const values = earned.get(recipe) ?? [];
    return values.length === 0
      ? []
      : [{ recipe, proxy: values.reduce((sum, value) => sum + value, 0) / values.length }];
  });
};

/** The higher proxy, and of equals the shorter recipe. */
const better = (a: Tried, b: Tried): number => b.proxy - a.proxy || a.recipe.edits.length - b.recipe.edits.length;

/** The winner of a small tournament; `worth` goes with `population`. */
const parentOf = (population: readonly Tried[], worth: readonly number[], dice: Rng): Recipe | undefined => {
  const entrants = Array.from({ length: TOURNAMENT }, () => dice.int(population.length));
  const [winner = 0] = entrants.toSorted((a, b) => (worth[b] ?? 0) - (worth[a] ?? 0));
  return population[winner]?.recipe;
};

/** The first edits of one parent and the last ones of another. */
const crossed = (a: Recipe, b: Recipe, dice: Rng): Recipe => ({
  ...a,
  edits: [...a.edits.slice(0, dice.int(a.edits.length + 1)), ...b.edits.slice(dice.int(b.edits.length + 1))],
});

const childrenOf = (population: readonly Tried[], { options, edits }: SearchInput, dice: Rng): readonly Recipe[] => {
  if (population.length === 0) return [];
  const names = edits.map(({ name }) => name);
  const recipes = population.map(({ recipe }) => recipe);
  const { novelty } = options;
  const worth = population.map(({ recipe, proxy }) => (1 - novelty) * proxy + novelty * noveltyOf(recipe, recipes));
  return Array.from({ length: options.population }, () => {
    const [a, b] = [parentOf(population, worth, dice), parentOf(population, worth, dice)];
    if (a === undefined || b === undefined) return null;
    return mutateRecipe(dice.int(3) === 0 ? crossed(a, b, dice) : a, names, dice);
  }).filter((child) => child !== null);
};

/** Adds what the proposer says after seeing the best answers to one example as starts of their own. */
const propose = async (hunt: Hunt, population: readonly Tried[], dice: Rng): Promise<readonly Recipe[]> => {
  const { proposer, examples, setting } = hunt.input;
  if (proposer === null || examples.length === 0) return [];
  const origin = dice.pick(examples);
  const best = population.slice(0, SHOWN).flatMap(({ recipe, proxy }) => {
    const answer = answerOf(hunt, recipe, origin);
    return answer === null ? [] : [{ answer, proxy }];
  });
  const answers = await proposer.propose(origin, best, setting.signal);
  return answers.map((answer) => {
    const start = `proposed-${hunt.book.starts.size}`;
    hunt.book.starts.set(start, (seen) => (seen.id === origin.id ? null : answer));
    return { start, edits: [], salt: '0' };
  });
};

export const search: Search = async (input) => {
  const { options, dice, setting } = input;
  const book = { starts: new Map(input.starts), edits: new Map(input.edits.map((edit) => [edit.name, edit])) };
  const hunt: Hunt = { input, book, startedAt: setting.ledger.calls };
  const fresh = (): readonly Recipe[] => [...input.starts.keys()].map((start) => ({ start, edits: [], salt: '0' }));
  const room = (): number =>
    Math.max(0, Math.floor((options.queries - queriesOf(hunt)) / Math.max(1, input.examples.length)));
  const canAsk = (): boolean => room() > 0 && setting.ledger.left.calls > 0 && setting.ledger.left.seconds > 0;

  let population = (await tryAll(hunt, fresh().slice(0, room()))).toSorted(better);
  const [start] = population;
  let best = start;
  const gains = best === undefined ? [] : [{ queries: queriesOf(hunt), proxy: best.proxy }];
  let restarts = 0;
  let stale = 0;
  // Answers are asked once, so a search whose children are all known makes no call; this bounds it all the same.
  const generations = Math.ceil(options.queries / Math.max(1, options.population)) * 2;
  for (let generation = 0; generation < generations && canAsk(); generation++) {
    if (best === undefined || best.proxy >= PERFECT) break;
    const roll = dice.fork(`generation/${generation}`);
    const children = [...childrenOf(population, input, roll), ...(await propose(hunt, population, roll))];
    population = [...population, ...(await tryAll(hunt, children.slice(0, room())))]
      .toSorted(better)
      .slice(0, options.population);
    const [leader] = population;
    if (leader !== undefined && leader.proxy > best.proxy + GAIN) {
      best = leader;
      gains.push({ queries: queriesOf(hunt), proxy: best.proxy });
      stale = 0;
    } else stale += 1;
    if (stale >= options.patience) {
      restarts += 1;
      stale = 0;
      const names = input.edits.map(({ name }) => name);
      const scattered = fresh().map((recipe) => mutateRecipe(mutateRecipe(recipe, names, roll), names, roll));
      population = [best, ...(await tryAll(hunt, scattered.slice(0, room())))].toSorted(better);
    }
  }
  const won = best !== undefined && start !== undefined && best.proxy > start.proxy + GAIN ? best : null;
  return {
    result: { queries: queriesOf(hunt), restarts, gains, edits: won === null ? [] : [...won.recipe.edits] },
    best: won === null ? null : { recipe: won.recipe, book },
  };
};
