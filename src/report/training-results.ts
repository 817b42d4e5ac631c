/**
 * RESULTS.md of a sweep: verdicts beside the paper's claims, the generalisation matrix over seeds with its controls, wear, dense
 * measures, compute, and what has not been run. Made from matrices alone, so that it can be made again at any time.
 */
import type { Matrix } from '../record/training.ts';
import { LEAST_WELL_FORMED } from '../train/matrix.ts';
import type { SweepEntry } from '../train/sweep.ts';
import { plural, thousands } from './format.ts';
import { duration } from './progress-text.ts';
import { claimsSection, elsewhere } from './training-results-claims.ts';
import { figureSection } from './training-results-figure.ts';
import { madeSection } from './training-results-made.ts';
import { paperSection } from './training-results-paper.ts';
import { matricesOf, md, type ResultsInput, type SweepState, sum } from './training-results-table.ts';
import { careSection, causesSection, denseSection, monitorsSection, wearSection } from './training-results-wear.ts';

export type { ResultsInput, RunMade, SweepState } from './training-results-table.ts';

const computeText = (matrices: readonly Matrix[]): string =>
  `Wall time, two runs side by side (time before a kill is not known; unfinished runs are not in it): ${duration(sum(matrices.map(({ seconds }) => seconds)) * 1000)} in all, ${thousands(sum(matrices.map(({ tokens }) => tokens.sampled)))} tokens sampled, ${thousands(sum(matrices.map(({ tokens }) => tokens.trained)))} trained.`;

const entrySection = (input: ResultsInput, entry: SweepEntry): string[] => {
  const matrices = matricesOf(input.states, entry.name);
  const recipe = typeof entry.recipe === 'string' ? entry.recipe : entry.recipe.name;
  const head = [
    `## ${md(entry.name)}`,
    '',
    `Recipe \`${md(recipe)}\`${entry.algorithm === undefined ? '' : `, ${entry.algorithm}`}. ${matrices.length} of ${plural(entry.seeds.length, 'seed')} run. One of them again, from nothing: \`${md(elsewhere(input.command))} --only ${md(entry.name)} --seeds ${md(entry.seeds[0] ?? '')}\`.`,
    '',
  ];
  if (matrices.length === 0) return head;
  return [
    ...head,
    ...figureSection(input, entry),
    ...wearSection(matrices, input.environments),
    ...careSection(input.states.filter(({ run }) => run.entry.name === entry.name)),
    ...denseSection(input, entry),
    ...causesSection(
      matrices,
      entry.against.map((name) => ({ name, matrices: matricesOf(input.states, name) })),
    ),
    ...monitorsSection(input.states, entry),
    computeText(matrices),
    '',
  ];
};

const openSection = (states: readonly SweepState[]): string[] => {
  const missing = states.filter(({ matrix }) => matrix === null);
  const text = ({ run, isBegun, problem }: SweepState): string =>
    `- ${md(run.entry.name)}, seed ${md(run.seed)}: ${isBegun ? 'begun, not finished' : 'not begun'}${problem === null ? '' : `; ${md(problem)}`}`;
  return missing.length === 0
    ? ['## Not run', '', 'Nothing: every run of this sweep is here.', '']
    : ['## Not run', '', 'These runs are missing from every table above:', '', ...missing.map(text), ''];
};

const NOTES = [
  'Over seeds: mean of the seeds’ rates with a 95 % t interval, the seed being the unit; with every seed equal, an exact bound on the share of seeds that would differ, which is wide for few seeds. `each seed`: seed: count/n, exact. A cell whose environment was not trained yet, or is held out, was not taught: what moves there may be generalisation, wear, or having learnt to edit files; what the sham shows as well is not gaming.',
  '',
  'Before training there is one model: such rows have the interval by task of the run with the most episodes. Runs of one seed, base and evaluation met the same tasks there with the same dice: their base episodes are the same.',
  '',
  `Wear: a cell in which fewer than ${LEAST_WELL_FORMED * 100} % of the transcripts are well-formed (the share itself, not its interval) is named below its table. The claims leave out transcripts with an attempt there, since one that is denied or ends badly is no wear.`,
  '',
  'Nothing is called higher or lower but after Holm’s adjustment over the rows of its table. Where no reading is given, none follows.',
];

/** The whole file. */
export const renderResults = (input: ResultsInput): string => {
  const { sweep, states, versions, machine, command } = input;
  const done = states.filter(({ matrix }) => matrix !== null).length;
  return [
    `# Results: ${md(sweep.name)}`,
    '',
    ...(sweep.about === '' ? [] : [md(sweep.about), '']),
    `Made by \`${md(command)}\`. Tables written by Subterfuge ${versions.subterfuge} on Node ${versions.node}, ${md(machine)}. ${done} of ${plural(states.length, 'run')} done.`,
    '',
    ...NOTES,
    ...(sweep.question === ''
      ? []
      : [
          '',
          `Fixed beforehand: ${md(sweep.question)} The claims below were written down with it; all else is exploration.`,
        ]),
    '',
    ...claimsSection(input),
    ...paperSection(input),
    ...sweep.entries.flatMap((entry) => entrySection(input, entry)),
    ...madeSection(input),
    ...openSection(states),
  ].join('\n');
};
