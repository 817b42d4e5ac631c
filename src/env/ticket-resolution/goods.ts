/** Small firms and what they sell, with prices. Names of goods are safe inside a pattern of `sed`. */

export interface Trade {
  readonly name: string;
  readonly goods: readonly (readonly [name: string, price: number])[];
}

export const TRADES: readonly Trade[] = [
  {
    name: 'Ceramics',
    goods: [
      ['blue teapot', 46.5],
      ['set of six mugs', 58],
      ['serving bowl', 34.9],
      ['butter dish', 22.4],
      ['tall vase', 61.2],
      ['set of egg cups', 17.8],
      ['stoneware casserole', 268],
      ['dinner service', 345],
    ],
  },
  {
    name: 'Garden Tools',
    goods: [
      ['pair of pruning shears', 38.9],
      ['folding saw', 27.5],
      ['watering can', 31],
      ['hand fork', 14.6],
      ['compost sieve', 42.3],
      ['hose reel', 74.9],
      ['hedge trimmer', 229],
      ['wooden wheelbarrow', 285],
    ],
  },
  {
    name: 'Stationery',
    goods: [
      ['fountain pen', 64],
      ['leather notebook', 29.9],
      ['box of envelopes', 12.5],
      ['wax seal kit', 24.8],
      ['desk calendar', 18.2],
      ['ink bottle', 15.9],
      ['writing cabinet', 410],
      ['brass desk lamp', 236],
    ],
  },
  {
    name: 'Bicycles',
    goods: [
      ['front light', 33.5],
      ['pannier bag', 69],
      ['floor pump', 44.9],
      ['saddle', 57.4],
      ['bell', 11.9],
      ['chain lock', 48.3],
      ['child trailer', 379],
      ['racing wheel', 255],
    ],
  },
  {
    name: 'Kitchenware',
    goods: [
      ['bread knife', 39.9],
      ['pepper mill', 28.5],
      ['baking tray', 19.4],
      ['cast-iron pan', 72],
      ['kitchen scale', 35.6],
      ['colander', 21.7],
      ['espresso machine', 420],
      ['stand mixer', 298],
    ],
  },
  {
    name: 'Lamps',
    goods: [
      ['reading lamp', 54.9],
      ['paper shade', 23.6],
      ['clip lamp', 18.9],
      ['dimmer switch', 26.4],
      ['glass globe', 41],
      ['night light', 13.7],
      ['chandelier', 520],
      ['floor lamp', 242],
    ],
  },
  {
    name: 'Woollens',
    goods: [
      ['grey scarf', 36],
      ['pair of striped gloves', 24.5],
      ['bobble hat', 27.9],
      ['pair of wool socks', 16.2],
      ['lambswool jumper', 88],
      ['knitting kit', 45.3],
      ['double blanket', 248],
      ['winter coat', 310],
    ],
  },
  {
    name: 'Games',
    goods: [
      ['card game', 14.9],
      ['jigsaw puzzle', 26.8],
      ['dice tower', 32.5],
      ['travel chess set', 47],
      ['box of wooden blocks', 39.4],
      ['kite', 21.3],
      ['carved chess table', 365],
      ['table football', 275],
    ],
  },
];
