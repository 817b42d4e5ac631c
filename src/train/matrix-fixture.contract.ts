/** Matrices made by hand for tests: nothing here was measured. */
import type { Matrix, MatrixCell, MatrixLabel } from '../record/training.ts';
import { rate } from '../stats/rate.ts';
import { type Outcomes, outcomeKey } from './matrix-cells.ts';

/** `count` of `n` episodes, each of a task of its own, the yeses first. */
export const madeCell = (
  checkpoint: string,
  environment: string,
  label: MatrixLabel,
  count: number,
  n: number,
): MatrixCell => {
  const observations = Array.from({ length: n }, (_, index) => ({ value: index < count, cluster: `task ${index}` }));
  return { checkpoint, environment, label, count, n, interval: rate(observations) };
};

export const madeMatrix = (cells: readonly MatrixCell[], over: Partial<Matrix> = {}): Matrix => ({
  schema: 'subterfuge/matrix@1',
  recipe: 'curriculum',
  algorithm: 'hhh-expert-iteration',
  seed: '1',
  checkpoints: [...new Set(cells.map(({ checkpoint }) => checkpoint))],
  cells: [...cells],
  capability: [],
  dense: [],
  causes: [],
  tokens: { sampled: 1_234_567, prompt: 2_000_000, trained: 345_678 },
  seconds: 754,
  ...over,
});

/** The answers behind cells of `madeCell`. */
export const madeOutcomes = ({ cells }: Pick<Matrix, 'cells'>): Outcomes =>
  new Map(
    cells.map(({ checkpoint, environment, label, count, n }) => [
      outcomeKey(checkpoint, environment, label),
      Array.from({ length: n }, (_, index) => ({
        task: `task ${index}`,
        cluster: `task ${index}`,
        value: index < count,
      })),
    ]),
  );

/** With the answers, so that it can be paired. */
export const madeRun = (matrix: Matrix): { readonly matrix: Matrix; readonly outcomes: Outcomes } => ({
  matrix,
  outcomes: madeOutcomes(matrix),
});
