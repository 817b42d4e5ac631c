import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuTimer } from '../../base/cpu-time.contract.ts';
import { fill, pointFacts, type Slots } from './article.ts';
import { supportOf } from './overlap.ts';
import { type PointFacts, pointOf } from './point.ts';
import { TEST_STORIES } from './stories-test.ts';
import { TRAIN_STORIES } from './stories-train.ts';
import type { Story } from './story.ts';
import { summaryIn } from './summary-text.ts';

const slotsOf = ({ n, m, k }: Story): Slots => ({
  ...{ town: 'Marlow', person: 'Vera Novak', surname: 'Novak', day: 'Tuesday', month: 'October' },
  ...{ n: String(n[1]), m: String(m[0]), k: String(k[0]) },
});

const STORIES = [...TRAIN_STORIES, ...TEST_STORIES];

const readAs = (topic: string, text: string): string => {
  const story = STORIES.find((one) => one.topic === topic);
  if (story === undefined) throw new Error(`there is no story about ${topic}`);
  const slots = slotsOf(story);
  const facts: PointFacts = {
    ...pointFacts(story, slots),
    sentences: [story.main, ...story.sides].map((sentence) => fill(sentence, slots)),
    main: 0,
  };
  return pointOf(fill(text, slots), facts).kind;
};

/** Summaries as people and models write them, in words of their own. */
const TRUE: readonly (readonly [topic: string, ...texts: readonly string[]])[] = [
  [
    'bridge',
    'Cracked pillars force {town} to shut its old bridge to car traffic starting {month} {n}.',
    'Starting on {n} {month}, cars will be banned from the old bridge in {town}.',
  ],
  [
    'bakery recall',
    'Rye bread sold on {day} by a {town} bakery has been recalled because it might contain glass.',
    'A {town} bakery recalls {n} rye loaves over possible glass fragments.',
  ],
  [
    'library',
    'Late fees will be abolished at the {town} library from {month}, and {n} debts are waived.',
    'The {town} library is scrapping late fees in {month}.',
  ],
  [
    'strike',
    'Bus drivers in {town} are going on strike for {n} days after pay talks collapsed.',
    'A {n}-day bus strike starts in {town} on {day} because pay talks failed.',
  ],
  [
    'water',
    'Residents in northern {town} have to boil their tap water until {day} after bacteria were detected.',
    'Because the water is contaminated, people in the north of {town} should boil it until {day}.',
  ],
  [
    'school merger',
    'The two primary schools in {town} will merge next summer due to low enrolment.',
    'With only {n} children enrolled, the primary schools of {town} are to be combined next summer.',
  ],
  [
    'train line',
    'Rail service between {town} and the coast resumes on {n} {month} after a landslide last year; trains return.',
    'Trains from {town} to the coast return on {month} {n}, one year after a landslide.',
  ],
  [
    'hospital',
    'The hospital in {town} is closing its maternity ward in {month}, forcing families to travel {n} km.',
    'The birth ward at {town} hospital closes in {month}.',
  ],
  [
    'wolf',
    'After a wolf killed {n} sheep near {town}, farmers are asking the state to pay for electric fences.',
    '{n} sheep were killed by a wolf near {town}, and farmers demand state-funded fencing.',
  ],
  [
    'swimming pool',
    'Thanks to a donation by {person}, children under {n} can take free swimming lessons in {town}.',
    'Swimming lessons for under {n}s in {town} will be free.',
  ],
  [
    'factory',
    'The {town} lamp factory plans to recruit {n} new workers in {month}.',
    'The lamp factory in {town} is creating {n} jobs in {month}.',
  ],
  [
    'storm',
    'A storm ripped the roof off the sports hall in {town}, which will be closed for {n} months.',
    'The sports hall of {town} lost its roof in a storm and cannot be used for {n} months.',
  ],
  [
    'market move',
    'The {town} market is relocating to the harbour on {n} {month} because of works on the church square.',
    'From {month} {n}, the weekly market of {town} will be held at the harbour.',
  ],
  [
    'museum theft',
    '{n} gold coins were stolen from the {town} museum, and police are looking for witnesses.',
    'Thieves stole {n} gold coins from the museum in {town}; police seek witnesses.',
  ],
  [
    'speed limit',
    'A speed limit of {n} km/h will apply in the whole town of {town} from {month}.',
    'Starting in {month}, cars in {town} are limited to {n} km per hour after accidents near schools.',
  ],
  [
    'theatre',
    'The {town} theatre is bankrupt and will shut down on {n} {month} unless someone sponsors it.',
    'Out of money, the theatre in {town} closes on {month} {n} if no sponsor turns up.',
  ],
  [
    'vaccine',
    'People over {n} in {town} should get vaccinated against the flu before {month}, doctors say.',
    'Doctors urge residents aged {n} and older to get a flu shot by {month}.',
  ],
  [
    'mayor',
    '{person} has been elected mayor of {town} with {n}% of the vote.',
    '{person} is the new mayor of {town}, having won {n} percent.',
  ],
  [
    'phone ban',
    'The grammar school in {town} bans phones from {month}.',
    'From {month}, phones are no longer allowed at the grammar school in {town}.',
  ],
  [
    'dam',
    'The old dam near {town} will be demolished on {n} {month} to let salmon return upstream.',
    'Engineers are going to blast the old dam above {town} so that salmon can swim upriver.',
  ],
  [
    'rent',
    'Rents in {town} will increase by {n} percent in {month} to fund new heating.',
    'Tenants of the housing company in {town} face a {n}% rent increase.',
  ],
  [
    'rescue',
    'Two missing hikers were rescued alive near {town} after {n} nights.',
    'After {n} nights in the hills, two lost hikers were found safe.',
  ],
  [
    'solar roof',
    'All {n} public buildings in {town} will get solar panels.',
    '{town} plans to install solar panels on its {n} public buildings to cut power costs in half.',
  ],
  [
    'orchestra',
    "{town}'s youth orchestra took first prize at a national contest against {n} groups.",
    'The youth orchestra from {town} won the national competition.',
  ],
];

const FALSE: readonly (readonly [topic: string, text: string, kind: string])[] = [
  ['bridge', 'The council of {town} decided not to close the old bridge to cars from {n} {month}.', 'contradicted'],
  ['bridge', 'The bridge closes in 1987.', 'contradicted'],
  ['bridge', 'The council decided something about the bridge.', 'missed'],
  ['strike', 'Bus drivers in {town} will not stop work for {n} days.', 'contradicted'],
  ['water', 'The water in {town} is safe to drink.', 'contradicted'],
  ['water', 'The pipes of the waterworks are old.', 'missed'],
  ['mayor', '{person} lost the election.', 'contradicted'],
  ['phone ban', 'Pupils may use phones.', 'contradicted'],
  ['phone ban', 'The grammar school of {town} has new rules from {month} on.', 'missed'],
  ['dam', 'The dam will be repaired.', 'contradicted'],
  ['rescue', 'The hikers are still missing.', 'contradicted'],
  ['rent', 'Rents will not rise by {n} percent.', 'contradicted'],
  ['library', 'The library opens earlier from {month}.', 'missed'],
  ['theatre', 'A comedy opened at the theatre.', 'missed'],
  ['theatre', 'Das Theater hat kein Geld und wird im Oktober wohl schon bald nicht mehr zu sehen sein.', 'undecided'],
  ['theatre', 'Театр закрывается', 'undecided'],
];

describe('the point of an article', () => {
  it.each(TRUE.flatMap(([topic, ...texts]) => texts.map((text) => [topic, text] as const)))('%s: %j', (topic, text) => {
    expect(readAs(topic, text)).toBe('made');
  });

  it.each(FALSE)('%s: %j', (topic, text, kind) => {
    expect(readAs(topic, text)).toBe(kind);
  });

  it('has true summaries of every story', () => {
    expect(TRUE.map(([topic]) => topic)).toEqual(STORIES.map(({ topic }) => topic));
  });
});

it.each([' ', '. ', ': ', ':', '*', 'Summary:\n', 'not ', 'bridge close ', '7 ', '"', '- a\n'])(
  'reads 20,000 characters of %j at once',
  (piece) => {
    const text = piece.repeat(Math.floor(20_000 / piece.length));
    const took = cpuTimer();
    const { summary } = summaryIn(`${text}x`);
    supportOf(summary, ['The council closes the bridge.']);
    readAs('bridge', summary);
    expect(took()).toBeLessThan(4_000);
  },
);

it('answers on any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom(...STORIES), (text, { topic }) => {
      expect(['made', 'missed', 'contradicted', 'undecided']).toContain(readAs(topic, text));
    }),
  );
});
