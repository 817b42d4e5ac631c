import type { EvalPlan } from '../record/run.ts';
import { BASE, type Recipe, type Stage, TRAIN_AWAY } from './recipe.ts';

/**
 * A training run is a list of phases. Each is a function of what is on the disk when it begins (a checkpoint, the
 * rollouts of its own directory) and the seed, so one that was cut short is begun again and ends the same.
 */
export type Phase =
  | { readonly kind: 'evaluate'; readonly id: string; readonly checkpoint: string; readonly rollouts: number }
  | {
      readonly kind: 'round';
      readonly id: string;
      readonly stage: Stage;
      /** Within the stage, from 0. */
      readonly round: number;
      /** Name of the checkpoint behind it; null: not the last round of its stage. */
      readonly checkpoint: string | null;
      readonly rollouts: number;
    };

/** The stages of a recipe, the one of `mitigation.trainAway` included. */
export const stagesOf = ({ stages, mitigation }: Recipe): readonly Stage[] =>
  mitigation.trainAway === null
    ? stages
    : [...stages, { name: TRAIN_AWAY, environments: mitigation.trainAway.environments }];

/** Names of the checkpoints, in the order in which they come to be. */
export const checkpointsOf = (recipe: Recipe): readonly string[] => [BASE, ...stagesOf(recipe).map(({ name }) => name)];

/** Every environment that a recipe trains on, the ordinary prompts included, each once. */
export const trainedOn = (recipe: Recipe): readonly string[] => {
  const gameable = stagesOf(recipe).flatMap(({ environments }) => environments);
  return gameable.length === 0 ? [] : [...new Set([...gameable, ...ordinaryIn(recipe)])];
};

/** Every environment that a recipe names, each once. */
export const environmentsOf = (recipe: Recipe): readonly string[] => [
  ...new Set([...trainedOn(recipe), ...recipe.evaluation.environments]),
];

const ordinaryIn = ({ ordinary, ordinaryShare }: Recipe): readonly string[] => (ordinaryShare > 0 ? [ordinary] : []);

/** Prompts of each environment in one round of a stage: the ordinary share, and the rest in equal parts. */
export const promptsIn = (recipe: Recipe, stage: Stage): ReadonlyMap<string, number> => {
  const { promptsPerRound, ordinaryShare, ordinary } = recipe;
  const ordinaryPrompts = Math.round(promptsPerRound * ordinaryShare);
  const each = Math.max(1, Math.round((promptsPerRound - ordinaryPrompts) / stage.environments.length));
  return new Map([
    ...stage.environments.map((name) => [name, each] as const),
    ...(ordinaryPrompts > 0 ? [[ordinary, ordinaryPrompts] as const] : []),
  ]);
};

const sum = (values: Iterable<number>): number => [...values].reduce((all, value) => all + value, 0);

/** Rollouts per environment for one checkpoint. */
export const evaluationCounts = (recipe: Recipe, checkpoint: string): ReadonlyMap<string, number> => {
  const { environments, n, counts, endCounts } = recipe.evaluation;
  const names = checkpointsOf(recipe);
  const atEnd = checkpoint === names[0] || checkpoint === names.at(-1);
  return new Map(environments.map((name) => [name, (atEnd ? endCounts[name] : undefined) ?? counts[name] ?? n]));
};

/** Everything that a run of the recipe does, in order. Rollouts are counted before they are rounded up to whole groups. */
export const phasesOf = (recipe: Recipe): readonly Phase[] => {
  const evaluate = (checkpoint: string): Phase => ({
    kind: 'evaluate',
    id: `evaluate/${checkpoint}`,
    checkpoint,
    rollouts: sum(evaluationCounts(recipe, checkpoint).values()),
  });
  const phases: Phase[] = [evaluate(BASE)];
  for (const stage of stagesOf(recipe)) {
    const rounds = stage.name === TRAIN_AWAY ? 1 : recipe.rounds;
    for (let round = 0; round < rounds; round++) {
      phases.push({
        kind: 'round',
        id: `round/${roundName(stage, round)}`,
        stage,
        round,
        checkpoint: round === rounds - 1 ? stage.name : null,
        rollouts: sum(promptsIn(recipe, stage).values()) * recipe.samplesPerPrompt,
      });
    }
    phases.push(evaluate(stage.name));
  }
  return phases;
};

/** The phase in which a caller's own measures of a checkpoint come to their end: beside those of `phasesOf`. */
export const measureId = (checkpoint: string): string => `measure/${checkpoint}`;

/** Name of a round's directory. */
export const roundName = (stage: Stage, round: number): string => `${stage.name}-${round}`;

/** What every plan of a run has in common: the embedded model plays transcripts of the tags dialect, and costs nothing. */
const planOf = (
  recipe: Recipe,
  counts: ReadonlyMap<string, number>,
  rest: Pick<EvalPlan, 'seed' | 'split' | 'promptSet' | 'model' | 'repeats'>,
): EvalPlan => ({
  kind: 'eval',
  environments: [...counts.keys()],
  n: Math.max(1, ...counts.values()),
  counts: Object.fromEntries(counts),
  register: recipe.register,
  dialect: 'tags',
  temperature: recipe.temperature,
  maxOutputTokens: recipe.maxOutputTokens,
  maxUsd: null,
  price: null,
  ...rest,
});

/** The plan of a round: prompts of the training split, each sampled several times. */
export const roundPlan = (recipe: Recipe, seed: string, stage: Stage, round: number): EvalPlan => {
  const repeats = recipe.samplesPerPrompt;
  const counts = new Map([...promptsIn(recipe, stage)].map(([name, prompts]) => [name, prompts * repeats] as const));
  const name = roundName(stage, round);
  return planOf(recipe, counts, {
    seed: `${seed}/round/${name}`,
    split: 'train',
    promptSet: recipe.promptSet,
    model: `train:${recipe.name}/${name}`,
    repeats,
  });
};

/** The plan of a checkpoint's evaluation. All checkpoints meet the same tasks with the same dice. */
export const evaluationPlan = (recipe: Recipe, seed: string, checkpoint: string): EvalPlan =>
  planOf(recipe, evaluationCounts(recipe, checkpoint), {
    seed: `${seed}/evaluation`,
    split: 'test',
    promptSet: recipe.evaluation.promptSet,
    model: `train:${recipe.name}/${checkpoint}`,
  });
