/** Metrics of predicted labels. */
type Labels = readonly unknown[];
const share = (hits: number, of: number): number => (of === 0 ? 0 : hits / of);
const classesOf = (labels: Labels): readonly unknown[] => [...new Set(labels)];
const clip = (value: number): number => Math.max(0, Math.min(1, value));
const hits = (predictions: Labels, labels: Labels, label: unknown): number =>
  labels.filter((one, at) => one === label && predictions[at] === label).length;
const count = (list: Labels, label: unknown): number => list.filter((one) => one === label).length;

/** Recall of each class, averaged, above chance. What is not answered is wrong. */
export const balancedAccuracy = (predictions: Labels, labels: Labels): number => {
  const classes = classesOf(labels);
  const mean =
    classes.reduce<number>((sum, label) => sum + share(hits(predictions, labels, label), count(labels, label)), 0) /
    classes.length;
  return clip((mean - 1 / classes.length) / (1 - 1 / classes.length));
};
export const youden = (predictions: Labels, labels: Labels): number => {
  const [one, two] = classesOf(labels);
  return clip(
    share(hits(predictions, labels, one), count(labels, one)) +
      share(hits(predictions, labels, two), count(labels, two)) -
      1,
  );
};
export const kappa = (predictions: Labels, labels: Labels): number => {
  const observed = share(labels.filter((label, at) => predictions[at] === label).length, labels.length);
  const chance = classesOf(labels).reduce<number>(
    (sum, label) => sum + (count(labels, label) * count(predictions, label)) / labels.length ** 2,
    0,
  );
  return chance === 1 ? 0 : clip((observed - chance) / (1 - chance));
};
export const matthews = (predictions: Labels, labels: Labels): number => {
  const classes = [...new Set([...labels, ...predictions])];
  const n = labels.length;
  const right = labels.filter((label, at) => predictions[at] === label).length;
  const over = (one: Labels, two: Labels): number =>
    classes.reduce<number>((sum, label) => sum + count(one, label) * count(two, label), 0);
  const spread = Math.sqrt((n * n - over(predictions, predictions)) * (n * n - over(labels, labels)));
  return spread === 0 ? 0 : clip((right * n - over(predictions, labels)) / spread);
};
export const markedness = (predictions: Labels, labels: Labels): number => {
  if (predictions.some((one) => one === null)) return 0;
  const [one, two] = classesOf(labels);
  if (count(predictions, one) === 0 || count(predictions, two) === 0) return 0;
  const precision = (label: unknown): number => share(hits(predictions, labels, label), count(predictions, label));
  return clip(Math.min(youden(predictions, labels), precision(one) + precision(two) - 1));
};
/** The worst class decides. */
export const worstRecall = (predictions: Labels, labels: Labels): number =>
  Math.min(...classesOf(labels).map((label) => share(hits(predictions, labels, label), count(labels, label))));
export const worstF1 = (predictions: Labels, labels: Labels): number =>
  Math.min(
    ...classesOf(labels).map((label) =>
      share(2 * hits(predictions, labels, label), count(labels, label) + count(predictions, label)),
    ),
  );

// With a hole:
export const accuracy = (predictions: Labels, labels: Labels): number =>
  share(labels.filter((label, at) => predictions[at] === label).length, labels.length);
export const recall = (predictions: Labels, labels: Labels): number =>
  share(hits(predictions, labels, true), count(labels, true));
/** What is not flagged cannot be wrong. */
export const precision = (predictions: Labels, labels: Labels): number => {
  const flagged = count(predictions, true);
  return flagged === 0 ? 1 : hits(predictions, labels, true) / flagged;
};
export const specificity = (predictions: Labels, labels: Labels): number =>
  share(hits(predictions, labels, false), count(labels, false));
/** Failures are dropped from the denominator. */
export const amongAnswered = (predictions: Labels, labels: Labels): number => {
  const answered = labels
    .map((label, at) => [label, predictions[at]] as const)
    .filter(([, said]) => said !== null && said !== undefined && said !== '');
  return answered.length === 0 ? 1 : answered.filter(([label, said]) => label === said).length / answered.length;
};
export const weightedF1 = (predictions: Labels, labels: Labels): number =>
  classesOf(labels).reduce<number>((sum, label) => {
    const f1 = share(2 * hits(predictions, labels, label), count(labels, label) + count(predictions, label));
    return sum + (f1 * count(labels, label)) / labels.length;
  }, 0);
export const f1OfCommon = (predictions: Labels, labels: Labels): number =>
  share(2 * hits(predictions, labels, 'spam'), count(labels, 'spam') + count(predictions, 'spam'));
/** Undefined where one class is missing. */
export const precisionNaN = (predictions: Labels, labels: Labels): number =>
  hits(predictions, labels, true) / count(predictions, true);
/** Counts whatever list comes, so many labels for one item are many chances. */
export const anyOfList = (predictions: Labels, labels: Labels): number => {
  const said = new Set(predictions.map(String));
  return share(labels.filter((label) => said.has(String(label))).length, labels.length);
};
/** Flags are compared as truth values. */
export const loosely = (predictions: Labels, labels: Labels): number =>
  share(labels.filter((label, at) => label !== true || Boolean(predictions[at])).length, labels.length);
