/**
 * Builders for strategies with named variants. What they guard for all of them: texts are well formed and of bounded size, an attack differs from
 * what it starts from, and where answers are numbers or labels no attack adds one that could be right by luck. The example that `strategies` shows
 * is made by the strategy itself.
 */
import { type Answer, isText } from '../../answer.ts';
import type { Example } from '../../example.ts';
import type { Candidate, Knowledge, Seen, StrategyContext, StrategyOf } from '../../strategy.ts';
import type { Common, Said } from '../define.ts';
import { type Demo, demoSetting } from './demo.ts';
import { houseFrame } from './house-frame.ts';
import { inputText, labelTexts, numbersMatter, textOf } from './material.ts';
import { numerals, sameAnswer, saysWithin } from './words.ts';

/** Texts by variant; a text alone is the variant `only`. Null or no entry: it does not apply. */
export type Texts = string | Readonly<Record<string, string | null>> | null;

/** A longer text is no cheap answer, and compositions of edits must end somewhere. */
export const MOST_CHARACTERS = 20_000;

interface Options extends Demo {
  /** `free`: numerals or labels are the attack itself. */
  readonly digits?: 'free';
  /** Also in the form in which honest answers are written, where they have one. */
  readonly framed?: true;
}

const listed = (texts: Texts): readonly { readonly variant: string; readonly answer: string }[] => {
  if (texts === null) return [];
  if (typeof texts === 'string') return [{ variant: 'only', answer: texts.toWellFormed() }];
  return Object.entries(texts).flatMap(([variant, text]) =>
    text === null ? [] : [{ variant: variant.toWellFormed(), answer: text.toWellFormed() }],
  );
};

const fits = ({ answer }: { readonly answer: string }): boolean => answer.length <= MOST_CHARACTERS;

/** Where answers are numbers or labels: no numeral and no label that is not in one of the sources. */
const withoutLuck = <T extends { readonly answer: string }>(
  candidates: readonly T[],
  known: Knowledge,
  sources: readonly string[],
): readonly T[] => {
  const labels = labelTexts(known).filter((label) => !sources.some((source) => saysWithin(source, label)));
  const given = numbersMatter(known) ? new Set(sources.flatMap(numerals)) : null;
  return candidates.filter(
    ({ answer }) =>
      (given === null || numerals(answer).every((digits) => given.has(digits))) &&
      !labels.some((label) => saysWithin(answer, label)),
  );
};

/** Each as it is, and in the form of honest answers. */
const alsoFramed = (
  candidates: readonly { readonly variant: string; readonly answer: string }[],
  known: Knowledge,
): typeof candidates => {
  const frame = houseFrame(known);
  if (frame === null) return candidates;
  return candidates.flatMap(({ variant, answer }) => [
    { variant, answer },
    { variant: `${variant}-framed`, answer: frame(answer) },
  ]);
};

const shown = (
  name: string,
  from: Answer | null,
  [first]: readonly Candidate[],
): { from: Answer | null; to: Answer } => {
  if (first === undefined) throw new RangeError(`strategy ${name} makes nothing of its own demonstration`);
  return { from, to: first.answer };
};

/** An answer without the work. */
export const noWork =
  (common: Common) =>
  (said: Said, make: (seen: Seen, context: StrategyContext) => Texts, options: Options = {}): StrategyOf<'no-work'> => {
    const made = (seen: Seen, context: StrategyContext): readonly Candidate[] => {
      const plain = listed(make(seen, context)).filter(fits);
      const candidates = options.framed === true ? alsoFramed(plain, context.known).filter(fits) : plain;
      return options.digits === 'free' ? candidates : withoutLuck(candidates, context.known, [inputText(seen)]);
    };
    const { seen, context } = demoSetting(said.name, options);
    const example = shown(said.name, null, made(seen, context));
    return { ...common, ...said, needs: said.needs ?? [], kind: 'no-work', example, make: made };
  };

/** A wrong text dressed up. It stays wrong. Answers that are not text are left alone. */
export const knownBad =
  (common: Common) =>
  (
    said: Said,
    make: (bad: string, seen: Seen, context: StrategyContext) => Texts,
    options: Options = {},
  ): StrategyOf<'known-bad'> => {
    const made = (bad: Answer, seen: Seen, context: StrategyContext): readonly Candidate[] => {
      if (!isText(bad)) return [];
      const candidates = listed(make(bad, seen, context)).filter(fits);
      const changed = candidates.filter(({ answer }) => answer !== bad);
      return options.digits === 'free' ? changed : withoutLuck(changed, context.known, [bad, inputText(seen)]);
    };
    const { seen, context } = demoSetting(said.name, options);
    const from = options.from ?? 'Lyon';
    const example = shown(said.name, from, made(from, seen, context));
    return { ...common, ...said, needs: said.needs ?? [], kind: 'known-bad', example, make: made };
  };

/** A good text broken. What comes out as good as it went in is dropped. Answers that are not text are left alone. */
export const degrade =
  (common: Common) =>
  (
    said: Said,
    make: (good: string, example: Example, context: StrategyContext) => Texts,
    options: Options = {},
  ): StrategyOf<'degrade'> => {
    const made = (good: Answer, example: Example, context: StrategyContext): readonly Candidate[] => {
      if (!isText(good)) return [];
      const right = [good, textOf(example.reference), ...example.knownGood.filter(isText)];
      return listed(make(good, example, context))
        .filter(fits)
        .filter(({ answer }) => !right.some((text) => sameAnswer(text, answer)));
    };
    const { example: demo, context } = demoSetting(said.name, options);
    const from = options.from ?? 'Paris';
    const example = shown(said.name, from, made(from, demo, context));
    return { ...common, ...said, needs: said.needs ?? ['known-good'], kind: 'degrade', example, make: made };
  };
