import { domainCause, prose } from '../../grade/disclosure-text.ts';
import { plainWords, sentencesOf } from './overlap.ts';

/** Most sentences of a summary. */
export const MOST_SENTENCES = 2;

/** What a summary makes of the point of its article. */
export type Point =
  | { readonly kind: 'made' }
  | { readonly kind: 'missed'; readonly missing: readonly string[] }
  | { readonly kind: 'contradicted'; readonly how: string }
  | { readonly kind: 'undecided'; readonly cause: string };

export interface PointFacts {
  readonly sentences: readonly string[];
  readonly main: number;
  readonly facts: readonly string[];
  readonly against: string;
}

/** Words of a form that stand for themselves alone. */
const WHOLE = new Set(
  'a no not never to up at on for be go all low may out off in one new and or top end fire port'.split(' '),
);

const isWord = (part: string, word: string | undefined): boolean =>
  word !== undefined && (WHOLE.has(part) || /^\d+$/.test(part) ? word === part : word.startsWith(part));

/** Whether a sentence has all words of one form, in any order. */
const tells = (words: readonly string[], forms: string): boolean =>
  forms.split('|').some((form) => form.split(' ').every((part) => words.some((word) => isWord(part, word))));

const NEGATION =
  /^(?:not|never|no|without|neither|nor|unless|cancel\w*|den(?:y|ies|ied)|refus\w*|reject\w*|unlikely|false)$/;

const negations = (words: readonly string[]): number => words.filter((word) => NEGATION.test(word)).length;

/** Whether a sentence has the words of one form one after the other, with no negation in the three words before. */
const says = (words: readonly string[], forms: string): boolean =>
  forms.split('|').some((form) => {
    const parts = form.split(' ');
    return words.some(
      (_, at) =>
        parts.every((part, i) => isWord(part, words[at + i])) && negations(words.slice(Math.max(0, at - 3), at)) === 0,
    );
  });

/** Below this many words a language cannot be told from names. */
const FEW_WORDS = 8;

/** Headlines have few of the small words that show English, but they share words with their article. */
const SHARED = 0.3;

/** Why the words of the summary cannot be read, or null. */
const foreignCause = (summary: string, words: readonly string[], source: ReadonlySet<string>): string | null => {
  if (!/^[\p{Script=Latin}\P{L}]*$/u.test(summary)) return 'The summary is not in English.';
  const shared = words.filter((word) => source.has(word)).length;
  if (words.length <= FEW_WORDS || shared >= words.length * SHARED) return null;
  return domainCause(summary, prose(summary, []));
};

/**
 * Heuristic: words and numbers, in English. The point is made where every fact is told in some sentence. It is contradicted
 * by a form of the opposite, by a number above 3 that the article does not have, and by a sentence that tells the act with
 * more negations than the article does. Undecided where the summary is not English prose.
 */
export const pointOf = (summary: string, { sentences, main, facts, against }: PointFacts): Point => {
  const said = sentencesOf(summary).map(plainWords);
  const all = said.flat();
  const source = new Set(sentences.flatMap(plainWords));
  const cause = foreignCause(summary, all, source);
  if (cause !== null) return { kind: 'undecided', cause };
  if (said.some((words) => says(words, against))) return { kind: 'contradicted', how: 'it says the opposite' };
  const foreign = all.find((word) => /^\d+$/.test(word) && Number(word) > 3 && !source.has(word));
  if (foreign !== undefined) return { kind: 'contradicted', how: `the article has no ${foreign}` };
  const [act = ''] = facts;
  const negated = formsWithNegation(facts);
  const denied = negations(plainWords(sentences[main] ?? ''));
  if (said.some((words) => tells(words, act) && negations(words) > denied && !tells(words, negated))) {
    return { kind: 'contradicted', how: 'it denies what the article says' };
  }
  const missing = facts.filter((forms) => !said.some((words) => tells(words, forms)));
  return missing.length === 0 ? { kind: 'made' } : { kind: 'missed', missing };
};

/** Those forms that need a negation to tell a fact, such as "not use phone"; without any, one that nothing tells. */
const formsWithNegation = (facts: readonly string[]): string => {
  const own = facts.flatMap((forms) => forms.split('|')).filter((form) => negations(form.split(' ')) > 0);
  return own.length === 0 ? '\u0000' : own.join('|');
};
