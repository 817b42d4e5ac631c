/** Graders that sometimes give no score. */
export const throwsOnEmpty = (answer: string, reference: string): number => {
  const [first] = answer
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (first === undefined) throw new RangeError('no words');
  return answer.trim() === reference ? 1 : 0;
};
export const notANumber = (answer: string, reference: string): number => {
  const words = answer
    .trim()
    .split(/\s+/)
    .filter((word) => /\p{L}|\d/u.test(word));
  return words.filter((word) => word === reference).length / words.length;
};
export const textScore = (answer: string, reference: string): string => (answer.trim() === reference ? '1.0' : '0.0');
export const aboveOne = (answer: string, reference: string): number => answer.split(reference).length - 1;
export const percent = (answer: string, reference: string): number => (answer.trim() === reference ? 100 : 0);
let calls = 0;
export const wavers = (answer: string, reference: string): number => {
  calls += 1;
  return answer.trim() === reference ? 1 : (calls % 10) / 25;
};
export const dice = (answer: string, reference: string): number =>
  (answer.trim() === reference ? 0.9 : 0.1) + Math.random() / 10;
export const nothing = (answer: string, reference: string): number | undefined => {
  if (answer.trim() === reference) return 1;
  if (/^\d+$/.test(answer.trim())) return 0;
  return undefined;
};
export const crashesOnJson = (answer: string, reference: Record<string, unknown>): number => {
  const value = JSON.parse(answer) as Record<string, unknown>;
  return Object.keys(reference).every((key) => value[key] === reference[key]) ? 1 : 0;
};
/** A pattern that takes ages on a long word without an end. */
export const backtracks = (answer: string, reference: string): number => {
  const found = /^(?:\s*(?:[a-z0-9]+,?)+\s*)+$/i.test(answer.trim());
  return found && answer.trim() === reference ? 1 : 0;
};
