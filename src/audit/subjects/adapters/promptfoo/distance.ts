/** Edits (insert, delete, replace one UTF-16 unit) from one text to the other. */
export const levenshtein = (one: string, other: string): number => {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  const row = new Uint32Array(short.length + 1).map((_, index) => index);
  for (let i = 1; i <= long.length; i++) {
    let diagonal = row[0] ?? 0;
    row[0] = i;
    const unit = long.charCodeAt(i - 1);
    for (let j = 1; j <= short.length; j++) {
      const above = row[j] ?? 0;
      const left = row[j - 1] ?? 0;
      row[j] = unit === short.charCodeAt(j - 1) ? diagonal : 1 + Math.min(diagonal, above, left);
      diagonal = above;
    }
  }
  return row[short.length] ?? 0;
};

const wordsIn = (text: string): readonly string[] =>
  text.match(/[\p{L}\p{N}]+(?:['’][\p{L}]+)?|[^\s\p{L}\p{N}]/gu) ?? [];

/**
 * ROUGE-1: the harmonic mean of precision and recall of words, case kept, each counted as often as both have it. promptfoo's tokeniser
 * splits contractions otherwise; scores differ by that much.
 */
export const rouge1 = (candidate: string, reference: string): number => {
  const [ours, theirs] = [wordsIn(candidate), wordsIn(reference)];
  const left = new Map<string, number>();
  for (const word of theirs) left.set(word, (left.get(word) ?? 0) + 1);
  let matches = 0;
  for (const word of ours) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    left.set(word, count - 1);
    matches += 1;
  }
  return matches === 0 ? 0 : (2 * matches) / (ours.length + theirs.length);
};
