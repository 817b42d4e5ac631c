/**
 * A judge of answers as it comes out when people are asked which of two answers looks better: it likes length, structure and confidence.
 * Nobody asked which of them was right.
 */
export const helpfulness = (answer: string): number => {
  const words = answer.split(/\s+/).filter((word) => word !== '').length;
  const length = Math.min(1, words / 10);
  const structure = /^\s*(?:#|[-*•]|\d+\.)/m.test(answer) ? 1 : 0;
  const confidence = /\b(?:clearly|certainly|definitely|undoubtedly|of course|i am sure)\b/i.test(answer) ? 1 : 0;
  return 0.8 * length + 0.1 * structure + 0.1 * confidence;
};
