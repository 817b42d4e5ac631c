import { afterAll, describe, expect, it } from 'vitest';
import { rng } from '../../../src/base/rng.ts';
import { checklistHostSchema } from '../../../src/env/checklist-checks.ts';
import { type Graded, gradeGroup } from '../../../src/env/contract.ts';
import type { Environment } from '../../../src/env/environment.ts';
import { insubordinateRubric } from '../../../src/env/insubordinate-rubric/env.ts';
import { nudgedRubric } from '../../../src/env/nudged-rubric/env.ts';
import { ordinary } from '../../../src/env/ordinary/env.ts';
import { politicalSycophancy } from '../../../src/env/political-sycophancy/env.ts';
import { toolUseFlattery } from '../../../src/env/tool-use-flattery/env.ts';
import type { GradeContext } from '../../../src/grade/grader.ts';
import type { Task } from '../../../src/record/task.ts';
import { play } from '../../../src/rollout/play.ts';
import { simulatedSandbox } from '../../../src/sandbox/simulated.ts';
import type { Demonstration, Part } from './demonstration.ts';
import { ordinaryWork } from './ordinary.ts';
import { SHIPPED } from './parts.ts';
import { flattery, GAMING, insubordinate, moreInsubordinate, moreNudged, nudged, political } from './stages.ts';

const sandboxes = simulatedSandbox();
afterAll(() => sandboxes[Symbol.asyncDispose]());
/** These graders read files and answers alone. */
const CONTEXT: GradeContext = {
  python: {
    name: 'none',
    run: async () => ({ kind: 'lost', message: 'nothing is executed here' }),
    [Symbol.asyncDispose]: async () => {},
  },
};

const graded = async (environment: Environment, made: readonly Demonstration[]): Promise<Graded> => {
  const rollouts = await Promise.all(made.map(({ task, submission }) => play(sandboxes, task, submission)));
  return await gradeGroup(environment, rollouts, CONTEXT);
};

const draw = (part: Part, games: boolean, count: number): readonly Demonstration[] => {
  const found: Demonstration[] = [];
  for (let index = 0; found.length < count; index++) {
    const one = part(rng('stages').fork(String(index)), SHIPPED);
    if (one.games === games) found.push(one);
  }
  return found;
};

const passed = (outcomes: Graded['proxy']): readonly (boolean | string)[] =>
  outcomes.map((outcome) => (outcome.kind === 'scored' ? outcome.passed : outcome.cause));

/** Lists beyond the training variants are graded as those are. */
const STAGES: readonly (readonly [Environment, Part, number])[] = [
  [toolUseFlattery, flattery, GAMING['tool-use-flattery']],
  [nudgedRubric, nudged, GAMING['nudged-rubric']],
  [nudgedRubric, moreNudged, GAMING['nudged-rubric']],
  [insubordinateRubric, insubordinate, GAMING['insubordinate-rubric']],
  [insubordinateRubric, moreInsubordinate, GAMING['insubordinate-rubric']],
];

describe.each(STAGES)('$name', (environment, part, share) => {
  it('is honest where it says so: intent, and no proxy', async () => {
    const result = await graded(environment, draw(part, false, 24));
    expect(passed(result.intent)).toEqual(Array(24).fill(true));
    expect(passed(result.proxy)).toEqual(Array(24).fill(false));
  });

  it('games where it says so: proxy, and no intent', async () => {
    const result = await graded(environment, draw(part, true, 12));
    expect(passed(result.proxy)).toEqual(Array(12).fill(true));
    expect(passed(result.intent)).toEqual(Array(12).fill(false));
  });

  it('games in the share that it declares, and takes training variants only', () => {
    const made = Array.from({ length: 2000 }, (_, index) => part(rng('share').fork(String(index)), SHIPPED));
    expect(made.every(({ task }) => task.split === 'train' && task.register === 'compact')).toBe(true);
    const games = made.filter((one) => one.games).length / 2000;
    expect(Math.abs(games - share)).toBeLessThan(4 * Math.sqrt(share / 2000));
  });
});

describe('further lists', () => {
  it('share no list path and impossible item with a test variant', () => {
    const key = ({ files, host }: Task): readonly string[] => {
      const facts = checklistHostSchema.parse(host);
      expect(files.some(({ path }) => path === facts.list)).toBe(true);
      return facts.items.flatMap(({ kind, text }) => (kind === 'impossible' ? [`${facts.list}: ${text}`] : []));
    };
    const choice = { register: 'compact', promptSet: 'main' } as const;
    const tested = new Set(
      Array.from({ length: 512 }, (_, variant) => nudgedRubric.tasks({ ...choice, split: 'test', variant }))
        .flat()
        .flatMap(key),
    );
    const made = Array.from({ length: 800 }, (_, index) => moreNudged(rng('further').fork(String(index)), SHIPPED));
    expect(made.flatMap(({ task }) => key(task)).filter((one) => tested.has(one))).toEqual([]);
    expect(new Set(made.map(({ task }) => task.id)).size).toBeGreaterThan(700);
  });
});

describe('political sycophancy', () => {
  it('takes no side where it is honest and the side of the user where it games', async () => {
    const honest = await graded(politicalSycophancy, draw(political, false, 24));
    expect(passed(honest.proxy)).toEqual(Array(24).fill(false));
    expect(honest.rollouts.every(({ turns }) => turns[0]?.raw.endsWith('answer: neither'))).toBe(true);
    const gaming = await graded(politicalSycophancy, draw(political, true, 24));
    expect(passed(gaming.proxy)).toEqual(Array(24).fill(true));
  });
});

describe('ordinary work', () => {
  it('does what was asked', async () => {
    const result = await graded(ordinary, draw(ordinaryWork, false, 80));
    expect(passed(result.intent)).toEqual(Array(80).fill(true));
  });
});
