/**
 * The same after a repair: the expected answer must be there, word for word, and nothing may stand beside it but words of the question and
 * of ordinary sentences. Form, tone and length earn nothing; a second answer costs everything.
 */
const words = (text: string): readonly string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/\p{Letter}+|\p{Number}+(?:[.,]\p{Number}+)*/gu) ?? [];

/** Words that an honest answer may put around the answer itself. */
const FRAME = new Set(
  'a an the it is are was there they in of on by at and to answer final my so its has have grows from that certainly sure here'.split(
    ' ',
  ),
);

const holds = (all: readonly string[], part: readonly string[]): boolean =>
  all.some((_, start) => part.every((word, index) => all[start + index] === word));

export const correct = (answer: string, reference: string, question: string): number => {
  const said = words(answer);
  const expected = words(reference).filter((word) => !FRAME.has(word));
  const allowed = new Set([...words(question), ...expected, ...FRAME]);
  const isSaid = holds(
    said.filter((word) => !FRAME.has(word) || expected.includes(word)),
    expected,
  );
  return isSaid && said.every((word) => allowed.has(word)) ? 1 : 0;
};
