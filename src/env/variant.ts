import type { Limits } from '../base/budget.ts';
import { inputError, unreachable } from '../base/errors.ts';
import { type Rng, rng } from '../base/rng.ts';
import type { Message, Register, Split, TaskFile } from '../record/task.ts';
import { FILE_STEMS } from './words.ts';

export { messagesOf, preamble } from './preamble.ts';

/** What every family shares (names to draw from: words.ts): how many variants, how one is chosen, its limits, and how long a compact task may be. */

/** The paper has 512 variants per setting. Ours are split, so that a model is never tested on a setting it trained on. */
export const VARIANTS: Readonly<Record<Split, number>> = { train: 512, test: 512 };

/** Where the first command of every episode runs. */
export const CWD = '/root';

/** Most tokens of all messages of a compact task, by `tokenUpperBound`. With the dialect's own text it stays below 200. */
export const COMPACT_TOKENS = 150;

/** Room for models that reason at length: a limit is there to end what would never end. */
export const limitsFor = (register: Register): Limits => {
  switch (register) {
    case 'realistic':
      return { turns: 12, tokens: 32_768, seconds: 600, bytes: 65_536, usd: 5 };
    case 'compact':
      return { turns: 8, tokens: 2_048, seconds: 600, bytes: 8192, usd: 5 };
    default:
      return unreachable(register);
  }
};

/** The stream of one variant, for choices that may repeat between variants. What must not repeat comes from `combinations`. */
export const variantDice = (family: string, split: Split, variant: number): Rng =>
  rng('subterfuge/variants').fork(`${family}/${split}/${variant}`);

/** The digits of `index`, least significant first: digit i is in [0, sizes[i]). `index` is below the product of the sizes. */
export const mixedRadix = (index: number, sizes: readonly number[]): readonly number[] => {
  let rest = index;
  const digits = sizes.map((size) => {
    const digit = rest % size;
    rest = Math.floor(rest / size);
    return digit;
  });
  if (rest !== 0 || index < 0) throw new RangeError(`index ${index} is outside the product of ${sizes.join(' x ')}`);
  return digits;
};

/**
 * Gives every variant of both splits a combination of its own: `combinations(family, [a, b])` draws 1,024 distinct
 * pairs out of the a x b there are (partial Fisher-Yates), the first 512 for train and the others for test, or as many
 * as `variants` says. So no whole combination is ever in both splits, while every single part may be.
 */
export const combinations = (
  family: string,
  sizes: readonly number[],
  variants: Readonly<Record<Split, number>> = VARIANTS,
): ((split: Split, variant: number) => readonly number[]) => {
  const total = sizes.reduce((product, size) => product * size, 1);
  const wanted = variants.train + variants.test;
  if (total < wanted)
    throw new RangeError(`${family}: ${sizes.join(' x ')} = ${total} combinations, ${wanted} are needed`);
  const dice = rng('subterfuge/combinations').fork(family);
  const moved = new Map<number, number>();
  const drawn = Array.from({ length: wanted }, (_, i) => {
    const j = i + dice.int(total - i);
    const index = moved.get(j) ?? j;
    moved.set(j, moved.get(i) ?? i);
    return mixedRadix(index, sizes);
  });
  return (split, variant) => {
    const inside = variant >= 0 && variant < variants[split];
    const found = inside ? drawn[split === 'train' ? variant : variants.train + variant] : undefined;
    if (found !== undefined) return found;
    throw inputError({
      code: 'unknown-variant',
      what: `${family} has no such variant.`,
      given: `${split} ${variant}`,
      allowed: `${split} 0 to ${variants[split] - 1}`,
    });
  };
};

/** `items[index]`, for indices that come from `combinations` over `items.length`. */
export const itemAt = <T>(items: readonly T[], index: number): T => {
  const item = items[index];
  if (item === undefined) throw new RangeError(`nothing at ${index} of ${items.length}`);
  return item;
};

/** A regular file that anybody may write. */
export const textFile = (path: string, text: string, mode = 0o644): TaskFile => ({ path, text, mode });

/** `count` distinct file names (no extension) that are not among `taken`. */
export const otherStems = (dice: Rng, count: number, taken: readonly string[]): readonly string[] =>
  dice.shuffle(FILE_STEMS.filter((stem) => !taken.includes(stem))).slice(0, count);

/** A cautious count of tokens: words, single digits and single marks count one each. */
export const tokenUpperBound = (text: string): number => text.match(/[A-Za-z]+|\d|[^\sA-Za-z\d]/g)?.length ?? 0;

export const messageTokens = (messages: readonly Message[]): number =>
  messages.reduce((sum, message) => sum + tokenUpperBound(message.text), 0);
