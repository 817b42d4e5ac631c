/** Runs side by side: every rate of each, and what differs from the first, task by task where tasks match. */
import { inputError } from '../base/errors.ts';
import type { ComparedEnvironment, Comparison, RateDifference } from '../record/comparison.ts';
import { boundsWarning } from '../stats/rate.ts';
import { readingsOf } from '../stats/readings.ts';
import { whatDiffers } from './compare-manifests.ts';
import { differenceIn, flipsIn, matchOf } from './compare-pairs.ts';
import { refusalWarnings } from './compare-refusals.ts';
import { type CompareInput, labelOf, RATES, ratesIn, readSide, type Side } from './compare-side.ts';

/** More have no letter, and fit in no table. */
const MOST_RUNS = 26;

const checkInputs = (inputs: readonly CompareInput[]): void => {
  if (inputs.length < 2 || inputs.length > MOST_RUNS) {
    throw inputError({
      code: 'number-of-runs',
      what: inputs.length < 2 ? 'One run alone cannot be compared.' : 'These are too many runs for one comparison.',
      given: `${inputs.length}: ${inputs.map(({ path }) => path).join(', ')}`,
      allowed: `2 to ${MOST_RUNS} run directories; the first is what the others are compared with`,
      todo:
        inputs.length < 2 ? 'Name a second one, or read this one with: subterfuge show RUN' : 'Compare fewer at once.',
    });
  }
  const seen = new Map<string, string>();
  for (const { path, store } of inputs) {
    const key = `${store.manifest.id}\n${store.manifest.createdAt}`;
    const before = seen.get(key);
    if (before !== undefined) {
      throw inputError({
        code: 'same-run',
        what: 'The same run was named twice: it does not differ from itself.',
        given: `${before} and ${path}, both run ${store.manifest.id}`,
        todo: 'Name each run once. What other graders would say of one run: subterfuge grade RUN',
      });
    }
    seen.set(key, path);
  }
};

const checkShared = (inputs: readonly CompareInput[], sides: readonly Side[]): void => {
  const namesOf = (side: Side | undefined): string[] => [...(side?.rows.keys() ?? [])];
  for (const [index, side] of sides.entries()) {
    const path = inputs[index]?.path ?? '';
    if (side.rows.size === 0) {
      throw inputError({
        code: 'empty-run',
        what: 'A run has no graded rollout, so there is nothing to compare.',
        given: path,
        todo: `Go on with it: subterfuge resume ${path}`,
      });
    }
    if (index === 0 || namesOf(side).some((name) => sides[0]?.rows.has(name) === true)) continue;
    throw inputError({
      code: 'nothing-in-common',
      what: 'Two runs have no environment in common.',
      given: `${inputs[0]?.path ?? ''}: ${namesOf(sides[0]).join(', ')}; ${path}: ${namesOf(side).join(', ')}`,
      allowed: 'runs that share at least one environment with the first',
      todo: 'Play one of them on the environments of the other (subterfuge eval --env).',
    });
  }
};

/** One environment, readings still open: they depend on all of them together. */
const compareIn = (name: string, sides: readonly Side[]): ComparedEnvironment => {
  const [first] = sides;
  const differences: RateDifference[] = [];
  const flips: ComparedEnvironment['flips'] = [];
  const one = first?.rows.get(name);
  for (const [index, side] of sides.entries()) {
    const two = side.rows.get(name);
    if (index === 0 || first === undefined || one === undefined || two === undefined) continue;
    const run = labelOf(index);
    const match = matchOf(first, side, name);
    for (const rate of RATES) {
      const found = differenceIn(one, two, rate, match);
      if (found !== null) differences.push({ run, ...found, adjustedP: null, reading: 'not tested' });
    }
    flips.push({ run, ...flipsIn(one, two, match) });
  }
  return { name, rates: sides.map((side) => ratesIn(side, name)), differences, flips };
};

/** Holm over all environments and runs, one family for each rate. */
const withReadings = (environments: readonly ComparedEnvironment[]): ComparedEnvironment[] => {
  const read = new Map<RateDifference, Pick<RateDifference, 'adjustedP' | 'reading'>>();
  for (const family of Map.groupBy(
    environments.flatMap(({ differences }) => differences),
    ({ rate }) => rate,
  ).values()) {
    const readings = readingsOf(family.map(({ difference, p }) => ({ difference: difference.mean, p })));
    for (const [index, own] of family.entries()) {
      const { adjusted = null, reading = 'not tested' } = readings[index] ?? {};
      read.set(own, { adjustedP: adjusted, reading });
    }
  }
  return environments.map((environment) => ({
    ...environment,
    differences: environment.differences.map((own) => ({ ...own, ...read.get(own) })),
  }));
};

const percent = (share: number): string => (share * 100).toFixed(1);

const warningsOf = (sides: readonly Side[], environments: readonly ComparedEnvironment[]): Comparison['warnings'] => {
  const runs = sides.flatMap((side, index) => {
    const label = labelOf(index);
    const { plan } = side.manifest;
    return [
      ...(side.finished === false
        ? [
            {
              code: 'unfinished',
              text: `${label} is unfinished: its rates are of what was done, and more may move them.`,
            },
          ]
        : []),
      ...(side.finished === null
        ? [
            {
              code: 'not-known-whether-finished',
              text: `Whether ${label} is finished is not known: an environment of it could not be loaded.`,
            },
          ]
        : []),
      ...(side.ungraded > 0
        ? [{ code: 'ungraded', text: `${label} has ${side.ungraded} rollouts without verdicts; they are left out.` }]
        : []),
      ...(plan.until === undefined
        ? []
        : [
            {
              code: 'sequential',
              text: `${label} could end early (--until): its rates stay valid, but differences and p-values assume a number of rollouts that was fixed beforehand.`,
            },
          ]),
    ];
  });
  const missing = sides.flatMap((_, index) => {
    const names = environments.filter(({ rates }) => rates[index] === null).map(({ name }) => name);
    const text = `${labelOf(index)} has no graded rollout of ${names.join(', ')}: nothing of it is compared there.`;
    return names.length === 0 ? [] : [{ code: 'not-in-every-run', text }];
  });
  const cells = environments.flatMap(({ name, rates, differences }) => [
    ...rates.flatMap((own, index) => {
      if (own === null) return [];
      const { bounds } = own.gaming;
      return own.unscored === 0 || bounds === null || !boundsWarning(own.gaming)
        ? []
        : [
            {
              code: 'unscored',
              text: `${labelOf(index)}, ${name}: ${own.unscored} unscored; counted 0, then 1, gaming is ${percent(bounds[0])} to ${percent(bounds[1])} %.`,
            },
          ];
    }),
    ...differences.flatMap(({ run, rate, difference, reading }) => {
      const { bounds } = difference;
      const turns = bounds !== null && bounds[0] <= 0 && bounds[1] >= 0 && bounds[1] - bounds[0] > 0;
      return turns && (reading === 'higher' || reading === 'lower')
        ? [
            {
              code: 'could-turn',
              text: `${run}, ${name}: what is unscored could take away the difference in ${rate} (${percent(bounds[0])} to ${percent(bounds[1])} points).`,
            },
          ]
        : [];
    }),
  ]);
  return [...runs, ...missing, ...cells];
};

/**
 * Compares runs with the first of them. Throws inputError for fewer than two, for one that is named twice, for one without graded
 * rollouts, and for one that shares no environment with the first.
 */
export const compareRuns = async (inputs: readonly CompareInput[]): Promise<Comparison> => {
  checkInputs(inputs);
  const sides: Side[] = [];
  for (const input of inputs) sides.push(await readSide(input));
  checkShared(inputs, sides);
  const names = [...new Set(sides.flatMap(({ rows }) => [...rows.keys()]))];
  const environments = withReadings(names.map((name) => compareIn(name, sides)));
  return {
    schema: 'subterfuge/comparison@1',
    runs: sides.map(({ manifest, finished, rollouts, ungraded }, index) => ({
      label: labelOf(index),
      path: inputs[index]?.path ?? '',
      id: manifest.id,
      model: manifest.plan.model,
      finished,
      rollouts,
      ungraded,
    })),
    differ: whatDiffers(sides),
    environments,
    warnings: [...warningsOf(sides, environments), ...refusalWarnings(inputs)],
  };
};
