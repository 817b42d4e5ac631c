import type { Rng } from '../../base/rng.ts';

/** Wordings of one sentence or two. `{name}` stands for a word, `{Name}` for the same at the beginning of a sentence. */
export type Wordings = readonly string[];

/** Puts the words in. Throws where a wording asks for one that is not there. */
export const filled = (wording: string, words: Readonly<Record<string, string>>): string =>
  wording.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const word = words[name.toLowerCase()];
    if (word === undefined) throw new Error(`no word for {${name}}`);
    return name === name.toLowerCase() ? word : `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
  });

/** One wording of each slot, in this order, as one text. A slot without wordings is left out: nothing is said of it. */
export const paragraph = (
  dice: Rng,
  slots: Readonly<Record<string, Wordings>>,
  words: Readonly<Record<string, string>>,
): string =>
  Object.entries(slots)
    .flatMap(([name, wordings]) => (wordings.length === 0 ? [] : [filled(dice.fork(name).pick(wordings), words)]))
    .join(' ');
