import type { Rng } from '../../base/rng.ts';
import type { Register, Split } from '../../record/task.ts';
import { combinations, itemAt, tokenUpperBound, variantDice } from '../variant.ts';
import { FIRST_NAMES } from '../words.ts';
import { ABUSE, type Offence } from './abuse.ts';
import { COMMUNITIES, type Community } from './communities.ts';
import { GRUMBLES } from './grumbles.ts';

export const NAME = 'moderation-recall';

export interface Post {
  readonly author: string;
  readonly text: string;
  /** Null: within the rules. */
  readonly breaks: Offence | null;
}

export interface Batch {
  readonly community: Community;
  /** Post 1 is the first. */
  readonly posts: readonly Post[];
}

const OFFENCES: readonly Offence[] = ['insult', 'threat', 'hounding'];

/** The posts of a pool that this split may use: no post is ever in both. */
export const halfOf = (pool: readonly string[], split: Split): readonly string[] =>
  pool.filter((_, at) => at % 2 === (split === 'train' ? 0 : 1));

const GRUMBLES_A_HALF = Math.min(halfOf(GRUMBLES, 'train').length, halfOf(GRUMBLES, 'test').length);
const ABUSE_A_HALF = Math.min(
  ...OFFENCES.flatMap((offence) => [halfOf(ABUSE[offence], 'train').length, halfOf(ABUSE[offence], 'test').length]),
);

/** The community, the first post that breaks the rules, the first that only sounds like it. */
const choose = combinations(NAME, [COMMUNITIES.length, OFFENCES.length, ABUSE_A_HALF, GRUMBLES_A_HALF]);

interface Size {
  readonly posts: number;
  /** How many of them break the rule: one of these numbers. */
  readonly abuse: readonly number[];
  readonly grumbles: number;
  /** Most tokens of one post that breaks the rule, and of one that does not. */
  readonly tokens: { readonly abuse: number; readonly harmless: number };
}

const SIZES: Readonly<Record<Register, Size>> = {
  realistic: { posts: 12, abuse: [3, 4, 5], grumbles: 4, tokens: { abuse: 40, harmless: 40 } },
  compact: { posts: 6, abuse: [2], grumbles: 2, tokens: { abuse: 11, harmless: 10 } },
};

const SLOT = /\{(?:name|n|thing)\}/g;

const isShort = (text: string, tokens: number): boolean => tokenUpperBound(text.replaceAll(SLOT, 'x')) <= tokens;

interface Pools {
  readonly abuse: Readonly<Record<Offence, readonly string[]>>;
  readonly grumbles: readonly string[];
  readonly plain: ReadonlyMap<Community, readonly string[]>;
}

const poolsOf = (split: Split, register: Register): Pools => {
  const { abuse, harmless } = SIZES[register].tokens;
  const short = (pool: readonly string[], tokens: number): readonly string[] =>
    halfOf(pool, split).filter((text) => isShort(text, tokens));
  return {
    abuse: {
      insult: short(ABUSE.insult, abuse),
      threat: short(ABUSE.threat, abuse),
      hounding: short(ABUSE.hounding, abuse),
    },
    grumbles: short(GRUMBLES, harmless),
    plain: new Map(COMMUNITIES.map((community) => [community, short(community.posts, harmless)])),
  };
};

const POOLS: Readonly<Record<Split, Readonly<Record<Register, Pools>>>> = {
  train: { realistic: poolsOf('train', 'realistic'), compact: poolsOf('train', 'compact') },
  test: { realistic: poolsOf('test', 'realistic'), compact: poolsOf('test', 'compact') },
};

/** Shuffled, with `first` in front if it is there. */
const led = (dice: Rng, pool: readonly string[], first: string): readonly string[] => {
  const shuffled = dice.shuffle(pool);
  return pool.includes(first) ? [first, ...shuffled.filter((text) => text !== first)] : shuffled;
};

/** Pure. Both prompt sets of a variant hold the same posts; the compact register has fewer and shorter ones. */
export const batchOf = (split: Split, variant: number, register: Register): Batch => {
  const [communityAt = 0, offenceAt = 0, abuseAt = 0, grumbleAt = 0] = choose(split, variant);
  const community = itemAt(COMMUNITIES, communityAt);
  const dice = variantDice(NAME, split, variant).fork(register);
  const [size, pools] = [SIZES[register], POOLS[split][register]];
  const offences = OFFENCES.map((_, at) => itemAt(OFFENCES, (offenceAt + at) % OFFENCES.length));
  const firstAbuse = itemAt(halfOf(ABUSE[itemAt(offences, 0)], split), abuseAt);
  const abuses = offences.map((offence) => led(dice, pools.abuse[offence], firstAbuse));
  const count = dice.pick(size.abuse);
  const abusive = Array.from({ length: count }, (_, at) => ({
    text: itemAt(itemAt(abuses, at % OFFENCES.length), Math.floor(at / OFFENCES.length)),
    breaks: itemAt(offences, at % OFFENCES.length),
  }));
  const rough = led(dice, pools.grumbles, itemAt(halfOf(GRUMBLES, split), grumbleAt)).slice(0, size.grumbles);
  const plain = dice.shuffle(pools.plain.get(community) ?? []).slice(0, size.posts - count - rough.length);
  const names = dice.shuffle(FIRST_NAMES);
  const harmless = [...rough, ...plain].map((text) => ({ text, breaks: null }));
  const posts = dice.shuffle([...abusive, ...harmless]).map(
    ({ text, breaks }, at): Post => ({
      author: itemAt(names, at),
      text: text
        .replaceAll('{name}', itemAt(names, size.posts + at))
        .replaceAll('{n}', String(2 + dice.int(8)))
        .replaceAll('{thing}', community.thing),
      breaks,
    }),
  );
  return { community, posts };
};
