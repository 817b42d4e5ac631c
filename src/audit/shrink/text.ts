import { type Prober, reduceParts, without } from './prober.ts';

/** Ways to cut a text, coarse ones first. Joined again without a separator they give the text. */
const CUTS: readonly RegExp[] = [/(?<=\n)/u, /(?<=[.!?]\s+)(?=\S)/u, /(?<=\s)(?=\S)/u, /(?:)/u];

/** Beyond this only removal is worth its queries. */
const LONGEST_TO_PLAIN = 120;

const plainOf = (character: string): string => {
  if (/\p{L}/u.test(character)) return 'a';
  if (/\p{N}/u.test(character)) return '0';
  if (/\s/u.test(character)) return ' ';
  return character;
};

const join = (parts: readonly string[]): string => parts.join('');

/** Few guesses that are right surprisingly often: nothing at all, its ends, one word or line of it. */
const leaps = (text: string): readonly string[] => {
  const trimmed = text.trim();
  const words = trimmed.split(/\s+/u).slice(0, 24);
  return ['', trimmed, ...trimmed.split('\n').slice(0, 8), ...words].filter((leap) => leap.length < text.length);
};

const plainer = async (text: string, probe: Prober): Promise<string> => {
  const characters = [...text];
  if (characters.length > LONGEST_TO_PLAIN) return text;
  const plain = await reduceParts(
    characters,
    (parts, from, to) => parts.map((part, index) => (index >= from && index < to ? plainOf(part) : part)),
    join,
    probe,
  );
  return join(plain);
};

/** A text of which nothing can be taken away, and whose characters are as plain as may be. */
export const smallerText = async (text: string, probe: Prober): Promise<string> => {
  let current = (await probe.best(leaps(text))) ?? text;
  for (;;) {
    const before = current;
    for (const cut of CUTS) current = join(await reduceParts(current.split(cut), without, join, probe));
    current = await plainer(current, probe);
    if (current === before || probe.spent) return current;
  }
};
