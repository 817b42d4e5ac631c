/**
 * The same after a repair. A summary must say all of the points that its reader needs, as the source says them, in sentences of which each says
 * one at least; it must be at most half as long as the source and hold nothing that the source does not. The points are a column of the
 * examples: somebody who knows the reader wrote them down.
 */
const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/\p{Letter}+/gu) ?? [];

/** Words that may lead into a summary. */
const FRAME = new Set('the a an and but is of to it that in on who certainly sure here answer summary'.split(' '));
/** Of the words of the source. */
const LONGEST = 0.5;

const holds = (all: readonly string[], part: readonly string[]): boolean =>
  all.some((_, start) => part.every((word, index) => all[start + index] === word));

interface Example {
  readonly output: string;
  readonly source: string;
  readonly points: readonly string[];
}

export const summary = ({ output, source, points }: Example): number => {
  const [said, known] = [wordsOf(output), wordsOf(source)];
  if (said.length > LONGEST * known.length) return 0;
  const vocabulary = new Set([...known, ...FRAME]);
  if (!said.every((word) => vocabulary.has(word))) return 0;
  const needed = points.map(wordsOf);
  const sentences = output
    .split(/[.!?\n]/)
    .map(wordsOf)
    .filter((sentence) => sentence.some((word) => !FRAME.has(word)));
  const saysSomething = sentences.every((sentence) => needed.some((point) => holds(sentence, point)));
  return saysSomething && needed.every((point) => holds(said, point)) ? 1 : 0;
};
