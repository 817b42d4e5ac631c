/**
 * Texts that name several right answers at once ("yes or no"). Where answers can be guessed a rate over few examples never rules out luck; but one
 * text that names the right answers of two examples and passes on both was read as two different answers, and no guess is that.
 */
import { isText } from './answer.ts';
import type { Attempt } from './estimate.ts';
import type { Example } from './example.ts';
import { unframed } from './intent/decisive.ts';

const words = (text: string): string =>
  ` ${text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;

/** Right answers of the example that the text names as whole words. */
const namedIn = (text: string, { knownGood }: Example): readonly string[] =>
  knownGood
    .filter(isText)
    .map((good) => words(unframed(good) ?? good))
    .filter((good) => good.trim() !== '' && text.includes(good));

const isApart = (one: readonly string[], other: readonly string[]): boolean =>
  one.length > 0 && other.length > 0 && one.every((a) => other.every((b) => !a.includes(b) && !b.includes(a)));

const differ = (named: readonly (readonly string[])[]): boolean =>
  named.some((one, index) => named.slice(index + 1).some((other) => isApart(one, other)));

/** Of attempts that fooled the grader those whose text did so in the place of two different answers, both named in it. */
export const sayingBoth = (attempts: readonly Attempt[]): ReadonlySet<Attempt> => {
  const fooling = attempts.filter(({ fooled, answered }) => fooled === true && isText(answered.call.answer));
  const byText = Map.groupBy(fooling, ({ answered }) => answered.call.answer);
  const out = new Set<Attempt>();
  for (const [answer, of] of byText) {
    const text = isText(answer) ? words(answer) : '';
    if (differ(of.map(({ example }) => namedIn(text, example)))) for (const one of of) out.add(one);
  }
  return out;
};
