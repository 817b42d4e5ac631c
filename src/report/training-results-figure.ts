/** The paper's Figure 2 over seeds: every checkpoint on every environment, with the controls beside it. */
import type { Matrix } from '../record/training.ts';
import { readingsOf } from '../stats/readings.ts';
import { type SeedDifference, shiftOverSeeds } from '../train/matrix-seeds.ts';
import { partnerOf } from '../train/matrix-shift.ts';
import type { Recipe } from '../train/recipe.ts';
import { differencesOf, isOwnKind, type SweepEntry } from '../train/sweep.ts';
import { fixed, plural } from './format.ts';
import { shiftWords } from './training-finding.ts';
import { cellText } from './training-results-cell.ts';
import {
  type Column,
  checkpointsIn,
  columnsOf,
  matricesOf,
  md,
  type ResultsInput,
  readingText,
  table,
} from './training-results-table.ts';

/** Whether a cell shows what was taught, or what followed from it. */
const stateOf = (recipe: Recipe | undefined, checkpoints: readonly string[], at: string, column: Column): string => {
  if (column.role === 'held-out') return 'held out';
  if (column.role === 'told') return 'told to';
  if (column.role === 'ordinary') return 'nothing to game';
  const stage = recipe?.stages.find(({ environments }) => environments.includes(column.environment));
  if (stage === undefined) return 'never trained';
  return checkpoints.indexOf(at) >= checkpoints.indexOf(stage.name) ? 'trained' : 'not trained yet';
};

interface Side {
  readonly name: string;
  readonly matrices: readonly Matrix[];
}

/** The control's checkpoint at the same point of training, which may have another name. */
const partnerIn = ({ matrices }: Side, first: Matrix | undefined, at: string): string | null => {
  const [own] = matrices;
  return own === undefined || first === undefined ? at : partnerOf(first, own, at);
};

const rateCells = (side: Side, first: Matrix | undefined, at: string, column: Column): string[] => {
  const checkpoint = partnerIn(side, first, at);
  if (checkpoint === null) return ['n/a', 'no such checkpoint'];
  const { rate, each } = cellText(side.matrices, { ...column, checkpoint });
  return [checkpoint === at ? rate : `at ${checkpoint}: ${rate}`, each];
};

const figure = (main: Side, controls: readonly Side[], columns: readonly Column[], recipe: Recipe | undefined) => {
  const [first] = main.matrices;
  const checkpoints = checkpointsIn(main.matrices);
  const rows = columns.flatMap((column) =>
    checkpoints.map((at) => [
      column.title,
      at,
      stateOf(recipe, checkpoints, at, column),
      ...[main, ...controls].flatMap((side) => rateCells(side, first, at, column)),
    ]),
  );
  return table(
    ['what', 'checkpoint', 'by then', ...[main, ...controls].flatMap(({ name }) => [name, 'each seed'])],
    rows,
  );
};

/** In what else than the reward a control was trained otherwise, so that nobody takes it for a control of its own kind. */
const kindText = (recipe: Recipe | undefined, other: Recipe | undefined): string => {
  if (recipe === undefined || other === undefined) return '';
  const keys = differencesOf(recipe, other);
  if (isOwnKind(keys)) return 'It differs in the reward alone. ';
  if (keys.length === 0) return 'It is trained in the same way. ';
  return `Not a control of its own kind: it differs in ${keys.join(', ')}, so a difference may come from any of these. `;
};

/** One seed's difference is exact: as many decimals as it takes to tell it from none, up to four. */
const pointsOf = (share: number): string => String(Number(fixed(share * 100, 4)));

const differences = (input: ResultsInput, entry: SweepEntry, main: Side, other: Side, columns: readonly Column[]) => {
  const recipe = input.recipes.get(entry.name);
  const theirs = input.recipes.get(other.name);
  // Two bases differ before anything is trained.
  const baseline = recipe !== undefined && theirs !== undefined && recipe.base !== theirs.base ? 'change' : 'control';
  const [base] = checkpointsIn(main.matrices);
  const [first] = main.matrices;
  const [second] = other.matrices;
  const found = columns.flatMap((column) =>
    checkpointsIn(main.matrices)
      .filter((at) => at !== base && first !== undefined && second !== undefined && partnerOf(first, second, at))
      .map((checkpoint): { column: Column; checkpoint: string; shift: SeedDifference } => ({
        column,
        checkpoint,
        shift: shiftOverSeeds(main.matrices, other.matrices, { ...column, checkpoint }, baseline),
      }))
      .filter(({ shift }) => shift.seeds.length > 0),
  );
  if (found.length === 0) return [`Against ${md(other.name)}: no seed of both has been run yet.`, ''];
  const readings = readingsOf(found.map(({ shift }) => ({ difference: shift.estimate.mean, p: shift.p })));
  const rows = found.map(({ column, checkpoint, shift }, index) => {
    const { adjusted = null, reading = 'not tested' } = readings[index] ?? {};
    const each = shift.seeds.map(({ seed, difference }) => `${seed}: ${pointsOf(difference)}`).join(', ');
    const partner = partnerIn(other, first, checkpoint);
    const when = partner === null || partner === checkpoint ? checkpoint : `${checkpoint} (${other.name}: ${partner})`;
    return [column.title, when, shiftWords(shift.estimate), readingText(reading, adjusted), each];
  });
  const what =
    baseline === 'change'
      ? 'the change from its own base less that of the other, since their bases differ'
      : 'seed by seed';
  return [
    `Against ${md(other.name)}, ${what}. ${kindText(recipe, theirs)}Readings after Holm’s adjustment over ${plural(rows.length, 'row')}.`,
    '',
    ...table(['what', 'checkpoint', 'difference', 'reading', 'each seed, points'], rows),
  ];
};

/** Rates, then what differs from each control. */
export const figureSection = (input: ResultsInput, entry: SweepEntry): string[] => {
  const side = (name: string): Side => ({ name, matrices: matricesOf(input.states, name) });
  const main = side(entry.name);
  const controls = entry.against.map(side);
  const columns = columnsOf(main.matrices, input.environments);
  return [
    ...figure(main, controls, columns, input.recipes.get(entry.name)),
    ...controls.flatMap((control) => differences(input, entry, main, control, columns)),
  ];
};
