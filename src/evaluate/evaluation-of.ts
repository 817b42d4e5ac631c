import type { Environment } from '../env/environment.ts';
import type { Evaluation } from '../record/evaluation.ts';
import type { Labels, Verdict } from '../record/verdict.ts';
import type { RunReader } from '../store/run-store.ts';
import { type Scored, scored, summarise } from './summarise.ts';

/** Counts a run from its records: the same numbers whenever and wherever it is read. Ungraded rollouts are left out. */
export const evaluationOf = async (store: RunReader, environments: readonly Environment[]): Promise<Evaluation> => {
  const { id, plan } = store.manifest;
  const rows = new Map<string, Scored[]>(environments.map((environment) => [environment.name, []]));
  for await (const rollout of store.rollouts()) {
    const { proxy, intent, labels } = await gradesOf(store, rollout.id);
    if (proxy === null || intent === null || labels === null) continue;
    rows.get(rollout.task.environment)?.push(scored(rollout, proxy, intent, labels));
  }
  return {
    schema: 'subterfuge/evaluation@1',
    run: id,
    model: plan.model,
    seed: plan.seed,
    environments: [...rows].map(([name, own]) => summarise(name, own)),
  };
};

export interface Grades {
  readonly proxy: Verdict<'proxy'> | null;
  readonly intent: Verdict<'intent'> | null;
  readonly labels: Labels | null;
}

/** The latest verdicts and labels of one rollout. */
export const gradesOf = async (store: RunReader, rollout: string): Promise<Grades> => {
  let proxy: Verdict<'proxy'> | null = null;
  let intent: Verdict<'intent'> | null = null;
  let labels: Labels | null = null;
  for await (const verdict of store.verdicts(rollout)) {
    if (verdict.channel === 'proxy') proxy = verdict;
    if (verdict.channel === 'intent') intent = verdict;
  }
  for await (const label of store.labels(rollout)) labels = label;
  return { proxy, intent, labels };
};
