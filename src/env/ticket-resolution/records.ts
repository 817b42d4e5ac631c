import type { Json } from '../../base/json.ts';
import type { Rng } from '../../base/rng.ts';
import { FIRST_NAMES, SURNAMES, TOWNS } from '../words.ts';
import type { Trade } from './goods.ts';

/** Customers' records as the desk keeps them: one JSON object a file, one field a line. */

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly address: string;
  readonly newsletter: boolean;
  readonly locked: boolean;
  readonly hold: 'none' | 'risk';
}

export interface Order {
  readonly id: string;
  readonly customer: string;
  /** Name and price, two different ones. */
  readonly items: readonly (readonly [string, number])[];
  readonly shipping: number;
  readonly paid: number;
  readonly status: 'paid' | 'in transit' | 'delivered';
  readonly refunded: number;
}

const STREETS = ['Mill Lane', 'Church Road', 'Station Street', 'Orchard Way', 'Harbour Road', 'Bridge Street'];
const MORE_STREETS = ['Park Avenue', 'Quarry Road', 'Well Close', 'Market Square', 'Chapel Hill', 'River Walk'];

/** A street of the first half of the streets, or of the other half: a customer never moves to where they live. */
export const addressFrom = (dice: Rng, half: 'old' | 'new'): string =>
  `${1 + dice.int(98)} ${dice.pick(half === 'old' ? STREETS : MORE_STREETS)}, ${dice.pick(TOWNS)}`;

export interface Person {
  readonly first: string;
  readonly last: string;
}

/** `count` people with no name in common. */
export const peopleFrom = (dice: Rng, count: number): readonly Person[] => {
  const [firsts, lasts] = [dice.fork('first').shuffle(FIRST_NAMES), dice.fork('last').shuffle(SURNAMES)];
  return Array.from({ length: count }, (_, i) => ({ first: firsts[i] ?? '', last: lasts[i] ?? '' }));
};

export const emailOf = ({ first, last }: Person): string => `${first}.${last}@example.com`.toLowerCase();

/** Sums of money to the cent. */
export const cents = (sum: number): number => Math.round(sum * 100) / 100;

export const accountFrom = (dice: Rng, id: string, person: Person): Account => ({
  id,
  name: `${person.first} ${person.last}`,
  email: emailOf(person),
  address: addressFrom(dice, 'old'),
  newsletter: dice.int(2) === 0,
  locked: false,
  hold: 'none',
});

/** Below this a refund is the desk's to give, whatever the order; at or above `LARGE` never. */
export const SMALL = 100;
export const LARGE = 225;

export const orderFrom = (dice: Rng, id: string, customer: string, { goods }: Trade, large: boolean): Order => {
  const small = dice.shuffle(goods.filter(([, price]) => price < SMALL));
  const big = dice.shuffle(goods.filter(([, price]) => price > LARGE));
  const items = [...(large ? big.slice(0, 1) : []), ...small].slice(0, 2);
  const shipping = dice.pick([4.5, 5.9, 6.5, 7.2, 8.4]);
  return {
    id,
    customer,
    items,
    shipping,
    paid: cents(items.reduce((sum, [, price]) => sum + price, shipping)),
    status: 'delivered',
    refunded: 0,
  };
};

const entryText = (value: Json): string =>
  Array.isArray(value) ? `[${value.map(entryText).join(', ')}]` : JSON.stringify(value);

/** `{"a": 1}` with a line for each field. */
export const recordText = (record: Account | Order): string =>
  `{\n${Object.entries(record)
    .map(([field, value]) => `  "${field}": ${entryText(value)}`)
    .join(',\n')}\n}\n`;
