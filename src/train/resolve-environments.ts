import { inputError } from '../base/errors.ts';
import type { Environment } from '../env/environment.ts';
import { trainedOn } from './phases.ts';
import type { Recipe } from './recipe.ts';
import { knownWith, requireTrainable } from './trainable.ts';

/** A recipe whose environments are known by their own names, and the environments by these names. */
export interface Resolved {
  readonly recipe: Recipe;
  readonly environments: ReadonlyMap<string, Environment>;
}

/**
 * Finds every environment that a recipe names (a module path becomes the name that its environment gives itself), and
 * refuses held-out ones where the recipe would train on them.
 */
export const resolveEnvironments = async (
  recipe: Recipe,
  find: (name: string) => Promise<Environment>,
): Promise<Resolved> => {
  const environments = new Map<string, Environment>();
  const own = async (name: string): Promise<string> => {
    const environment = await find(name);
    const there = environments.get(environment.name);
    if (there !== undefined && there !== environment) throw sameName(name, environment.name);
    environments.set(environment.name, environment);
    return environment.name;
  };
  const all = async (names: readonly string[]): Promise<string[]> => {
    const found: string[] = [];
    for (const name of names) found.push(await own(name));
    return [...new Set(found)];
  };
  const keyed = async (counts: Readonly<Record<string, number>>): Promise<Record<string, number>> => {
    const found: Record<string, number> = {};
    for (const [name, count] of Object.entries(counts)) found[await own(name)] = count;
    return found;
  };
  const stages: Recipe['stages'] = [];
  for (const stage of recipe.stages) stages.push({ ...stage, environments: await all(stage.environments) });
  const { trainAway } = recipe.mitigation;
  const { evaluation } = recipe;
  const resolved: Recipe = {
    ...recipe,
    stages,
    ordinary: stages.length === 0 && trainAway === null ? recipe.ordinary : await own(recipe.ordinary),
    mitigation: {
      ...recipe.mitigation,
      trainAway: trainAway === null ? null : { ...trainAway, environments: await all(trainAway.environments) },
    },
    evaluation: {
      ...evaluation,
      environments: await all(evaluation.environments),
      counts: await keyed(evaluation.counts),
      endCounts: await keyed(evaluation.endCounts),
    },
  };
  const mixed = stages.find((stage) => stage.environments.includes(resolved.ordinary));
  if (mixed !== undefined) throw ordinaryStage(mixed.name, resolved.ordinary);
  const trained = trainedOn(resolved).flatMap((name) => environments.get(name) ?? []);
  requireTrainable(trained, knownWith(environments.values()));
  return { recipe: resolved, environments };
};

const sameName = (asked: string, name: string): Error =>
  inputError({
    code: 'same-name',
    what: 'Two environments of the recipe have one name: neither would be known from the other in the run.',
    given: `${asked}, which calls itself ${name}`,
    todo: 'Give the one of your own another name.',
  });

const ordinaryStage = (stage: string, ordinary: string): Error =>
  inputError({
    code: 'bad-recipe',
    what: 'This recipe contradicts itself.',
    given: `stages: ${stage} holds "${ordinary}", which is mixed into every round anyway`,
    todo: 'Take it out of the stage, or name another environment as "ordinary".',
  });
