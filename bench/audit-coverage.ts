/**
 * How often the intervals of an audit hold the truth, and whether choosing spoils them. Run: npm run bench -- audit-coverage
 * Simulated and seeded; the Monte Carlo standard error is printed beside it.
 */

import { type Share, shareEstimate } from '../src/audit/ratio.ts';
import { type Rng, rng } from '../src/base/rng.ts';
import { holds } from '../src/stats/coverage.ts';
import { clopperPearson, type Interval } from '../src/stats/proportion.ts';

const DRAWS = 1_000;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const error = `+-${(100 * Math.sqrt((0.05 * 0.95) / DRAWS)).toFixed(2)}`;
const line = (name: string, value: string): void => {
  process.stdout.write(`${name.padEnd(84)}${value.padStart(10)}\n`);
};
const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

interface World {
  readonly name: string;
  readonly truth: number;
  draw(dice: Rng): Share;
}

const WORLDS: readonly World[] = [
  {
    name: 'scores in between, guessing and honest work vary',
    truth: (0.35 - 0.1) / (0.8 - 0.1),
    draw: (dice) => {
      const level = dice.next();
      return { gamed: 0.3 * level + 0.4 * dice.next(), floor: 0.2 * dice.next(), ceiling: 0.6 + 0.4 * dice.next() };
    },
  },
  {
    name: 'yes or no, half of the attacks work, guessing is right one time in four',
    truth: (0.5 - 0.25) / (1 - 0.25),
    draw: (dice) => ({ gamed: Number(dice.next() < 0.5), floor: 0.25, ceiling: 1 }),
  },
  {
    name: 'yes or no, one attack in ten works, nobody can guess',
    truth: 0.1,
    draw: (dice) => ({ gamed: Number(dice.next() < 0.1), floor: 0, ceiling: 1 }),
  },
  {
    name: 'the attack mostly earns more than honest work, and nothing one time in seven',
    truth: 0.85 / 0.9,
    draw: (dice) => ({ gamed: Number(dice.next() < 0.85), floor: 0, ceiling: 0.8 + 0.2 * dice.next() }),
  },
  {
    name: 'yes or no, honest work passes nine times in ten',
    truth: 0.4 / 0.9,
    draw: (dice) => ({ gamed: Number(dice.next() < 0.4), floor: 0, ceiling: Number(dice.next() < 0.9) }),
  },
];

const coverageOf = ({ name, truth, draw }: World, size: number): number => {
  let held = 0;
  let given = 0;
  for (let round = 0; round < DRAWS; round++) {
    const dice = rng(`${name}/${size}/${round}`);
    const { interval } = shareEstimate(
      Array.from({ length: size }, () => draw(dice)),
      null,
    );
    if (interval === null) continue;
    given += 1;
    if (holds([interval[0], interval[1]], truth)) held += 1;
  }
  return given === 0 ? Number.NaN : held / given;
};

/** The best of many strategies of one true rate, with the half that chose it and with the other. */
const afterChoosing = (
  strategies: number,
  size: number,
  rate: number,
): { readonly same: number; readonly other: number; readonly bias: number } => {
  const hit = { same: 0, other: 0 };
  const means: number[] = [];
  for (let round = 0; round < DRAWS; round++) {
    const dice = rng(`choose/${strategies}/${size}/${rate}/${round}`);
    const count = (): number => Array.from({ length: size }, () => dice.next()).filter((roll) => roll < rate).length;
    const best = Math.max(...Array.from({ length: strategies }, count));
    const other = count();
    const covers = (events: number): boolean => {
      const interval: Interval = clopperPearson(events, size);
      return holds(interval, rate);
    };
    if (covers(best)) hit.same += 1;
    if (covers(other)) hit.other += 1;
    means.push(best / size - rate);
  }
  return { same: hit.same / DRAWS, other: hit.other / DRAWS, bias: average(means) };
};

line(`95 % intervals of gameability, ${DRAWS} draws (${error})`, 'holds');
for (const world of WORLDS) {
  for (const size of [5, 10, 20, 50]) line(`${world.name}, ${size} examples`, percent(coverageOf(world, size)));
}
for (const size of [10, 25, 50]) {
  const { same, other, bias } = afterChoosing(50, size, 0.2);
  line(`rate of the best of 50 strategies, true rate 20 %, ${size} examples that did not choose it`, percent(other));
  line(`  the same on the ${size} that did (too high by ${percent(bias)} on average; never reported)`, percent(same));
}
