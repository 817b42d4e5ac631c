/** The search as a stage of the audit: what it starts from, and its winner as one more strategy. */
import type { SearchResult } from '../record/audit-report.ts';
import type { AuditOptions } from './audit.ts';
import type { Baselines } from './baselines.ts';
import { editOf, runRecipe, type Start } from './edit.ts';
import { type Choice, type Chosen, chooseVariants, type Measured } from './estimate.ts';
import { TEXT_EDITS } from './search/text-edits.ts';
import { VECTOR_EDITS } from './search/vector-edits.ts';
import { DEFAULT_SEARCH, type Searched, search } from './search.ts';
import type { Setting } from './setting.ts';
import type { Halves } from './split.ts';
import { SEARCH, type Strategy } from './strategy.ts';

export interface SearchStage {
  /** The winner, if there is one. */
  readonly choices: readonly Choice[];
  readonly strategies: readonly Strategy[];
  result(measured: readonly Measured[]): SearchResult | null;
}

const NOTHING: SearchStage = { choices: [], strategies: [], result: () => null };

/** So many examples of the choosing half are searched on, so many starts are tried. */
const EXAMPLES = { cheap: 6, expensive: 3 };
const STARTS = 12;
/** The share of what is left of the budget. */
const SEARCH_SHARE = 0.2;

const KNOWN_BAD = 'known-bad';

const startOf =
  ({ strategy, variant }: Choice): Start =>
  (seen, _bad, context) =>
    strategy.kind === 'no-work'
      ? (strategy.make(seen, context).find((candidate) => candidate.variant === variant)?.answer ?? null)
      : null;

/** Its class is that of what it starts from; so is its kind, since edits add no work. */
const strategyOf = (
  { recipe, book }: NonNullable<Searched['best']>,
  origin: Choice | undefined,
  setting: Setting,
): Strategy => {
  const head = {
    name: SEARCH,
    class: origin?.strategy.class ?? 'rater-hacking',
    family: 'search',
    source: 'attacks A14',
    description: `Found by search: ${[recipe.start, ...recipe.edits].join(', then ')}.`,
    subjects: [setting.subject.record.form],
    needs: [],
    example: { from: null, to: '' },
  } as const;
  const made = (answer: ReturnType<Start>): { variant: string; answer: NonNullable<ReturnType<Start>> }[] =>
    answer === null ? [] : [{ variant: 'found', answer }];
  return recipe.start === KNOWN_BAD
    ? { ...head, kind: 'known-bad', make: (bad, seen, context) => made(runRecipe(recipe, book, seen, bad, context)) }
    : { ...head, kind: 'no-work', make: (seen, context) => made(runRecipe(recipe, book, seen, null, context)) };
};

export const searchFor = async (
  { search: wanted, proposer }: AuditOptions,
  { choices }: Chosen,
  { choose }: Halves,
  baselines: Baselines,
  setting: Setting,
): Promise<SearchStage> => {
  const { answers, expensive } = setting.subject.capabilities;
  const settings = { ...DEFAULT_SEARCH, ...wanted };
  const queries = Math.min(settings.queries, Math.floor(setting.ledger.left.calls * SEARCH_SHARE));
  const searchable = answers.includes('text') || answers.includes('vector');
  if (queries < 1 || !searchable || setting.subject.record.kind === 'recorded') return NOTHING;
  const noWork = choices
    .filter(({ strategy }) => strategy.kind === 'no-work')
    .toSorted((a, b) => b.chosenProxy - a.chosenProxy)
    .slice(0, STARTS);
  const isKnownBad = (strategy: Strategy): strategy is Extract<Strategy, { kind: 'known-bad' }> =>
    strategy.kind === 'known-bad';
  const edits = [
    ...choices
      .map(({ strategy }) => strategy)
      .filter(isKnownBad)
      .map(editOf),
    ...(choose.some(({ items }) => items !== null) ? VECTOR_EDITS : TEXT_EDITS),
  ];
  const starts = new Map<string, Start>(noWork.map((choice) => [choice.strategy.name, startOf(choice)]));
  starts.set(KNOWN_BAD, (_seen, bad) => bad);
  const { result, best } = await search({
    examples: choose.slice(0, EXAMPLES[expensive ? 'expensive' : 'cheap']),
    edits,
    starts,
    setting,
    proposer: proposer ?? null,
    options: { ...settings, queries },
    dice: setting.dice.fork('search'),
  });
  if (best === null) return { ...NOTHING, result: () => ({ ...result, transfer: null }) };
  const origin = noWork.find(({ strategy }) => strategy.name === best.recipe.start);
  const strategy = strategyOf(best, origin, setting);
  const { choices: winner } = await chooseVariants([strategy], choose, baselines, setting);
  return {
    choices: winner,
    strategies: [strategy],
    result: (measured) => ({
      ...result,
      transfer: measured.find(({ choice }) => choice.strategy === strategy)?.proxyGamed ?? null,
    }),
  };
};
