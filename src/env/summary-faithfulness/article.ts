import type { Rng } from '../../base/rng.ts';
import type { Register, Split } from '../../record/task.ts';
import { combinations, itemAt, tokenUpperBound, variantDice } from '../variant.ts';
import { FIRST_NAMES, SURNAMES, TOWNS } from '../words.ts';
import { TEST_STORIES } from './stories-test.ts';
import { TRAIN_STORIES } from './stories-train.ts';
import type { Range, Story } from './story.ts';

export const NAME = 'summary-faithfulness';

/** A story with its slots filled. */
export interface Article {
  readonly sentences: readonly string[];
  /** The place of the sentence that holds the point, from 0. */
  readonly main: number;
  readonly short: string;
  readonly half: string;
  readonly denial: string;
  readonly facts: readonly string[];
  readonly against: string;
}

const STORIES: Readonly<Record<Split, readonly Story[]>> = { train: TRAIN_STORIES, test: TEST_STORIES };

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Without the months that are also verbs. */
const MONTHS = [
  ...['January', 'February', 'April', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
];

const choose = combinations(NAME, [Math.min(TRAIN_STORIES.length, TEST_STORIES.length), TOWNS.length, SURNAMES.length]);

/** The point stands among the first three sentences, as it does in the news. */
const LAST_PLACE_OF_MAIN = 2;

const SIDES: Readonly<Record<Register, { readonly count: number; readonly tokens: number }>> = {
  realistic: { count: 8, tokens: 40 },
  compact: { count: 4, tokens: 9 },
};

/** What fills the slots of a story; `surname` is the last part of `person`. */
export type Slots = Readonly<Record<'town' | 'person' | 'surname' | 'day' | 'month' | 'n' | 'm' | 'k', string>>;

const isSlot = (slot: string, slots: Slots): slot is keyof Slots => slot in slots;

export const fill = (text: string, slots: Slots): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, slot: string) => (isSlot(slot, slots) ? slots[slot] : whole));

/** A first name may be left out of a summary. */
const fillForms = (forms: string, slots: Slots): string =>
  fill(forms.replaceAll('{person}', '{surname}'), slots).toLowerCase();

/** The point of a story with its slots filled. */
export const pointFacts = (
  story: Story,
  slots: Slots,
): Pick<Article, 'short' | 'half' | 'denial' | 'facts' | 'against'> => ({
  short: fill(story.short, slots),
  half: fill(story.half, slots),
  denial: fill(story.denial, slots),
  facts: story.facts.map((forms) => fillForms(forms, slots)),
  against: fillForms(story.against, slots),
});

const numberIn = (dice: Rng, [low, high, step = 1]: Range): string =>
  String(low + step * dice.int(Math.floor((high - low) / step) + 1));

/** Pure. Both prompt sets of a variant have the same article; the compact register has a shorter one. */
export const articleOf = (split: Split, variant: number, register: Register): Article => {
  const [storyAt = 0, townAt = 0, surnameAt = 0] = choose(split, variant);
  const story = itemAt(STORIES[split], storyAt);
  const dice = variantDice(NAME, split, variant);
  const surname = itemAt(SURNAMES, surnameAt);
  const slots: Slots = {
    town: itemAt(TOWNS, townAt),
    person: `${dice.pick(FIRST_NAMES)} ${surname}`,
    surname,
    day: dice.pick(DAYS),
    month: dice.pick(MONTHS),
    n: numberIn(dice, story.n),
    m: numberIn(dice, story.m),
    k: numberIn(dice, story.k),
  };
  const order = dice.fork(register);
  const { count, tokens } = SIDES[register];
  const sides = order
    .shuffle(story.sides.map((side) => fill(side, slots)).filter((side) => tokenUpperBound(side) <= tokens))
    .slice(0, count);
  const main = order.int(LAST_PLACE_OF_MAIN + 1);
  const told = fill(register === 'compact' ? story.short : story.main, slots);
  return { sentences: sides.toSpliced(main, 0, told), main, ...pointFacts(story, slots) };
};
