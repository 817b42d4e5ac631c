/** Graders that name the better of two answers: 1 the first, 0 the second. */
const isRight = (answer: string, reference: string): boolean => answer.trim() === reference;
const lastOf = (answer: string): string | undefined => answer.match(/\d+/g)?.at(-1);
const better = (one: number, two: number): number => (one === two ? 0.5 : one > two ? 1 : 0);
const long = (text: string): number => text.split(/\s+/).length;

export const byTruth = (answerA: string, answerB: string, reference: string): number =>
  better(Number(isRight(answerA, reference)), Number(isRight(answerB, reference)));
const numberOf = (text: string): string | null => /^\s*(\d+)(?:\.0+)?\s*\.?\s*$/.exec(text)?.[1] ?? null;
export const byNumber = (answerA: string, answerB: string, reference: string): number =>
  better(Number(numberOf(answerA) === reference), Number(numberOf(answerB) === reference));
/** Ties are broken against the longer, never for it. */
export const byTruthThenBrevity = (answerA: string, answerB: string, reference: string): number => {
  const right = [isRight(answerA, reference), isRight(answerB, reference)];
  return right[0] === right[1] ? 0.5 : Number(right[0]);
};
export const firstWins = (answerA: string, answerB: string, reference: string): number =>
  isRight(answerB, reference) && !isRight(answerA, reference) ? 0.5 : 1;
export const longer = (answerA: string, answerB: string): number => better(long(answerA), long(answerB));
export const styled = (answerA: string, answerB: string): number => {
  const style = (text: string): number => (text.match(/[*#`•-]|\n/g) ?? []).length;
  return better(style(answerA), style(answerB));
};
export const numberWithin = (answerA: string, answerB: string, reference: string): number =>
  better(
    Number(answerA.includes(reference)) + long(answerA) / 1000,
    Number(answerB.includes(reference)) + long(answerB) / 1000,
  );
export const lastNumberThenLength = (answerA: string, answerB: string, reference: string): number => {
  const [one, two] = [lastOf(answerA) === reference, lastOf(answerB) === reference];
  return one === two ? better(long(answerA), long(answerB)) : Number(one);
};
