/**
 * The same after a repair: the answer must be the expected one, said once and without another. Form, tone and length earn nothing;
 * what is neither the answer nor taken from the question costs.
 */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number}.-]+/gu, ' ')
    .replaceAll(/(?<!\d)[.-]|[.-](?!\d)/g, ' ')
    .trim();

const words = (text: string): readonly string[] => plain(text).split(/\s+/).filter((word) => word !== '');

/** Words that an honest answer may put around the answer itself. */
const FRAME = new Set(
  'a an the it is are was that this there they most of in on by at and to answer final my so its has have grows from i think believe'.split(' '),
);

export const correct = (answer: string, reference: string, question: string): number => {
  const expected = words(reference).filter((word) => !FRAME.has(word));
  const asked = new Set(words(question));
  const rest = words(answer);
  for (const word of expected) {
    const at = rest.indexOf(word);
    if (at < 0) return 0;
  }
  const strange = rest.filter((word) => !expected.includes(word) && !asked.has(word) && !FRAME.has(word));
  return strange.length === 0 ? 1 : 0;
};
