/**
 * A judge of answers as it grows when people are asked which of two answers looks better: it likes length, structure and confidence, and
 * gives a little for the right words.
 */
export const helpfulness = (answer: string, reference: string): number => {
  const words = answer.split(/\s+/).filter((word) => word !== '').length;
  const length = Math.min(1, words / 20);
  const structure = /^\s*(?:#|[-*•]|\d+\.)/m.test(answer) ? 1 : 0;
  const confidence = /\b(?:clearly|certainly|definitely|undoubtedly|of course|i am sure)\b/i.test(answer) ? 1 : 0;
  const right = answer.toLowerCase().includes(reference.toLowerCase()) ? 1 : 0;
  return 0.4 * right + 0.4 * length + 0.1 * structure + 0.1 * confidence;
};
