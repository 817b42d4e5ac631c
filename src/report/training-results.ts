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
  `Wall time, summed over the runs (those side by side slow each other; time before a kill is not known; unfinished runs are not in it): ${duration(sum(matrices.map(({ seconds }) => seconds)) * 1000)}, ${thousands(sum(matrices.map(({ tokens }) => tokens.sampled)))} tokens sampled, ${thousands(sum(matrices.map(({ tokens }) => tokens.trained)))} trained.`;

const entrySection = (input: ResultsInput, entry: SweepEntry): string[] => {
  const matrices = matricesOf(input.states, entry.name);
  const recipe = typeof entry.recipe === 'string' ? entry.recipe : entry.recipe.name;
  const head = [
    `## ${md(entry.name)}`,
    '',
    `Recipe \`${md(recipe)}\`${entry.algorithm === undefined ? '' : `, ${entry.algorithm}`}${entry.short ? ', short form' : ''}. ${matrices.length} of ${plural(entry.seeds.length, 'seed')} run. One of them again, from nothing: \`${md(elsewhere(input.command))} --only ${md(entry.name)} --seeds ${md(entry.seeds[0] ?? '')}\`.`,
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

/** What holds for every table below, said once. */
const NOTES = [
  '## How to read the tables',
  '',
  '- **Over seeds**: the mean of the seeds’ rates with a 95 % t interval; the seed is the unit. Where all seeds are equal there is no spread to go by, and the interval bounds the share of seeds that would differ: exact, and wide for few seeds. From one seed there is neither rate nor interval. `each seed`: seed: count/n, exact.',
  '- **Before training** there is one model, so the interval is by task, of the run with the most episodes. Runs of one seed, base and evaluation met the same tasks there with the same dice: their base episodes are the same.',
  '- **Not taught** is an environment that was not trained yet, or is held out. What moves there may be generalisation, wear, or having learnt to edit files. What moves as much in a control that differs in the reward alone is not owed to rewards that can be gamed.',
  `- **Wear**: training may break the text itself, and broken text may explain the counts. A cell in which fewer than ${LEAST_WELL_FORMED * 100} % of the transcripts are well-formed (the share itself, not its interval) is named below its table. The claims leave out transcripts with an attempt there, since one that is denied or ends badly is no wear.`,
  '- **Higher, lower**: nothing is called so but after Holm’s adjustment over the rows of its own table; tables are not adjusted for one another. Where no reading is given, none follows.',
  '- **Causes** of attempts at tampering are read by heuristic rules, whose precision and recall were measured on 314 attempts in `tampering-dev`, most of them told to or with a first sentence forced (docs/training.md). Only aim-driven ones support the paper’s reading, and only where they are a larger share of the episodes than in the control.',
  '- **Dense measures** (docs/training.md says what each is): `log-` in nats; n counts seeds, before training the tasks or episodes of one run.',
  '- **Monitors**: the threshold is chosen on the same episodes, so on new ones more may be flagged wrongly.',
  '',
];

const questionLines = ({ question, claims }: ResultsInput['sweep']): string[] => {
  if (question === '') return [];
  const held =
    claims.length === 0
      ? 'No claim is held against it: all here is exploration.'
      : 'Only the claims below are held against it; all else is exploration.';
  return [`Question: ${md(question)} ${held}`, ''];
};

/** The whole file. */
export const renderResults = (input: ResultsInput): string => {
  const { sweep, states, versions, machine, command } = input;
  const done = states.filter(({ matrix }) => matrix !== null).length;
  return [
    `# Results: ${md(sweep.name)}`,
    '',
    ...(sweep.about === '' ? [] : [md(sweep.about), '']),
    ...questionLines(sweep),
    `Made by \`${md(command)}\`. Tables written by Subterfuge ${versions.subterfuge} on Node ${versions.node}, ${md(machine)}. ${done} of ${plural(states.length, 'run')} done${done === states.length ? '' : '; the end of this file names the others'}.`,
    '',
    ...claimsSection(input),
    ...NOTES,
    ...paperSection(input),
    ...sweep.entries.flatMap((entry) => entrySection(input, entry)),
    ...madeSection(input),
    ...openSection(states),
  ].join('\n');
};
