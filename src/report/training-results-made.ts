/** What the runs behind the tables were made from and by: runs of two of a kind do not belong in one table unsaid. */
import { plural } from './format.ts';
import { baseLines } from './training-results-base.ts';
import { md, type ResultsInput, type RunMade, type SweepState } from './training-results-table.ts';

const SHORT = 12;
const short = (hash: string): string => hash.slice(0, SHORT);

type Made = Pick<SweepState, 'run'> & { readonly made: RunMade };

/** Which runs have each value, in the order of the runs. */
const byValue = (runs: readonly Made[], of: (made: RunMade) => string): ReadonlyMap<string, readonly string[]> => {
  const places = new Map<string, string[]>();
  for (const { run, made } of runs) {
    const value = of(made);
    places.set(value, [...(places.get(value) ?? []), run.place]);
  }
  return places;
};

/** One line where all have one; else each with its runs, and what follows from that. */
const lineOf = (what: string, found: ReadonlyMap<string, readonly string[]>, warning: string): string => {
  const [only] = found;
  if (only !== undefined && found.size === 1) return `- ${what}: ${md(only[0])}.`;
  const each = [...found].map(([value, places]) => `${md(value)} (${md(places.join(', '))})`);
  return `- ${what}: ${each.join('; ')}. **Take care: ${warning}**`;
};

const programText = ({ builds }: RunMade): string => (builds.length === 0 ? 'not noted' : builds.map(short).join(', '));

export const madeSection = ({ states, recipes }: Pick<ResultsInput, 'states' | 'recipes'>): string[] => {
  const runs = states.flatMap(({ run, matrix, made }) => (matrix === null || made === null ? [] : [{ run, made }]));
  if (runs.length === 0) return [];
  const named = (asked: (made: RunMade) => string): Made[][] => {
    const groups = new Map<string, Made[]>();
    for (const one of runs) groups.set(asked(one.made), [...(groups.get(asked(one.made)) ?? []), one]);
    return [...groups.values()];
  };
  const bases = named(({ base }) => base.name).flatMap((group) => {
    const name = group[0]?.made.base.name ?? '';
    const found = byValue(group, ({ base }) => short(base.hash));
    return [lineOf(`Base \`${md(name)}\``, found, 'runs from two bases are no runs of one method.')];
  });
  const overseers = named(({ overseer }) => overseer.asked).flatMap((group) => {
    const asked = group[0]?.made.overseer.asked ?? '';
    const found = byValue(group, ({ overseer }) => overseer.name);
    return [lineOf(`Overseer \`${md(asked)}\``, found, 'the preference score has two meanings here.')];
  });
  const program = lineOf(
    'Program (hash of the code that results depend on)',
    byValue(runs, programText),
    'the runs were made by different builds; what changed between them may show as a difference.',
  );
  const pruned = runs.filter(({ made }) => made.isPruned).length;
  return [
    '## Made from',
    '',
    ...bases,
    ...overseers,
    program,
    ...baseLines({ states, recipes }),
    ...(pruned === 0
      ? []
      : [
          `- The rollouts that were trained on were deleted in ${plural(pruned, 'run')}; their counts stand in \`metrics.jsonl\`.`,
        ]),
    '',
  ];
};
