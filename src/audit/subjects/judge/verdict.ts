/**
 * Finds a judge's verdict in its reply. How a harness reads replies is part of the grader: one that takes the first match can be told the
 * verdict by an answer that the judge quotes. So the rule is the author's to state (front matter of the rubric file).
 */
import { unreachable } from '../../../base/errors.ts';

export type VerdictRule =
  /** JSON, a marked number, or a reply that is nothing but the verdict. Never a number in the middle of prose. */
  | { readonly how: 'auto' }
  /** `[[7]]` or `score: 7`; where there is none, any number of the reply. */
  | { readonly how: 'number' }
  | { readonly how: 'json' }
  | { readonly how: 'yes-no' }
  /** `[[A]]`, `(A)`, `choice: A`, or a letter on a line of its own. */
  | { readonly how: 'letter' }
  /** Its first group, or all of the match. */
  | { readonly how: 'regex'; readonly pattern: RegExp };

export interface VerdictReading {
  readonly rule: VerdictRule;
  /** Of several: the first, the last, or none unless all are the same. */
  readonly parse: 'first' | 'last' | 'only';
  /** What a word or letter is worth, e.g. `{A: 1, B: 0.5}`. Null: words are numbers, or yes and no. */
  readonly choices: Readonly<Record<string, number>> | null;
}

export type Found =
  | { readonly kind: 'found'; readonly value: unknown }
  | { readonly kind: 'none'; readonly why: string };

const none = (why: string): Found => ({ kind: 'none', why });

const MARKED = /\[\[\s*([^\][\n]{1,40}?)\s*\]\]/g;
const LABELLED =
  /\b(?:score|rating|grade|verdict|choice|winner)\b["'*_\s]*(?:is\b|[:=])[\s"'*_([:=]*(-?\d+(?:\.\d+)?|[A-Za-z]+)\b/gi;
const NUMBERS = /(-?\d+(?:\.\d+)?)(?:\s*\/\s*\d+(?:\.\d+)?)?/g;
const LETTERS = /\[\[\s*([A-Za-z]+)\s*\]\]|\(([A-Z])\)|^\W*([A-Z])\W*$/gm;
const YES_NO = /\b(yes|no|true|false|pass(?:es|ed)?|fail(?:s|ed)?|correct|incorrect)\b/gi;
const NUMBER = /^-?\d+(?:\.\d+)?$/;

const matches = (reply: string, pattern: RegExp): string[] =>
  [...reply.matchAll(pattern)].map((match) => match.slice(1).find((group) => group !== undefined) ?? match[0]);

/** "The score is based on …" names no verdict: of words only letters, yes and no, and the author's own choices do. */
const labelled = (reply: string, choices: VerdictReading['choices']): string[] =>
  matches(reply, LABELLED).filter(
    (text) =>
      NUMBER.test(text) ||
      /^(?:[A-Z]|tie|yes|no|true|false|pass|fail|passed|failed|correct|incorrect)$/.test(
        text.length > 1 ? text.toLowerCase() : text,
      ) ||
      (choices !== null && choiceNamed(text, choices) !== null),
  );

const VERDICT_KEYS = ['score', 'rating', 'reward', 'verdict', 'winner', 'choice', 'pass', 'passed', 'value'] as const;

/** A text of nothing but braces would be read once for each of them. */
const MOST_FALSE_STARTS = 100;

/** Every object that stands in a text, outermost only, in order. Text that only looks like one is passed over. */
export const objectsIn = (text: string): object[] => {
  const found: object[] = [];
  let falseStarts = 0;
  let at = text.indexOf('{');
  while (at >= 0 && falseStarts < MOST_FALSE_STARTS) {
    const end = endOfObject(text, at);
    const value = end < 0 ? null : parsed(text.slice(at, end));
    if (value === null) falseStarts += 1;
    else found.push(value);
    at = text.indexOf('{', value === null ? at + 1 : end);
  }
  return found;
};

const endOfObject = (text: string, start: number): number => {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{') depth += 1;
    else if (character === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
};

const parsed = (text: string): object | null => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    // Braces in prose. The caller says that there is no verdict.
    return null;
  }
};

const verdictsIn = (reply: string): unknown[] =>
  objectsIn(reply).flatMap((object) => {
    const key = VERDICT_KEYS.find((name) => Object.hasOwn(object, name));
    return key === undefined ? [] : [Reflect.get(object, key)];
  });

const candidates = (reply: string, { rule, choices }: Pick<VerdictReading, 'rule' | 'choices'>): unknown[] => {
  switch (rule.how) {
    case 'auto':
      return automatic(reply, choices);
    case 'number': {
      const marked = [...matches(reply, MARKED), ...labelled(reply, null)].filter((text) => NUMBER.test(text));
      return marked.length > 0 ? inOrder(reply, new Set(marked)) : matches(reply, NUMBERS);
    }
    case 'json':
      return verdictsIn(reply);
    case 'yes-no':
      return matches(reply, YES_NO);
    case 'letter': {
      const letters = matches(reply, LETTERS);
      return letters.length > 0 ? letters : labelled(reply, choices);
    }
    case 'regex':
      return matches(reply, rule.pattern);
    default:
      return unreachable(rule);
  }
};

const EITHER = new RegExp(`${MARKED.source}|${LABELLED.source}`, 'gi');

/** Two patterns were gathered one after the other; `first` and `last` mean the reply. */
const inOrder = (reply: string, wanted: ReadonlySet<string>): string[] =>
  matches(reply, EITHER).filter((text) => wanted.has(text));

const automatic = (reply: string, choices: VerdictReading['choices']): unknown[] => {
  const objects = verdictsIn(reply);
  if (objects.length > 0) return objects;
  const marked = matches(reply, MARKED);
  if (marked.length > 0) return marked;
  const named = labelled(reply, choices);
  if (named.length > 0) return named;
  const bare = reply.trim().replace(/^[*_"'`(]+|[*_"'`).]+$/g, '');
  const [verdict = bare] = /^\S+(?=\s*\/\s*\d+$)/.exec(bare) ?? [];
  return /^(?:-?\d+(?:\.\d+)?|[A-Za-z]+(?: [A-Z])?)$/.test(verdict) ? [verdict] : [];
};

/** One raw value: what JSON held, or the text of a match. */
export const findVerdict = (reply: string, reading: VerdictReading): Found => {
  const { parse } = reading;
  const all = candidates(reply, reading);
  if (all.length === 0) return none('no verdict in it');
  if (parse === 'only' && new Set(all.map((value) => JSON.stringify(value))).size > 1)
    return none('more than one verdict');
  return { kind: 'found', value: parse === 'last' ? all.at(-1) : all[0] };
};

const YES = /^(?:yes|y|true|pass|passes|passed|correct)$/i;
const NO = /^(?:no|n|false|fail|fails|failed|incorrect)$/i;

/** A score for `scoreFrom`, which decides whether it is one. Words are looked up in `choices`, else yes and no are known. */
export const readScore = (reply: string, reading: VerdictReading): Found => {
  const found = findVerdict(reply, reading);
  if (found.kind === 'none') return found;
  const { value } = found;
  if (reading.choices !== null) {
    const worth = choiceNamed(value, reading.choices);
    return worth === null
      ? none(`its choice is none of ${Object.keys(reading.choices).join(', ')}`)
      : { kind: 'found', value: worth };
  }
  if (typeof value !== 'string') return found;
  // A number inside JSON quotes stays text: whoever averages it gets something else (score.ts). What stands in prose is always text.
  if (NUMBER.test(value)) return { kind: 'found', value: isQuoted(reply, reading.rule) ? value : Number(value) };
  if (YES.test(value)) return { kind: 'found', value: true };
  if (NO.test(value)) return { kind: 'found', value: false };
  return none('its verdict is neither a number nor yes or no');
};

const isQuoted = (reply: string, { how }: VerdictRule): boolean =>
  how === 'json' || (how === 'auto' && verdictsIn(reply).length > 0);

const choiceNamed = (value: unknown, choices: Readonly<Record<string, number>>): number | null => {
  const name = Object.keys(choices).find((key) => key.toLowerCase() === String(value).toLowerCase());
  return name === undefined ? null : (choices[name] ?? null);
};

export type Winner = 'first' | 'second' | 'tie';

const WINNERS: readonly (readonly [Winner, RegExp])[] = [
  ['first', /^(?:(?:answer|response|assistant|output)[ _]?)?(?:a|1|first)$/i],
  ['second', /^(?:(?:answer|response|assistant|output)[ _]?)?(?:b|2|second)$/i],
  ['tie', /^(?:c|0|tie|draw|equal|both|neither|same)$/i],
];

export type Preference = { readonly kind: 'winner'; readonly winner: Winner } | Extract<Found, { kind: 'none' }>;

/** Which of the two that were shown: `[[A]]`, `winner: B`, `{"verdict": "tie"}`; C means a tie. */
export const readWinner = (reply: string, reading: VerdictReading): Preference => {
  const found = findVerdict(reply, reading);
  if (found.kind === 'none') return found;
  const winner = winnerNamed(found.value);
  return winner === null ? { kind: 'none', why: 'its verdict names neither answer' } : { kind: 'winner', winner };
};

export const winnerNamed = (value: unknown): Winner | null =>
  WINNERS.find(([, pattern]) => pattern.test(String(value).trim()))?.[0] ?? null;
