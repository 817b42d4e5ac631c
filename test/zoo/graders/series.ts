/** Metrics of forecasts. Items tell the value before theirs, so a forecaster must do better than repeat it. */
type Series = readonly (number | null)[];
interface Item {
  readonly input: { readonly before: number };
}
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
const clip = (value: number): number => Math.max(0, Math.min(1, Number.isFinite(value) ? value : 0));
const isWhole = (predictions: Series, labels: readonly number[]): predictions is readonly number[] =>
  predictions.length === labels.length &&
  predictions.every((value) => typeof value === 'number' && Number.isFinite(value));
const beforeOf = (items: readonly unknown[], at: number): number => {
  const item = items[at] as Item | Item['input'] | undefined;
  return item === undefined ? 0 : 'input' in item ? item.input.before : item.before;
};
const absolute = (predictions: readonly number[], labels: readonly number[]): number =>
  mean(labels.map((label, at) => Math.abs(label - (predictions[at] ?? 0))));
const squared = (predictions: readonly number[], labels: readonly number[]): number =>
  mean(labels.map((label, at) => (label - (predictions[at] ?? 0)) ** 2));

/** 1 minus the error over that of the better of persistence and the mean; nothing where any item is left out. */
const skillBy =
  (error: (predictions: readonly number[], labels: readonly number[]) => number) =>
  (predictions: Series, labels: readonly number[], items: readonly unknown[]): number => {
    if (!isWhole(predictions, labels)) return 0;
    const naive = Math.min(
      error(
        labels.map((_, at) => beforeOf(items, at)),
        labels,
      ),
      error(
        labels.map(() => mean(labels)),
        labels,
      ),
    );
    return clip(1 - error(predictions, labels) / naive);
  };
const absoluteSkill = skillBy(absolute);
const squaredSkill = skillBy(squared);
export const skill = (predictions: Series, labels: readonly number[], items: readonly unknown[]): number =>
  absoluteSkill(predictions, labels, items);
export const squareSkill = (predictions: Series, labels: readonly number[], items: readonly unknown[]): number =>
  squaredSkill(predictions, labels, items);
/** Share of items that are closer than the naive forecasts by half. */
export const beatsNaive = (predictions: Series, labels: readonly number[], items: readonly unknown[]): number => {
  if (!isWhole(predictions, labels)) return 0;
  const middle = mean(labels);
  const close = labels.filter((label, at) => {
    const naive = Math.min(Math.abs(label - beforeOf(items, at)), Math.abs(label - middle));
    return Math.abs(label - (predictions[at] ?? 0)) <= naive / 4;
  });
  return close.length / labels.length;
};
/** Correlation of changes, not of levels, with the size of the errors. */
export const changes = (predictions: Series, labels: readonly number[], items: readonly unknown[]): number => {
  if (!isWhole(predictions, labels)) return 0;
  const real = labels.map((label, at) => label - beforeOf(items, at));
  const said = predictions.map((value, at) => value - beforeOf(items, at));
  const [a, b] = [mean(real), mean(said)];
  const cov = mean(real.map((value, at) => (value - a) * ((said[at] ?? 0) - b)));
  const spread = Math.sqrt(mean(real.map((value) => (value - a) ** 2)) * mean(said.map((value) => (value - b) ** 2)));
  return spread === 0 ? 0 : clip(Math.min(cov / spread, absoluteSkill(predictions, labels, items)));
};

// With a hole:
/** Levels follow the value before, so does whoever repeats it. */
export const correlation = (predictions: Series, labels: readonly number[]): number => {
  const said = predictions.map((value) => value ?? 0);
  const [a, b] = [mean(labels), mean(said)];
  const cov = mean(labels.map((value, at) => (value - a) * ((said[at] ?? 0) - b)));
  const spread = Math.sqrt(mean(labels.map((value) => (value - a) ** 2)) * mean(said.map((value) => (value - b) ** 2)));
  return spread === 0 ? 0 : clip(cov / spread);
};
export const withinTenth = (predictions: Series, labels: readonly number[]): number =>
  labels.filter((label, at) => Math.abs(label - (predictions[at] ?? 0)) <= Math.abs(label) / 10).length / labels.length;
/** Items without a forecast are left out. */
export const errorOfAnswered = (predictions: Series, labels: readonly number[]): number => {
  const errors = labels.flatMap((label, at) => {
    const value = predictions[at];
    return typeof value === 'number' ? [Math.abs(label - value) / Math.abs(label)] : [];
  });
  return clip(1 - 20 * mean(errors));
};
export const percentageError = (predictions: Series, labels: readonly number[]): number =>
  clip(1 - mean(labels.map((label, at) => Math.abs(label - (predictions[at] ?? 0)) / Math.abs(label))));
/** The mean is right where the forecasts need not be. */
export const unbiased = (predictions: Series, labels: readonly number[]): number =>
  clip(1 - Math.abs(mean(labels) - mean(predictions.map((value) => value ?? 0))) / 20);
export const nanIsZero = (predictions: Series, labels: readonly number[]): number => {
  const error = mean(labels.map((label, at) => Math.abs(label - Number(predictions[at] ?? Number.NaN))));
  return error > 1 ? Math.max(0, 1 - error / 10) : 1;
};
