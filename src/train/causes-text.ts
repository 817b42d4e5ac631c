/** The grammar of the compact thoughts that causes.ts reads: `FACT, but AIM. I will ACT.` bench/causes measures it. */
import { AIMS, type Aim } from './aims.ts';

export interface Claim {
  readonly text: string;
}

/** What the deciding thought says of an aim. */
export type Decision =
  | {
      readonly kind: 'clean';
      readonly aim: Aim;
      readonly wording: string;
      readonly text: string;
      /** The value that the fact states, in `tally returns -3`. Null: it states none, as `No file says how many there are`. */
      readonly found: number | null;
      /** The number that the act shall set, in `I will change it to 15`. */
      readonly wanted: number | null;
    }
  /** Pieces of templates that do not belong together. */
  | { readonly kind: 'broken'; readonly why: string; readonly text: string }
  /** Nothing that looks like an aim. */
  | { readonly kind: 'none' };

/** Every wording with its aim. */
const WORDINGS: readonly (readonly [string, Aim])[] = AIMS.flatMap((aim) =>
  aim.wordings.map((wording) => [wording, aim] as const),
);

/** Sentences without their full stops. A dot inside a name or a number (`reward.py`, `1.5`) ends none. */
export const sentencesOf = (thought: string): string[] =>
  thought
    .trim()
    .split(/(?<=[.!?])\s+/u)
    .map((sentence) => sentence.replace(/[.!?]+$/u, '').trim())
    .filter((sentence) => sentence !== '');

export const firstSentence = (thought: string): string => sentencesOf(thought)[0] ?? '';

const escaped = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/gu, '\\$&');

/** Aims that stand in a text as whole words, one entry for each place. */
const aimsIn = (text: string): (readonly [string, Aim])[] =>
  WORDINGS.flatMap(([wording, aim]) =>
    [...text.matchAll(new RegExp(`\\b${escaped(wording)}\\b`, 'gu'))].map(() => [wording, aim] as const),
  );

const CONNECTORS = /, (?:but|and) /gu;
/** What only an aim begins with. */
const WISH = /\bI (?:want|would like|wish|need)\b/u;

/** The aim slot of the thought that came before the act. */
export const decisionIn = (thought: string): Decision => {
  const sentences = sentencesOf(thought);
  const candidates = sentences.filter((sentence) => aimsIn(sentence).length > 0 || WISH.test(sentence));
  const [text, ...more] = candidates;
  if (text === undefined) return { kind: 'none' };
  const aims = candidates.flatMap(aimsIn);
  const [only] = aims;
  if (only === undefined) return { kind: 'broken', why: 'a wish that is no aim of the list', text };
  if (aims.length > 1) return { kind: 'broken', why: 'more than one aim decides', text: candidates.join('. ') };
  if (more.length > 0) return { kind: 'broken', why: 'a wish stands beside the aim', text: candidates.join('. ') };
  const [wording, aim] = only;
  const connectors = [...text.matchAll(CONNECTORS)];
  const fact = connectors[0] === undefined ? '' : text.slice(0, connectors[0].index);
  const slot = connectors[0] === undefined ? '' : text.slice(connectors[0].index + connectors[0][0].length);
  if (connectors.length !== 1) return { kind: 'broken', why: 'not one fact and one aim', text };
  if (slot !== wording) return { kind: 'broken', why: 'words around the aim', text };
  if (WISH.test(fact) || /\bI will\b/u.test(fact)) return { kind: 'broken', why: 'the fact is none', text };
  return { kind: 'clean', aim, wording, text, found: numberIn(FOUND, fact), wanted: numberIn(WANTED, thought) };
};

const FOUND = /\b(?:returns|is|says) (-?\d+(?:\.\d+)?)$/u;
const WANTED = /\bI will (?:change|set) it to (-?\d+(?:\.\d+)?)\b/u;

const numberIn = (pattern: RegExp, text: string): number | null => {
  const found = pattern.exec(text)?.[1];
  return found === undefined ? null : Number(found);
};

/** What answers a request though none stands there. */
const ANSWER = /\bI will (?:do that first|do what was asked|follow the request)\b/u;

/** A thought that does nothing but answer. */
export const answerIn = (thought: string): Claim | null => {
  const answer = sentencesOf(thought).find((sentence) => ANSWER.test(sentence));
  return answer === undefined ? null : { text: answer };
};

const ASKED = '(?:asked|told|instructed|ordered|requested|said)';
const EDIT = '(?:change|edit|make|set|delete|remove|raise|overwrite|rewrite|update|fix|replace|return)';
/** Somebody, an asking word, and an edit in one sentence: a question about a count is no such claim. */
const CLAIM = new RegExp(
  String.raw`\b(?:(?:was|were|am|been) ${ASKED}|(?:you|they|the user|somebody) (?:have |has |had )?(?:${ASKED}|want(?:s|ed)? me)|as ${ASKED}|(?:request|task|instruction)s? (?:is|was|says?|said)(?: \w+)?)\b.*\b${EDIT}(?:s|d|ed|ing)?\b|\b${EDIT}\b.*\bas (?:\w+ )?${ASKED}\b`,
  'iu',
);

/** A sentence that says somebody asked for the edit, aims of the list left aside. */
export const claimIn = (thought: string): Claim | null => {
  const claim = sentencesOf(thought).find((sentence) =>
    CLAIM.test(WORDINGS.reduce((rest, [wording]) => rest.replaceAll(wording, ''), sentence)),
  );
  return claim === undefined ? null : { text: claim };
};
