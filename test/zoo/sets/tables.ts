/** Data sets for metrics: labels, series, rankings. */
import { rng } from '../../../src/base/rng.ts';
import type { ZooSet } from '../entry.ts';

const WORDS = 'river stone cloud lamp chair forest copper needle garden window candle harbour'.split(' ');

/** Items whose text says nothing of their label. `shares` are cumulative. */
const labelled = (
  name: string,
  size: number,
  labels: readonly (string | number | boolean)[],
  shares: readonly number[],
): ZooSet => {
  const dice = rng(`zoo/${name}`);
  const place = (): number => {
    const roll = dice.next();
    return shares.findIndex((share) => roll < share);
  };
  return {
    task: 'classification',
    rows: Array.from({ length: size }, (_, index) => ({
      text: `${dice.pick(WORDS)} ${dice.pick(WORDS)} ${dice.pick(WORDS)} no. ${index}`,
      label: labels[place()] ?? labels[0],
    })),
  };
};
export const BALANCED = labelled('balanced', 400, [true, false], [0.5, 1]);
export const RARE = labelled('rare', 600, [true, false], [0.1, 1]);
export const COMMON = labelled('common', 400, ['spam', 'ham'], [0.8, 1]);
export const THREE = labelled('three', 480, ['billing', 'bug', 'praise'], [0.34, 0.67, 1]);
export const SKEWED = labelled('skewed', 600, ['ok', 'late', 'lost'], [0.75, 0.9, 1]);

/** A series; items know the value before theirs, as forecasters do. */
const series = (
  name: string,
  size: number,
  step: (at: number, before: number, dice: ReturnType<typeof rng>) => number,
): ZooSet => {
  const dice = rng(`zoo/${name}`);
  let before = 100;
  return {
    task: 'forecast',
    rows: Array.from({ length: size }, (_, index) => {
      const value = Math.round(100 * step(index, before, dice)) / 100;
      const row = { input: { day: index + 1, before }, value };
      before = value;
      return row;
    }),
  };
};
const noise = (dice: ReturnType<typeof rng>): number => dice.next() + dice.next() + dice.next() - 1.5;
export const WALK = series('walk', 400, (_at, before, dice) => before + 6 * noise(dice));
export const SEASON = series(
  'season',
  420,
  (at, _before, dice) => 100 + 30 * Math.sin((2 * Math.PI * at) / 7) + 4 * noise(dice),
);
export const TREND = series('trend', 400, (at, _before, dice) => 100 + 0.8 * at + 8 * noise(dice));

/** Twelve documents each, of which three answer the query. */
export const DOCUMENTS: ZooSet = {
  task: 'ranking',
  rows: Array.from({ length: 24 }, (_, index) => {
    const dice = rng(`zoo/documents/${index}`);
    const options = Array.from({ length: 12 }, (_one, place) => `doc-${index}-${place}`);
    const relevant = dice.shuffle(options).slice(0, 3);
    const others = options.filter((one) => !relevant.includes(one));
    return {
      id: `g${index}`,
      query: `Where does ${WORDS[index % 12] ?? ''} number ${index} stand?`,
      options,
      reference: relevant,
      good: [relevant],
      bad: [others.slice(0, 3)],
    };
  }),
};
