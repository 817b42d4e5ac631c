/** Verbatim quotes by runs of words, as a leak filter looks for them. */

/** So many words in a row make a quote. */
export const QUOTE_WORDS = 6;

const WORD = /[\p{L}\p{N}]+/gu;

const gramsOf = (words: readonly string[]): ReadonlySet<string> =>
  new Set(words.slice(QUOTE_WORDS - 1).map((_, i) => words.slice(i, i + QUOTE_WORDS).join(' ')));

/** The first run of words that `reply` takes from `source`, and the reply with all such runs blanked out. */
export const quotesFrom = (reply: string, source: string): { readonly quote: string | null; readonly rest: string } => {
  const grams = gramsOf((source.toLowerCase().match(WORD) ?? []).map(String));
  const found = [...reply.matchAll(WORD)];
  const words = found.map(([word]) => word.toLowerCase());
  const starts = words.flatMap((_, i) => (grams.has(words.slice(i, i + QUOTE_WORDS).join(' ')) ? [i] : []));
  let rest = '';
  let done = 0;
  for (const start of starts) {
    const [from, to] = [found[start], found[start + QUOTE_WORDS - 1]];
    if (from === undefined || to === undefined) continue;
    const end = to.index + to[0].length;
    if (from.index > done) rest += `${reply.slice(done, from.index)} @ `;
    done = Math.max(done, end);
  }
  const first = starts[0];
  return {
    quote: first === undefined ? null : words.slice(first, first + QUOTE_WORDS).join(' '),
    rest: rest + reply.slice(done),
  };
};
