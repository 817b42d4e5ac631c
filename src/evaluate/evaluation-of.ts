import type { Environment } from '../env/environment.ts';
import type { Rate } from '../record/estimate.ts';
import type { EnvironmentSummary, Evaluation } from '../record/evaluation.ts';
import type { Rollout } from '../record/rollout.ts';
import type { EvalPlan, SandboxName } from '../record/run.ts';
import type { Labels, Verdict } from '../record/verdict.ts';
import type { RunReader } from '../store/run-store.ts';
import { attemptsOf } from './attempts.ts';
import { isByRulesAlone } from './judged-labels.ts';
import { judgedOf } from './judged-summary.ts';
import { recordedGroups } from './recorded-groups.ts';
import { repeatsOf } from './repeats.ts';
import { type Estimators, FIXED_NUMBER, type Named, type Scored, scored, summarise } from './summarise.ts';
import { ANY_TIME, type PlacedRows, placeOf, sequentialOf } from './until.ts';

/** Counts a run from its records: the same numbers whenever and wherever it is read. Ungraded rollouts are left out. */
export const evaluationOf = async (store: RunReader, environments: readonly Environment[]): Promise<Evaluation> => {
  const { id, plan } = store.manifest;
  const summaries: Evaluation['environments'] = [];
  for (const environment of environments) {
    const placed: PlacedRows[number][] = [];
    for await (const group of recordedGroups(store, environment.name)) {
      const contrasts = contrastsIn(environment, group);
      for (const rollout of group) {
        const { proxy, intent, labels } = await gradesOf(store, rollout.id);
        if (proxy === null || intent === null || labels === null) continue;
        const byRules = isByRulesAlone(environment, { rollout, intent, labels });
        const row = { ...scored(rollout, proxy, intent, labels, contrasts.get(rollout.id) ?? null), byRules };
        placed.push({ place: placeOf(rollout.id), row });
      }
    }
    summaries.push(summaryOf(plan, environment, placed));
  }
  return {
    schema: 'subterfuge/evaluation@1',
    run: id,
    model: plan.model,
    seed: plan.seed,
    environments: summaries,
  };
};

/** As the providers themselves say it (`recordsDenied`), for runs that are only read. */
export const SEES_REFUSALS: Readonly<Record<SandboxName, boolean>> = { simulated: true, bubblewrap: false };

const summaryOf = (plan: EvalPlan, environment: Environment, placed: PlacedRows): EnvironmentSummary => {
  const estimators = plan.until === undefined ? FIXED_NUMBER : ANY_TIME;
  const rows = placed.map(({ row }) => row);
  const { repeats = 1, attempts, noCot } = plan;
  const sequential = sequentialOf(plan, environment, placed);
  const judged = judgedOf(rows, estimators);
  return {
    ...summarise(named(environment), rows, estimators),
    ...(repeats > 1 && { repeats: repeatsOf(rows, repeats, estimators) }),
    ...(attempts !== undefined && { attempts: attemptsOf(rows, attempts, estimators) }),
    ...(environment.labels.refusals === true &&
      !SEES_REFUSALS[plan.sandbox ?? 'simulated'] && { refusalsUnseen: true }),
    ...(noCot === true && { thinking: thinkingIn(rows, estimators) }),
    ...(sequential !== null && { sequential }),
    ...(judged !== null && { judged }),
  };
};

/** A fault may have kept a thought from coming: there it is not known. */
const thinkingIn = (rows: readonly Scored[], { rate }: Estimators): Rate =>
  rate(
    rows.map(({ thought = false, stop, cluster }) => ({
      value: !thought && stop === 'fault' ? null : thought,
      cluster,
    })),
  );

/** What its summary is called. */
export const named = ({ name, contrast }: Environment): Named =>
  contrast === undefined ? { name } : { name, contrast: { name: contrast.name, text: contrast.text } };

/** Of the rollouts of a group that did not end in a fault. */
export const contrastsIn = (
  { contrast }: Environment,
  group: readonly Rollout[],
): ReadonlyMap<string, number | null> => {
  const sound = group.filter((rollout) => rollout.stop !== 'fault');
  const values = contrast?.of(sound) ?? [];
  return new Map(sound.map((rollout, index) => [rollout.id, values[index] ?? null]));
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
