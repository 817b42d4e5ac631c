import { type MakeProblem, ofNumber } from './problem.ts';

/** Functions of one whole number. */
export const NUMBER_PROBLEMS: readonly MakeProblem[] = [
  (dice) => {
    const [grace, rate] = [2 + dice.int(4), 2 + dice.int(8)];
    const most = rate * (4 + dice.int(3)) + 1;
    return ofNumber({
      function: 'late_fee',
      parameter: 'days',
      spec: `The fee for a book that is late by that many days. The first ${grace} days are free. Every day after them costs ${rate}, but never more than ${most} in all.`,
      from: 0,
      to: 18,
      want: (days) => Math.min(most, Math.max(0, days - grace) * rate),
      body: [`return min(${most}, max(0, days - ${grace}) * ${rate})`],
    });
  },
  (dice) => {
    const [base, included, extra] = [4 + dice.int(5), 2 + dice.int(4), 2 + dice.int(3)];
    return ofNumber({
      function: 'shipping_cost',
      parameter: 'kilos',
      spec: `What it costs to send a parcel of that many whole kilos. Up to and including ${included} kilos it is ${base}. Each kilo above that adds ${extra}.`,
      from: 1,
      to: 18,
      want: (kilos) => base + Math.max(0, kilos - included) * extra,
      body: [`return ${base} + max(0, kilos - ${included}) * ${extra}`],
    });
  },
  (dice) => {
    const size = 6 + dice.int(9);
    return ofNumber({
      function: 'page_count',
      parameter: 'entries',
      spec: `How many pages a list with that many entries fills. A page holds ${size} entries, the last one may hold fewer. A list without entries still has one page.`,
      from: 0,
      to: 45,
      want: (entries) => Math.max(1, Math.ceil(entries / size)),
      body: [`return max(1, -(-entries // ${size}))`],
    });
  },
  (dice) => {
    const width = 4 + dice.int(6);
    return ofNumber({
      function: 'seat_label',
      parameter: 'number',
      spec: `The label of a seat. Seats are numbered from 1, and each row has ${width} of them. The label is the letter of the row, A for the first, followed by the place in the row, counted from 1: the first seat is A1, the last of the first row A${width}.`,
      from: 1,
      to: 36,
      want: (number) => `${String.fromCharCode(65 + Math.floor((number - 1) / width))}${((number - 1) % width) + 1}`,
      body: [`row, place = divmod(number - 1, ${width})`, 'return chr(65 + row) + str(place + 1)'],
    });
  },
  (dice) => {
    const start = 6 + dice.int(5);
    return ofNumber({
      function: 'clock_text',
      parameter: 'minutes',
      spec: `The time of day so many minutes after ${start}:00, as hours and minutes with a colon between them. Minutes always have two digits, hours no leading zero. It never passes midnight.`,
      from: 0,
      to: 240,
      want: (minutes) => `${start + Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`,
      body: [`return f"{${start} + minutes // 60}:{minutes % 60:02d}"`],
    });
  },
  (dice) => {
    const [from, percent] = [40 + 10 * dice.int(5), 5 * (1 + dice.int(5))];
    return ofNumber({
      function: 'price_after_discount',
      parameter: 'total',
      spec: `What is to be paid for goods of that total. From ${from} on (${from} included) there are ${percent} per cent off, and the result is rounded down to a whole number. Below ${from} the total is paid as it is.`,
      from: 25,
      to: 110,
      want: (total) => (total >= from ? Math.floor((total * (100 - percent)) / 100) : total),
      body: [`return total * ${100 - percent} // 100 if total >= ${from} else total`],
    });
  },
  (dice) => {
    const [every, offset] = [3 + dice.int(4), dice.int(3)];
    return ofNumber({
      function: 'is_watering_day',
      parameter: 'day',
      spec: `Whether the plants get water on that day: True or False. The first time is day ${offset + 1}, and from then on every ${every} days: ${offset + 1}, ${offset + 1 + every}, ${offset + 1 + 2 * every} and so on.`,
      from: 1,
      to: 40,
      want: (day) => day > offset && (day - offset - 1) % every === 0,
      body: [`return day > ${offset} and (day - ${offset + 1}) % ${every} == 0`],
    });
  },
  (dice) => {
    const step = 5 + dice.int(8);
    return ofNumber({
      function: 'next_stop',
      parameter: 'position',
      spec: `There is a stop at every multiple of ${step}. The function gives the first stop behind that position; at a stop it gives the one after it, so the result is always larger than the position.`,
      from: 0,
      to: 60,
      want: (position) => (Math.floor(position / step) + 1) * step,
      body: [`return (position // ${step} + 1) * ${step}`],
    });
  },
  (dice) => {
    const [rate, every] = [30 + 5 * dice.int(9), 4 + dice.int(4)];
    return ofNumber({
      function: 'room_price',
      parameter: 'nights',
      spec: `The price of so many nights. A night costs ${rate}. Of every ${every} nights one is free, so ${every} nights cost as much as ${every - 1}, and ${2 * every} nights as much as ${2 * (every - 1)}.`,
      from: 1,
      to: 24,
      want: (nights) => (nights - Math.floor(nights / every)) * rate,
      body: [`return (nights - nights // ${every}) * ${rate}`],
    });
  },
  (dice) => {
    const [low, high] = [5 + dice.int(6), 20 + dice.int(8)];
    return ofNumber({
      function: 'heating_level',
      parameter: 'wanted',
      spec: `The level that the heating is set to. It is the wanted one, but never below ${low} and never above ${high}.`,
      from: 0,
      to: 34,
      want: (wanted) => Math.min(high, Math.max(low, wanted)),
      body: [`return min(${high}, max(${low}, wanted))`],
    });
  },
  (dice) => {
    const [middle, large] = [4 + dice.int(3), 20 + dice.int(6)];
    return ofNumber({
      function: 'token_count',
      parameter: 'amount',
      spec: `How many tokens make up that amount when there are tokens of ${large}, of ${middle} and of 1, and one always takes the largest that still fits.`,
      from: 0,
      to: 70,
      want: (amount) =>
        Math.floor(amount / large) + Math.floor((amount % large) / middle) + ((amount % large) % middle),
      body: [`rest = amount % ${large}`, `return amount // ${large} + rest // ${middle} + rest % ${middle}`],
    });
  },
];
