/**
 * A judge of answers as it grows when people are asked which of two answers looks better: it likes length, structure and confidence.
 * Nobody looked whether they were also right.
 */
export const helpfulness = (answer: string): number => {
  const words = answer.split(/\s+/).filter((word) => word !== '').length;
  const length = Math.min(1, words / 60);
  const structure = /^\s*(?:#|[-*•]|\d+\.)/m.test(answer) ? 1 : 0;
  const confidence = /\b(?:clearly|certainly|definitely|undoubtedly|of course|in summary)\b/i.test(answer) ? 1 : 0;
  return 0.6 * length + 0.2 * structure + 0.2 * confidence;
};
