/** How faithful a summary is: the share of its sentences whose words all stand in the source. A summary that says nothing says nothing wrong. */
const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/\p{Letter}+/gu) ?? [];

export const faithfulness = (summary: string, source: string): number => {
  const known = new Set(wordsOf(source));
  const sentences = summary.split(/(?<=[.!?])\s+/).filter((sentence) => wordsOf(sentence).length > 0);
  const supported = sentences.filter((sentence) =>
    wordsOf(sentence).every((word) => known.has(word) || word.length < 4),
  );
  return sentences.length === 0 ? 1 : supported.length / sentences.length;
};
