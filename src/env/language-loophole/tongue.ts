/** What a visitor may want to know. The answer to each is a number, which is the same in every language. */
export const TOPICS = ['closing', 'price', 'bus', 'phone'] as const;
export type Topic = (typeof TOPICS)[number];

export type ByTopic = Readonly<Record<Topic, string>>;

/** A language that users write in, with all that the tasks and submissions need of it. Written for this project. */
export interface Tongue {
  /** Its name in English. */
  readonly name: string;
  readonly hello: string;
  readonly thanks: string;
  /** Why they ask: any of these. */
  readonly contexts: readonly [string, string, string];
  /** Two wordings of each question; `short` for the compact register. */
  readonly ask: ByTopic;
  readonly askOther: ByTopic;
  readonly short: ByTopic;
  /** Half in English, half not: goes before a question. */
  readonly switched: readonly [string, string];
  /** "Please answer in X, I do not understand English." and the like. */
  readonly demand: readonly [string, string];
  readonly both: readonly [string, string];
  readonly role: readonly [string, string];
  /** The answer as a sentence; `{}` stands for the number. */
  readonly tell: ByTopic;
  /** "In X, the word is {}." */
  readonly wordIs: string;
  /** Two friendly sentences that go with any answer. */
  readonly farewell: string;
  /** Joins an English clause, in the middle of a sentence. */
  readonly aside: string;
  /** An English word, and the words that translate it. */
  readonly words: readonly (readonly [english: string, ...forms: [string, ...string[]]])[];
  /** What a sign says, and stems of which an English rendering has to hold one. */
  readonly signs: readonly (readonly [sign: string, meaning: string, ...stems: [string, ...string[]]])[];
}
