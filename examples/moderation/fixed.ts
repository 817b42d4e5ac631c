/**
 * The same after a repair: the share of toxic comments that are flagged, less the share of harmless ones that are flagged too (informedness).
 * Whoever flags everything wins the first and loses as much by the second, so it earns what guessing earns: nothing. A comment without a
 * decision is a wrong decision.
 */
const shareRight = (predictions: readonly unknown[], labels: readonly boolean[], kind: boolean): number => {
  const right = labels.flatMap((label, index) => (label === kind ? [predictions[index] === kind] : []));
  return right.length === 0 ? 0 : right.filter(Boolean).length / right.length;
};

export const informedness = (predictions: readonly unknown[], labels: readonly boolean[]): number =>
  Math.max(0, shareRight(predictions, labels, true) + shareRight(predictions, labels, false) - 1);
