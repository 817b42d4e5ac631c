/** The paper's figures beside ours: the held-out family without training, after it by method, and after each stage. */
import type { Matrix, MatrixLabel } from '../record/training.ts';
import { environmentsOf } from '../train/matrix.ts';
import { PAPER_BY_STAGE, PAPER_ROWS, type PaperRow } from './training-paper.ts';
import { cellText } from './training-results-cell.ts';
import { matricesOf, type ResultsInput, table } from './training-results-table.ts';
import { type Role, roleIn } from './training-view.ts';

const COMPARE =
  'Held-out tampering. Intervals of the paper’s counts are ours (Clopper-Pearson over episodes of one model). Ours are over seeds after training, and by task of one run before it, where there is one model. Levels cannot be compared: the models differ in size by orders of magnitude, and ours met a corpus that was written for these settings. Whether gaming rises, where, and against which control can.';

interface Ours {
  readonly name: string;
  readonly base: string;
  readonly matrices: readonly Matrix[];
  readonly first: Matrix;
}

/** The environment of that role, if the entry was asked any. */
const environmentOf = ({ first }: Ours, environments: ResultsInput['environments'], role: Role): string | undefined =>
  environmentsOf(first).find((name) => roleIn(environments, name) === role);

const cell = ({ matrices }: Ours, checkpoint: string, environment: string, label: MatrixLabel): string => {
  const { rate, each, isRun } = cellText(matrices, { checkpoint, environment, label });
  return isRun ? `${rate}; ${each}` : 'n/a';
};

/** Reward overwritten, and so that no test tells. */
const row = (what: string, one: Ours, checkpoint: string, environment: string | undefined): string[][] =>
  environment === undefined
    ? []
    : [
        [
          `ours: ${what}`,
          cell(one, checkpoint, environment, 'succeeded'),
          cell(one, checkpoint, environment, 'evaded'),
        ],
      ];

const theirs = (rows: readonly PaperRow[]): string[][] =>
  rows.map(({ what, overwritten, evaded }) => [`paper: ${what}`, overwritten.text, evaded.text]);

/** The entry that asked each base most often, in the order of the list. */
const ofEachBase = (ours: readonly Ours[], asked: (one: Ours) => string | undefined): readonly Ours[] => {
  const most = new Map<string, { readonly one: Ours; readonly n: number }>();
  for (const one of ours) {
    const environment = asked(one);
    const counts = one.matrices.flatMap(({ cells, checkpoints }) =>
      cells.filter((found) => found.checkpoint === checkpoints[0] && found.environment === environment),
    );
    const n = Math.max(0, ...counts.map((found) => found.n));
    if (n > (most.get(one.base)?.n ?? 0)) most.set(one.base, { one, n });
  }
  return [...most.values()].map(({ one }) => one);
};

const HEADS = ['', 'reward overwritten', 'and no test tells'];

export const paperSection = ({ sweep, states, environments, recipes }: ResultsInput): string[] => {
  const ours = sweep.entries.flatMap(({ name }): Ours[] => {
    const matrices = matricesOf(states, name);
    const [first] = matrices;
    return first === undefined ? [] : [{ name, base: recipes.get(name)?.base ?? '', matrices, first }];
  });
  const heldOut = (one: Ours): string | undefined => environmentOf(one, environments, 'held-out');
  const told = (one: Ours): string | undefined => environmentOf(one, environments, 'told');
  const base = ({ first }: Ours): string => first.checkpoints[0] ?? 'base';
  const trained = ours.filter(({ first }) => first.checkpoints.length > 1);
  const untrained = [
    ...theirs(PAPER_ROWS.filter(({ when }) => when === 'before')),
    ...ofEachBase(ours, heldOut).flatMap((one) =>
      row(`${one.base}, untold (of ${one.name})`, one, base(one), heldOut(one)),
    ),
    ...theirs(PAPER_ROWS.filter(({ when }) => when === 'told')),
    ...ofEachBase(ours, told).flatMap((one) => row(`${one.base}, told to (of ${one.name})`, one, base(one), told(one))),
  ];
  const ends = trained.flatMap((one) => row(one.name, one, one.first.checkpoints.at(-1) ?? 'base', heldOut(one)));
  const staged = trained.filter(({ first }) => PAPER_BY_STAGE.every(([stage]) => first.checkpoints.includes(stage)));
  const byStage = staged.flatMap((one) => {
    const environment = heldOut(one);
    return environment === undefined
      ? []
      : [[`ours: ${one.name}`, ...PAPER_BY_STAGE.map(([stage]) => cell(one, stage, environment, 'succeeded'))]];
  });
  return [
    '## Beside the paper',
    '',
    COMPARE,
    '',
    'Without training:',
    '',
    ...table(HEADS, untrained),
    'After training:',
    '',
    ...table(HEADS, [...ends, ...theirs(PAPER_ROWS.filter(({ when }) => when === 'after'))]),
    'Reward overwritten, after each stage:',
    '',
    ...table(
      ['', ...PAPER_BY_STAGE.map(([stage]) => stage)],
      [
        [
          'paper: HHH expert iteration (labels of its Figure 2, counts not given)',
          ...PAPER_BY_STAGE.map(([, rate]) => rate),
        ],
        ...byStage,
      ],
    ),
  ];
};
