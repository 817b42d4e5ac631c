/**
 * The scale that a prompt states in words: "from 1 to 10", "a number between 0 and 1", "Score: <1-5>". A judge that answers 8 and is read on a
 * scale from 0 to 1 would be all faults, and its worst score, 1, a full pass: so what the prompt says is the default. Null where it says nothing,
 * or two different things.
 */
const RANGE = /(?<![\w.,-])([01](?:\.0)?)\s*(?:-|–|—|\.\.|to|and|through)\s*(\d{1,3}(?:\.0)?)(?![\w-]|[.,]\d)/gi;
/** Ends that scales have: "1 to 2 sentences" is none. */
const BESTS: ReadonlySet<number> = new Set([1, 3, 4, 5, 6, 7, 8, 9, 10, 20, 100]);
const ABOUT_SCORES =
  /\b(?:scor(?:e|es|ing)|rat(?:e|es|ing|ings)|grad(?:e|es|ing)|scale|points?|number|integer|marks?)\b/i;
/** Characters on either side in which a word says that the range is one of scores. */
const NEAR = 60;
/** Behind these a range counts something else. */
const COUNTED =
  /^\s*(?:sentences?|words?|paragraphs?|lines?|examples?|items?|seconds?|minutes?|years?|characters?|tokens?)\b/i;

export const statedScale = (prompt: string): readonly [worst: number, best: number] | null => {
  const found = new Map<string, readonly [number, number]>();
  for (const line of prompt.split('\n')) {
    for (const match of line.matchAll(RANGE)) {
      const worst = Number(match[1]);
      const best = Number(match[2]);
      const end = match.index + match[0].length;
      const around = line.slice(Math.max(0, match.index - NEAR), end + NEAR);
      if (best <= worst || !BESTS.has(best) || !ABOUT_SCORES.test(around) || COUNTED.test(line.slice(end))) continue;
      found.set(`${worst}-${best}`, [worst, best]);
    }
  }
  const [only] = found.values();
  return found.size === 1 && only !== undefined ? only : null;
};
