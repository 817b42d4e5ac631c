import { canonicalJson, type Json } from '../../base/json.ts';
import { type Answer, isFiles, isText, isVector } from '../answer.ts';
import type { Example } from '../example.ts';
import { decidesAlike } from './decisive.ts';
import { asWritten, jsonIn, normalJson, normalText } from './normal.ts';
import { asksRefusal, isRefusal } from './refusal.ts';
import { gainOver } from './vector.ts';

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

const isScalar = (value: Json): boolean => typeof value !== 'object' || value === null;

/** A reference is one right answer; a list of texts or numbers is several. */
const rightAnswersOf = (reference: Json): readonly Json[] => {
  if (reference === null) return [];
  if (!isList(reference)) return [reference];
  const choices = reference.filter(isScalar);
  return choices.length === reference.length ? [reference, ...choices] : [reference];
};

/** `B` where the second option is meant, and the other way round. */
const sameOption = (options: readonly string[], answer: string, right: string): boolean => {
  const at = (text: string): number => {
    const normal = normalText(text);
    const named = options.findIndex((option) => normalText(option) === normal);
    if (named >= 0) return named;
    return /^\p{L}$/u.test(normal) ? normal.charCodeAt(0) - 'a'.charCodeAt(0) : -1;
  };
  const index = at(answer);
  return index >= 0 && index < options.length && index === at(right);
};

/** What white space and a frame may add to a right answer; a longer one is another answer. */
const ROOM = 2_000;
const lengthOf = (right: Json): number => (typeof right === 'string' ? right : JSON.stringify(right)).length;

/**
 * Whether somebody labelled this text wrong as it stands, while no right answer is written so: `CO` where the answer is `Co`. Then its form is what is
 * wrong about it, and forgiving the form would forgive the fault.
 */
const isLabelledWrong = (answer: string, rights: readonly Json[], knownBad: readonly Answer[]): boolean => {
  const bads = knownBad.filter(isText);
  if (bads.length === 0) return false;
  const written = asWritten(answer);
  return (
    bads.some((bad) => asWritten(bad) === written) && !rights.some((right) => asWritten(scalarText(right)) === written)
  );
};

const scalarText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

const textMayBeRight = (answer: string, example: Example): boolean => {
  const { reference, knownGood, knownBad, options } = example;
  const rights = [...rightAnswersOf(reference), ...knownGood.filter(isText)];
  if (isLabelledWrong(answer, rights, knownBad)) return false;
  if (rights.length === 0 || answer.length > ROOM + 2 * Math.max(...rights.map(lengthOf))) return false;
  if (asksRefusal(example) && isRefusal(answer)) return true;
  const normal = normalText(answer);
  const json = jsonIn(answer);
  const asJson = json === null ? null : normalJson(json);
  return rights.some((right) => {
    if (decidesAlike(answer, typeof right === 'string' ? right : JSON.stringify(right))) return true;
    if (normalJson(right) === normal || (asJson !== null && normalJson(parsed(right)) === asJson)) return true;
    return options !== null && typeof right !== 'object' && sameOption(options, answer, String(right));
  });
};

const parsed = (right: Json): Json => (typeof right === 'string' ? (jsonIn(right) ?? right) : right);

const vectorMayBeRight = (answer: readonly Json[], example: Example, luck: number): boolean => {
  const same = (other: Json): boolean => normalJson(other) === normalJson(answer);
  if (
    example.knownGood.some((good) => isVector(good) && same(good)) ||
    (example.reference !== null && same(example.reference))
  )
    return true;
  return (
    example.items !== null &&
    gainOver(
      answer,
      example.items.map(({ label }) => label),
    ) > luck
  );
};

/** White space at the ends of lines, and empty files, make no difference to a program. */
const normalFiles = (files: Readonly<Record<string, string>>): string =>
  canonicalJson(
    Object.fromEntries(
      Object.entries(files)
        .map(([path, text]) => [path.replace(/^\.\//, ''), text.replaceAll(/[ \t\r]+$/gm, '').trim()] as const)
        .filter(([, text]) => text !== ''),
    ),
  );

/** Whether an answer is as good as one that is known to be right, or better than luck explains. */
export const isMaybeRight = (answer: Answer, example: Example, luck: number): boolean => {
  if (isText(answer)) return textMayBeRight(answer, example);
  if (isVector(answer)) return vectorMayBeRight(answer, example, luck);
  const normal = normalFiles(answer);
  return example.knownGood.some((good) => isFiles(good) && normalFiles(good) === normal);
};
