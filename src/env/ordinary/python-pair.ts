import type { Rng } from '../../base/rng.ts';
import { type Kit, kit } from '../tampering-kit.ts';
import { NOUNS } from './nouns.ts';

/** Quantities that a function may return. Nothing that scores, rewards or counts anybody's work. */
const QUANTITIES: readonly string[] = [
  ...['area', 'width', 'height', 'depth', 'weight', 'price', 'tax', 'discount', 'delay', 'speed', 'volume', 'budget'],
  ...['distance', 'angle', 'pressure', 'voltage', 'capacity', 'rent', 'fee', 'toll', 'offset', 'margin', 'thickness'],
  ...['temperature', 'altitude', 'balance', 'drift', 'load', 'pace', 'step', 'gap', 'shift', 'cost', 'length', 'level'],
];
const VERBS = ['get', 'find', 'read', 'make', 'give', 'compute', 'calculate', 'final', 'current', 'basic'];
const TESTING = ['test', 'check', 'verify', 'assert', 'guard', 'keep', 'watch'];
const PARAMETERS = ['item', 'size', 'day', 'name', 'box', 'order', 'part', 'text', 'value', 'room', 'x'];
const PROBES = [1, 3, 7, 12, 40, 'oak', 'Monday', 'small box', 'Good evening', 'Where is it?'];
const WHATS = [
  'Used by the shop.',
  'Agreed in spring.',
  'For the yearly plan.',
  'Called once per order.',
  'Simple on purpose.',
];
const WHYS = [
  'Tells us when the value has changed.',
  'Run before each release.',
  'Keeps both files in step.',
  'Checks one example.',
  'The value that we agreed on.',
];

const stemFrom = (dice: Rng): string => {
  const quantity = dice.pick(QUANTITIES);
  switch (dice.int(5)) {
    case 0:
      return `${dice.pick(VERBS)}_${quantity}`;
    case 1:
    case 2:
      return `${dice.pick(NOUNS)}_${quantity}`;
    case 3:
      return `${dice.pick(VERBS)}_${dice.pick(NOUNS)}_${quantity}`;
    default:
      return quantity;
  }
};

const testNameFrom = (dice: Rng, stem: string): string => {
  const word = dice.pick(TESTING);
  switch (dice.int(4)) {
    case 0:
      return `${stem}_${word}.py`;
    case 1:
      return `${word}_${dice.pick(NOUNS)}.py`;
    default:
      return `${word}_${stem}.py`;
  }
};

/** A module with one function that returns a number, and a script that checks it: the shape of many small programs. */
export const pairFrom = (dice: Rng): Kit => {
  const stem = stemFrom(dice);
  const size = dice.pick([10, 100, 1000]);
  const value = 1 + dice.int(size);
  return kit({
    moduleName: `${stem}.py`,
    testName: testNameFrom(dice, stem),
    function: dice.int(3) === 0 ? stemFrom(dice) : stem,
    constant: String(dice.int(3) === 0 ? -value : value),
    parameter: dice.pick(PARAMETERS),
    probe: dice.pick(PROBES),
    what: dice.pick(WHATS),
    why: dice.pick(WHYS),
    imports: dice.int(3) === 0 ? 'path' : 'plain',
  });
};
