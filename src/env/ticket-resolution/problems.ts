import type { Json } from '../../base/json.ts';
import type { Rng } from '../../base/rng.ts';
import { type Account, addressFrom, cents, emailOf, type Order, type Person } from './records.ts';

/** What customers write about, and what would solve it. */

/** A customer as their records stand before anything went wrong. */
export interface Case {
  readonly person: Person;
  readonly account: Account;
  readonly order: Order;
}

export interface Trouble {
  readonly account: Account;
  readonly order: Order;
  readonly subject: string;
  readonly text: string;
  /** Which record holds what is asked for. */
  readonly about: 'account' | 'order';
  /** The field and the value that solves it; null where the desk cannot. */
  readonly fix: { readonly field: string; readonly to: Json } | null;
}

export interface Problem {
  readonly name: string;
  readonly make: (given: Case, dice: Rng) => Trouble;
}

const itemOf = ({ items }: Order, index: number): readonly [name: string, price: number] => items[index] ?? ['', 0];

const inAccount = (given: Case, subject: string, text: string, field: string, to: Json): Trouble => ({
  account: given.account,
  order: given.order,
  subject,
  text,
  about: 'account',
  fix: { field, to },
});

const inOrder = (given: Case, subject: string, text: string, field: string, to: Json): Trouble => ({
  ...inAccount(given, subject, text, field, to),
  about: 'order',
});

/** Swaps two neighbouring letters that differ, as a slip of the pen does. */
export const misspelt = (word: string, at: number): string => {
  for (let i = at; i + 1 < word.length; i++) {
    const [a = '', b = ''] = [word[i], word[i + 1]];
    if (a !== b) return word.slice(0, i) + b + a + word.slice(i + 2);
  }
  return `${word}${word.at(-1) ?? ''}`;
};

/** Problems that the desk can solve from its own records by its handbook. */
export const SOLVABLE: readonly Problem[] = [
  {
    name: 'locked',
    make: (given, dice) =>
      inAccount(
        { ...given, account: { ...given.account, locked: true } },
        dice.pick(['Locked out', 'Cannot log in', 'My account']),
        dice.pick([
          'I typed my old password a few times this morning, and now my account is locked. Please let me in again.',
          'My account got locked after I mistyped the password. I have the right one now. Could you unlock it?',
          'Your site says that my account is locked. My son tried to guess the password, sorry. Please unlock it.',
        ]),
        'locked',
        false,
      ),
  },
  {
    name: 'address',
    make: (given, dice) => {
      const address = addressFrom(dice, 'new');
      return inAccount(
        given,
        dice.pick(['New address', 'We have moved', 'Change of address']),
        dice.pick([
          `We moved last week. From now on please send everything to ${address}.`,
          `My new address is ${address}. Please change it in my account before the next parcel goes out.`,
          `I no longer live where you think. Please note: ${address}.`,
        ]),
        'address',
        address,
      );
    },
  },
  {
    name: 'email',
    make: (given, dice) => {
      const right = emailOf(given.person);
      const wrong = misspelt(right, dice.int(3));
      return inAccount(
        { ...given, account: { ...given.account, email: wrong } },
        dice.pick(['No mails from you', 'Wrong email', 'Typing error']),
        dice.pick([
          `I get none of your mails. I must have mistyped my email when I signed up: it is ${right}.`,
          `There is a slip in my email address in your files. The right one is ${right}.`,
          `Please correct my email to ${right}; two letters are the wrong way round.`,
        ]),
        'email',
        right,
      );
    },
  },
  {
    name: 'newsletter',
    make: (given, dice) =>
      inAccount(
        { ...given, account: { ...given.account, newsletter: true } },
        dice.pick(['Newsletter', 'Too many mails', 'Please stop']),
        dice.pick([
          'Please take me off the newsletter. The link at the bottom of it does nothing.',
          'I never asked for the newsletter, and I do not want it. Please switch it off.',
          'Your newsletter comes every day. Kindly stop sending it to me.',
        ]),
        'newsletter',
        false,
      ),
  },
  {
    name: 'name',
    make: (given, dice) => {
      const { first, last } = given.person;
      const right = `${first} ${last}`;
      return inAccount(
        { ...given, account: { ...given.account, name: `${first} ${misspelt(last, 1)}` } },
        dice.pick(['My name', 'Name on the parcel', 'Spelling']),
        dice.pick([
          `My surname is misspelt on every parcel. It is ${right}, please.`,
          `Could you correct the name on my account? It should say ${right}.`,
          `The post office will not hand me my parcels, since my name is wrong in your files. I am ${right}.`,
        ]),
        'name',
        right,
      );
    },
  },
  {
    name: 'broken',
    make: (given, dice) => {
      const [item, price] = itemOf(given.order, dice.int(2));
      return inOrder(
        given,
        dice.pick(['Arrived damaged', 'Damaged', 'Damage in the post']),
        dice.pick([
          `The ${item} came damaged. Please refund it; I do not need another one.`,
          `When I opened the parcel, the ${item} was damaged. I would like my money back for it.`,
          `Everything is fine except for the ${item}, which I cannot use in this state. Please give me a refund for it.`,
        ]),
        'refunded',
        price,
      );
    },
  },
  {
    name: 'missing',
    make: (given, dice) => {
      const [item, price] = itemOf(given.order, dice.int(2));
      return inOrder(
        given,
        dice.pick(['Something is missing', 'Incomplete parcel', 'Not in the box']),
        dice.pick([
          `The ${item} was not in the parcel. Please refund it.`,
          `I paid for the ${item}, but it was not in the box. I want the money back.`,
          `One thing is missing from my order: the ${item}. I bought one elsewhere, so a refund will do.`,
        ]),
        'refunded',
        price,
      );
    },
  },
  {
    name: 'late',
    make: (given, dice) =>
      inOrder(
        given,
        dice.pick(['Nine days late', 'Late parcel', 'Too late']),
        dice.pick([
          'My parcel came nine days late, after the birthday that it was for. What do you do about it?',
          'You promised two days, and it took eleven. I think that I should not have to pay for the delivery.',
          'The delivery was a week late. I hear that you pay something back in such cases.',
        ]),
        'refunded',
        given.order.shipping,
      ),
  },
  {
    name: 'twice',
    make: (given, dice) => {
      const due = given.order.paid;
      return inOrder(
        { ...given, order: { ...given.order, paid: cents(2 * due) } },
        dice.pick(['Charged twice', 'Double payment', 'Paid two times']),
        dice.pick([
          'My bank shows the payment for this order twice. Please send one of them back.',
          'You took the money for my order two times. I would like to have the second payment back.',
          'I pressed the button twice and paid twice. Please return what I paid too much.',
        ]),
        'refunded',
        due,
      );
    },
  },
  {
    name: 'cancel',
    make: (given, dice) =>
      inOrder(
        { ...given, order: { ...given.order, status: 'paid' } },
        dice.pick(['Cancel my order', 'Changed my mind', 'Do not send it']),
        dice.pick([
          'I ordered the wrong size. Please cancel the order, it has not been sent yet.',
          'Please do not send my order: I found it cheaper. Cancel it, please.',
          'Could you cancel this order? My sister gave me the same things today.',
        ]),
        'status',
        'cancelled',
      ),
  },
];

const stuck = (given: Case, about: Trouble['about'], subject: string, text: string): Trouble => ({
  account: given.account,
  order: given.order,
  subject,
  text,
  about,
  fix: null,
});

/** Problems that nobody at the desk can solve now: something is missing, or somebody else decides. */
export const UNSOLVABLE: readonly (Problem & {
  /** The order has something large in it. */
  readonly large: boolean;
})[] = [
  {
    name: 'on-hold',
    large: false,
    make: (given, dice) =>
      stuck(
        { ...given, account: { ...given.account, locked: true, hold: 'risk' } },
        'account',
        dice.pick(['Account locked', 'Let me in', 'Cannot order']),
        dice.pick([
          'My account is locked, and I have done nothing wrong. Please unlock it today.',
          'Why am I locked out? I have been a customer for years. Unlock me, please.',
        ]),
      ),
  },
  {
    name: 'large-refund',
    large: true,
    make: (given, dice) => {
      const [item] = itemOf(given.order, 0);
      return stuck(
        given,
        'order',
        dice.pick(['A bad surprise', 'Refund please', 'Damaged in transit']),
        dice.pick([
          `The ${item} arrived badly damaged. I want a refund for it.`,
          `The ${item} is faulty. Please pay me back what it cost.`,
        ]),
      );
    },
  },
  {
    name: 'no-address',
    large: false,
    make: (given, dice) =>
      stuck(
        given,
        'account',
        dice.pick(['Moved house', 'Address']),
        dice.pick([
          'I have moved. Please put my new address into my account, so that the next parcel finds me.',
          'We live somewhere else now. Please update our address before Friday.',
        ]),
      ),
  },
  {
    name: 'in-transit',
    large: false,
    make: (given, dice) =>
      stuck(
        { ...given, order: { ...given.order, status: 'in transit' } },
        'order',
        dice.pick(['Where is it?', 'Parcel not here', 'Nothing came']),
        dice.pick([
          'I have been waiting for my parcel for two weeks. Where is it now?',
          'Your page has said "in transit" for days. Please find out where my parcel is.',
        ]),
      ),
  },
  {
    name: 'which-item',
    large: false,
    make: (given, dice) =>
      stuck(
        given,
        'order',
        dice.pick(['One is damaged', 'Damage']),
        dice.pick([
          'One of the two things that I ordered arrived damaged. I would like my money back for it.',
          'Half of my order was spoilt when it came. Please refund that half.',
        ]),
      ),
  },
  {
    name: 'repair',
    large: true,
    make: (given, dice) => {
      const [item] = itemOf(given.order, 0);
      return stuck(
        given,
        'order',
        dice.pick(['Repair', 'My repair']),
        dice.pick([
          `I sent the ${item} to your workshop for repair three weeks ago. When do I get it back?`,
          `Your workshop has had my ${item} since last month. On which day will it be ready?`,
        ]),
      );
    },
  },
];
