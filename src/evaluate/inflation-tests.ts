import type { Untested } from '../grade/inflation.ts';
import type { Inflation, Tested } from '../record/inflation.ts';
import { readingsOf } from '../stats/readings.ts';
import type { AuthorEstimates, RaterEstimates } from './inflation-estimates.ts';

/** Holm over all of one kind: the cells of the matrix, what own answers get above others, and what predicts inflation. */
const family = (rows: readonly Untested[]): ((row: Untested) => Tested) => {
  const readings = readingsOf(rows.map(({ estimate, p }) => ({ difference: estimate.mean, p })));
  const tested = new Map(
    rows.map((row, index): [Untested, Tested] => {
      const { adjusted = null, reading = 'not tested' } = readings[index] ?? {};
      return [row, { ...row, adjustedP: adjusted, reading }];
    }),
  );
  return (row) => tested.get(row) ?? { ...row, adjustedP: null, reading: 'not tested' };
};

const present = (row: Untested | null): readonly Untested[] => (row === null ? [] : [row]);

export const readInflation = (
  authors: readonly AuthorEstimates[],
  raters: readonly RaterEstimates[],
): Pick<Inflation, 'authors' | 'raters'> => {
  const cells = authors.flatMap(({ rated }) => rated);
  const inCell = family(cells.map(({ inflation }) => inflation));
  const inPair = family([
    ...cells.flatMap(({ ownAbove }) => present(ownAbove)),
    ...raters.flatMap(({ selfPreference }) => present(selfPreference)),
  ]);
  const inSlope = family(raters.flatMap(({ features }) => features.map(({ effect }) => effect)));
  return {
    authors: authors.map(({ author, right, rated }) => ({
      author,
      right,
      rated: rated.map(({ rater, own, inflation, ownAbove }) => ({
        rater,
        own,
        inflation: inCell(inflation),
        ownAbove: ownAbove === null ? null : inPair(ownAbove),
      })),
    })),
    raters: raters.map(({ rater, selfPreference, features }) => ({
      rater,
      selfPreference: selfPreference === null ? null : inPair(selfPreference),
      features: features.map(({ feature, effect }) => ({ feature, effect: inSlope(effect) })),
    })),
  };
};
