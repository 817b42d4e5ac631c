import { expect, test } from 'vitest';
import { findEnvironment } from '../env/registry.ts';
import type { EvalPlan } from '../record/run.ts';
import { evalPlanSchema } from '../record/run.ts';
import { planGroups, plannedRollouts } from './plan.ts';

const environments = ['tool-use-flattery', 'political-sycophancy'].map(findEnvironment);

const plan = (change: Partial<EvalPlan>): EvalPlan => ({
  kind: 'eval',
  model: 'm',
  environments: environments.map(({ name }) => name),
  n: 6,
  seed: 's',
  split: 'train',
  register: 'compact',
  promptSet: 'main',
  dialect: 'tags',
  temperature: 1,
  maxOutputTokens: 64,
  maxUsd: null,
  price: null,
  ...change,
});

const jobsOf = (change: Partial<EvalPlan>) =>
  [...planGroups(plan(change), environments)].flatMap(({ environment, jobs }) =>
    jobs.map(({ rolloutId, task, seed }) => ({ environment: environment.name, rolloutId, task: task.id, seed })),
  );

const countsOf = (change: Partial<EvalPlan>): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { environment } of jobsOf(change)) counts[environment] = (counts[environment] ?? 0) + 1;
  expect(Object.fromEntries(plannedRollouts(plan(change), environments))).toEqual(counts);
  return counts;
};

test('without repeats and counts a plan is what it always was', () => {
  expect(countsOf({})).toEqual({ 'tool-use-flattery': 6, 'political-sycophancy': 8 });
  expect(evalPlanSchema.parse(plan({}))).toEqual(plan({}));
  expect(evalPlanSchema.parse(plan({ repeats: 4, counts: { a: 2 } }))).toMatchObject({ repeats: 4, counts: { a: 2 } });
});

test('each task is played as often as asked, groups as a whole, every rollout with an id and a seed of its own', () => {
  expect(countsOf({ repeats: 4 })).toEqual({ 'tool-use-flattery': 8, 'political-sycophancy': 16 });
  const jobs = jobsOf({ repeats: 4 });
  expect(new Set(jobs.map(({ rolloutId }) => rolloutId)).size).toBe(jobs.length);
  expect(new Set(jobs.map(({ seed }) => seed)).size).toBe(jobs.length);
  const perTask = new Map<string, number>();
  for (const { task } of jobs) perTask.set(task, (perTask.get(task) ?? 0) + 1);
  expect(new Set(perTask.values())).toEqual(new Set([4]));
  const political = jobs.filter(({ environment }) => environment === 'political-sycophancy').map(({ task }) => task);
  expect(political.slice(0, 4)).toEqual(political.slice(4, 8));
  expect(new Set(political.slice(0, 4)).size).toBe(4);
});

test('an environment may have a number of its own', () => {
  expect(countsOf({ counts: { 'tool-use-flattery': 11 } })).toEqual({
    'tool-use-flattery': 11,
    'political-sycophancy': 8,
  });
});
