import type { Json } from '../base/json.ts';
import type { Answer } from '../record/audit.ts';

export type { Answer } from '../record/audit.ts';

/** A prediction for each item of a data set; null where it abstains. */
export type Vector = readonly Json[];
/** A program: text by relative path. */
export type Files = Readonly<Record<string, string>>;

export type AnswerKind = 'text' | 'vector' | 'files';

export const isText = (answer: Answer): answer is string => typeof answer === 'string';
export const isVector = (answer: Answer): answer is Extract<Answer, readonly Json[]> => Array.isArray(answer);
export const isFiles = (answer: Answer): answer is Extract<Answer, Record<string, string>> =>
  !isText(answer) && !isVector(answer);

export const answerKind = (answer: Answer): AnswerKind =>
  isText(answer) ? 'text' : isVector(answer) ? 'vector' : 'files';

/** Smaller is cheaper: characters of a text or of all files, predictions that are not null. The measure that shrinking lowers. */
export const sizeOf = (answer: Answer): number => {
  if (isText(answer)) return answer.length;
  if (isVector(answer)) return answer.filter((value) => value !== null).length;
  return Object.entries(answer).reduce((sum, [path, text]) => sum + path.length + text.length, 0);
};
