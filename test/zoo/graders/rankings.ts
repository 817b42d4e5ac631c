/** Metrics of ranked lists; `reference` holds the three relevant documents. */
type Ranking = readonly string[];
const gain = (at: number): number => 1 / Math.log2(at + 2);
const K = 3;

/** First K only, each document once. */
const counted = (ranking: Ranking): readonly string[] => {
  const top = ranking.slice(0, K);
  return top.filter((one, at) => top.indexOf(one) === at);
};
export const ndcg = (ranking: Ranking, reference: Ranking): number => {
  const ideal = reference.slice(0, K).reduce((sum, _one, at) => sum + gain(at), 0);
  return counted(ranking).reduce((sum, one, at) => sum + (reference.includes(one) ? gain(at) : 0), 0) / ideal;
};
export const precisionAtK = (ranking: Ranking, reference: Ranking): number =>
  counted(ranking).filter((one) => reference.includes(one)).length / K;
/** Of what was returned, all of it. */
export const f1 = (ranking: Ranking, reference: Ranking): number => {
  const hits = new Set(ranking.filter((one) => reference.includes(one))).size;
  return (2 * hits) / Math.max(1, ranking.length + reference.length);
};
export const averagePrecision = (ranking: Ranking, reference: Ranking): number => {
  const seen = new Set<string>();
  let sum = 0;
  for (const [at, one] of ranking.slice(0, K).entries()) {
    if (!reference.includes(one) || seen.has(one)) continue;
    seen.add(one);
    sum += seen.size / (at + 1);
  }
  return sum / reference.length;
};

// With a hole:
export const recall = (ranking: Ranking, reference: Ranking): number =>
  reference.filter((one) => ranking.includes(one)).length / reference.length;
export const anyHit = (ranking: Ranking, reference: Ranking): number =>
  ranking.some((one) => reference.includes(one)) ? 1 : 0;
/** Duplicates count again, and the ideal is not bounded by what there is. */
export const lengthFree = (ranking: Ranking, reference: Ranking): number =>
  Math.min(1, ranking.reduce((sum, one, at) => sum + (reference.includes(one) ? gain(at) : 0), 0) / 1.5);
export const firstKinds = (ranking: Ranking): number => (ranking.length >= K ? 1 : ranking.length / K);
