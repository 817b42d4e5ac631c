/**
 * The same after a repair: the mean of two shares, of toxic comments that are flagged and of harmless ones that are let through.
 * Whoever flags everything has the first and loses the second. A comment without a decision is a wrong decision.
 */
export const balancedAccuracy = (predictions: readonly unknown[], labels: readonly boolean[]): number => {
  const shares = [true, false].map((kind) => {
    const members = labels.flatMap((label, index) => (label === kind ? [predictions[index] === kind] : []));
    return members.length === 0 ? null : members.filter(Boolean).length / members.length;
  });
  const known = shares.filter((share) => share !== null);
  return known.reduce((sum, share) => sum + share, 0) / known.length;
};
