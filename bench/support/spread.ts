/** What was measured over several rounds. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Of no numbers: NaN. */
export const spread = (numbers: readonly number[]): Spread => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const last = sorted.length - 1;
  return { median: (at(Math.floor(last / 2)) + at(Math.ceil(last / 2))) / 2, least: at(0), most: at(last) };
};

/** Round by round, so that what slowed both sides of a round does not show. */
export const ratios = (above: readonly number[], below: readonly number[]): Spread =>
  spread(above.flatMap((value, round) => (below[round] === undefined ? [] : [value / below[round]])));
