import { BYTE_CHARACTERS } from '../../../src/engine/tokenizer/byte-level.ts';

/**
 * Byte-level byte-pair encoding, learnt from counts of text pieces. Deterministic: of pairs that are equally frequent the
 * one that is first in the order of its text is merged.
 */

/** Each digit alone, then words, marks and blanks apart, a blank with the word behind it (GPT-2's expression). */
const PIECE = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;

/** The pieces of a text: no merge crosses their borders. */
export const piecesOf = (text: string): readonly string[] =>
  text.split(/(\d)/).flatMap((part) => (part === '' ? [] : (part.match(PIECE) ?? [])));

const symbolsOf = (piece: string): string[] =>
  Array.from(Buffer.from(piece, 'utf8'), (byte) => BYTE_CHARACTERS[byte] ?? '');

/** Two symbols that stand side by side. No symbol holds a blank. */
type Pair = `${string} ${string}`;

interface Word {
  symbols: string[];
  readonly count: number;
}

const pairAt = (symbols: readonly string[], at: number): Pair => `${symbols[at] ?? ''} ${symbols[at + 1] ?? ''}`;

/** Counts of pairs, and the words that may hold each. */
const indexOf = (words: readonly Word[]): { counts: Map<Pair, number>; holders: Map<Pair, Set<Word>> } => {
  const counts = new Map<Pair, number>();
  const holders = new Map<Pair, Set<Word>>();
  for (const word of words) countWord(word, 1, counts, holders);
  return { counts, holders };
};

const countWord = (word: Word, sign: 1 | -1, counts: Map<Pair, number>, holders: Map<Pair, Set<Word>>): void => {
  for (let at = 0; at + 1 < word.symbols.length; at++) {
    const pair = pairAt(word.symbols, at);
    counts.set(pair, (counts.get(pair) ?? 0) + sign * word.count);
    if (sign < 0) continue;
    const held = holders.get(pair);
    if (held === undefined) holders.set(pair, new Set([word]));
    else held.add(word);
  }
};

const best = (counts: ReadonlyMap<Pair, number>): Pair | null => {
  let found: Pair | null = null;
  let most = 1;
  for (const [pair, count] of counts) {
    if (count > most || (count === most && found !== null && pair < found)) [found, most] = [pair, count];
  }
  return found;
};

const merged = (symbols: readonly string[], pair: Pair): string[] => {
  const out: string[] = [];
  for (let at = 0; at < symbols.length; at++) {
    if (at + 1 < symbols.length && pairAt(symbols, at) === pair) out.push(`${symbols[at] ?? ''}${symbols[++at] ?? ''}`);
    else out.push(symbols[at] ?? '');
  }
  return out;
};

/** Up to `merges` merges, in the order in which they are applied. `counts`: how often each piece occurs. */
export const learnMerges = (
  counts: ReadonlyMap<string, number>,
  merges: number,
): readonly (readonly [left: string, right: string])[] => {
  const words = [...counts].map(([piece, count]): Word => ({ symbols: symbolsOf(piece), count }));
  const index = indexOf(words);
  const learnt: (readonly [string, string])[] = [];
  while (learnt.length < merges) {
    const pair = best(index.counts);
    if (pair === null) break;
    const [left = '', right = ''] = pair.split(' ');
    learnt.push([left, right]);
    for (const word of index.holders.get(pair) ?? []) {
      countWord(word, -1, index.counts, index.holders);
      word.symbols = merged(word.symbols, pair);
      countWord(word, 1, index.counts, index.holders);
    }
    index.counts.delete(pair);
    index.holders.delete(pair);
  }
  return learnt;
};

/** A piece without the blank in front of it, where a word, mark or digit follows the blank. */
export const bareOf = (piece: string): string => (/^ \S/u.test(piece) ? piece.slice(1) : piece);

type Merges = readonly (readonly [left: string, right: string])[];

/** The symbols of a text after all merges, the earliest learnt first. */
const splitBy = (ranks: ReadonlyMap<string, number>, text: string): readonly string[] => {
  let symbols = symbolsOf(text);
  for (;;) {
    let found: Pair | null = null;
    let lowest = Number.POSITIVE_INFINITY;
    for (let at = 0; at + 1 < symbols.length; at++) {
      const rank = ranks.get(pairAt(symbols, at)) ?? Number.POSITIVE_INFINITY;
      if (rank < lowest) [found, lowest] = [pairAt(symbols, at), rank];
    }
    if (found === null) return symbols;
    symbols = merged(symbols, found);
  }
};

const BLANK = BYTE_CHARACTERS[0x20] ?? '';

/** What the words with a blank in front of them begin with, most frequent first, ties in order of the text. */
const heads = (merges: Merges, counts: ReadonlyMap<string, number>): readonly string[] => {
  const ranks = new Map(merges.map(([left, right], rank) => [`${left} ${right}`, rank] as const));
  const seen = new Map<string, number>();
  for (const [piece, count] of counts) {
    const bare = bareOf(piece);
    if (bare === piece) continue;
    const [head = ''] = splitBy(ranks, bare);
    seen.set(head, (seen.get(head) ?? 0) + count);
  }
  return [...seen].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([head]) => head);
};

/**
 * Merges under which a word is split the same whether or not a blank precedes it: they are learnt on words without
 * blanks, and the last ones join a blank to a word's first token. So each such token has a *twin*, and to copy a word from
 * running text to the start of a line is to change one thing, the same for all words. At most `merges` in all.
 */
export const learnTwinnedMerges = (counts: ReadonlyMap<string, number>, merges: number): Merges => {
  const bare = new Map<string, number>();
  for (const [piece, count] of counts) bare.set(bareOf(piece), (bare.get(bareOf(piece)) ?? 0) + count);
  const all = learnMerges(bare, merges);
  // The most words that leave room for the twins of all their heads: found by halving, since twins grow with words.
  let [fits, tooMany] = [0, all.length + 1];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (middle + heads(all.slice(0, middle), counts).length <= merges) fits = middle;
    else tooMany = middle;
  }
  const words = all.slice(0, fits);
  const twins = heads(words, counts)
    .slice(0, merges - words.length)
    .map((head) => [BLANK, head] as const);
  return [...words, ...twins];
};
