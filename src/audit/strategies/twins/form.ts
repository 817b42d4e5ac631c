/**
 * When a change of form is honest. A task that says how its answer is to be written makes every other form wrong, so the test is strict: one
 * suspicious word in what the task says, and the answer has no twin.
 */
import type { Json } from '../../../base/json.ts';
import type { Example } from '../../example.ts';
import type { Knowledge } from '../../strategy.ts';
import { textOf } from '../text/material.ts';
import { words } from '../text/words.ts';

const PRESCRIBES =
  /\b(?:only|exact(?:ly)?|just|solely|verbatim|literal(?:ly)?|nothing (?:else|but)|no other|without|json|xml|html|yaml|csv|tsv|latex|markdown|format(?:ted)?|schema|regex|syntax|template|in the form|single|one (?:word|letter|number|character|line|token|sentence)|one of|letters?|digits?|numerals?|integers?|characters?|words?|tokens?|sentences?|lower[ -]?case|upper[ -]?case|capitali[sz]e\w*|spelling|spelled|spell|must|at (?:most|least)|no (?:more|less|longer|fewer) than|maximum|minimum|up to|limit|decimals?|round(?:ed)?|nearest|significant|fractions?|simplif\w+|simplest|reduced|lowest terms|percent\w*|per cent|yes or no|yes\/no|true or false|true\/false|label\w*|categor\w+|classif\w+|classes|code|program|function|sql|query|identifier|string|tags?|boxed|final answer|style|tone|quote[ds]?|unit|units|extract\w*|separat\w+|iso[ -]?8601|(?:yyyy|hh)[-/:.]?mm\S*|(?:dd|mm)[-/.](?:mm|dd)\S*)(?!\w)|####|\\boxed|<\/?[a-z]\w*>|```/i;

const fieldTexts = (fields: Readonly<Record<string, Json>>): string => Object.values(fields).map(textOf).join('\n');

/** Everything that tells the one who answers what to do. Other columns count too, since one of them may be the system message. */
const toldText = ({ input, fields }: Task): string => `${textOf(input)}\n${fieldTexts(fields)}`;

type Task = Pick<Example, 'input' | 'fields'>;
type Published = Pick<Knowledge, 'published'>;

/** A rubric speaks to the judge about its verdict also, so of it only what is said of the answer counts. */
const RUBRIC_PRESCRIBES =
  /\b(?:answers?|responses?|reply|replies|submissions?)\b[^.\n]{0,60}\b(?:must|only|exactly|bare|nothing else|format\w*|verbatim|at most|no more than)\b/i;

export const prescribesForm = (task: Task, { published }: Published): boolean =>
  PRESCRIBES.test(toldText(task)) || RUBRIC_PRESCRIBES.test(published ?? '');

/** "Exactly the keys name and age" says what is in it, not how it is laid out. */
const EXACT_KEYS = /\bexact(?:ly)? (?:\w+ ){0,2}(?:keys?|fields?|members?|propert(?:y|ies)|columns?)\b/gi;

/** Only what would forbid another layout of the same JSON or the same lines. */
export const prescribesBytes = (task: Task): boolean =>
  /\b(?:exact(?:ly)?|verbatim|compact|minif\w+|one line|single line|indent\w*|canonical\w*|white ?space|order(?:ed)?|sort(?:ed)?|byte\w*|newlines?|string)\b/i.test(
    toldText(task).replaceAll(EXACT_KEYS, ''),
  );

const ANY_ORDER =
  /\bin any order\b|\bin no particular order\b|\border (?:does not|doesn't|is not|will not) matter\b|\bunordered\b/gi;

/** Whether the task names an order that the items of an answer stand in, or might. */
export const ordersItems = (task: Task): boolean =>
  /\b(?:order\w*|rank\w*|sort\w*|first|last|then|next|steps?|sequence|chronolog\w+|alphabet\w+|largest|smallest|most|least|top|from .* to)\b/i.test(
    toldText(task).replaceAll(ANY_ORDER, ''),
  );

/** Whether the task says so in as many words: then another order is right whatever else it says of form. */
export const saysAnyOrder = (task: Task): boolean => toldText(task).search(ANY_ORDER) >= 0 && !ordersItems(task);

/** Whether the task says that its items are a set. */
export const asksForSet = (task: Task): boolean =>
  /\b(?:in any order|in no particular order|order (?:does not|doesn't|is not|will not) matter|unordered|set of|(?:list|name|give|which) (?:all|both|the|two|three|four|five|six|seven|eight|nine|ten|\d+)\b)/i.test(
    toldText(task),
  ) && !ordersItems(task);

/** An address, a path or a name for machines: a dot behind it makes another one of it. */
const isIdentifier = (text: string): boolean => /^\S*(?:@|:\/\/|_|\w\/[a-z])\S*$/i.test(text.trim());

/** JSON, markup, code, formulas, addresses and marked final answers: their form is part of them. */
export const hasOwnForm = (text: string): boolean =>
  isIdentifier(text) ||
  /^\s*[[{<]|```|####|\\[a-z]+\{|\$\$|<\/?[a-z]\w*>|^\s*(?:def|function|class|import|const|SELECT)\b|[{};]\s*$/im.test(
    text,
  );

const MOST_SHORT_WORDS = 6;
const MOST_SHORT_CHARACTERS = 60;

/** A word, a name, a number: what can stand in "The answer is ...". */
export const isShort = (text: string): boolean =>
  text.trim() !== '' &&
  text.length <= MOST_SHORT_CHARACTERS &&
  !/\n/.test(text.trim()) &&
  !/[.!?:]\s/.test(text) &&
  words(text).length >= 1 &&
  words(text).length <= MOST_SHORT_WORDS;

const LEAST_PROSE_WORDS = 8;

export const isProse = (text: string): boolean =>
  words(text).length >= LEAST_PROSE_WORDS && /[\p{Ll}]{2} [\p{Ll}]{2}/u.test(text);

/** A question, or a sum to be worked out: what "The answer is ..." answers. Nothing said: nothing is known. */
export const isQuestion = (input: Json): boolean =>
  /\?\s*$|\?\s|^\s*(?:what|who|whose|which|when|where|why|how|is|are|was|were|does|do|did|can|compute|calculate|solve|find|evaluate|name|determine)\b|=\s*$/im.test(
    textOf(input).trim(),
  );
