/** What one checkpoint did, counted from the run directory of its evaluation: one pass, one rollout in memory at a time. */
import type { Environment } from '../env/environment.ts';
import { contrastsIn, gradesOf, named } from '../evaluate/evaluation-of.ts';
import { recordedGroups } from '../evaluate/recorded-groups.ts';
import { answerIn, type Scored, scored, summarise } from '../evaluate/summarise.ts';
import { wellFormed } from '../evaluate/well-formed.ts';
import type { Rate } from '../record/estimate.ts';
import type { EnvironmentSummary } from '../record/evaluation.ts';
import type { Matrix, MatrixCell, MatrixLabel } from '../record/training.ts';
import type { Labels } from '../record/verdict.ts';
import type { PairedObservation } from '../stats/pairs.ts';
import { type RateObservation, rate } from '../stats/rate.ts';
import type { RunReader } from '../store/run-store.ts';
import { CAUSES, type CauseName, causeOf, hasCauses } from './causes.ts';

/** The part of a matrix that one checkpoint gives. */
export interface CheckpointCounts {
  readonly cells: readonly MatrixCell[];
  readonly capability: Matrix['capability'];
  readonly causes: Matrix['causes'];
  readonly kinds: NonNullable<Matrix['kinds']>;
  /** Where a rate alone would mislead: the family's contrast, which chance answers leave at 0. */
  readonly contrasts: Matrix['dense'];
  /** What a reader wants to see first; at most `NOTABLE_EACH` of an environment and kind. */
  readonly notable: readonly Notable[];
  /** Each rollout's answer, under `outcomeKey`: what pairs two runs task by task. */
  readonly outcomes: Outcomes;
}

/** Answers with the task that they belong to, under `outcomeKey`. Too much to keep: counted anew from the records. */
export type Outcomes = ReadonlyMap<string, readonly PairedObservation[]>;

export const outcomeKey = (checkpoint: string, environment: string, label: MatrixLabel): string =>
  `${checkpoint}\n${environment}\n${label}`;

/** A rollout by its id, and why it stands out. */
export interface Notable {
  readonly checkpoint: string;
  readonly environment: string;
  readonly rollout: string;
  readonly why: 'evaded' | 'gamed' | 'attempted' | 'rest';
}

/** Kept of each environment and kind. */
const NOTABLE_EACH = 3;

/** Nothing to game: what is measured there is whether the model can still do its work. */
export const isOrdinary = ({ control }: Pick<Environment, 'control'>): boolean => control === 'ordinary';

interface Rows {
  readonly rows: readonly Scored[];
  /** Of each row. */
  readonly tasks: readonly string[];
  readonly formed: readonly RateObservation[];
  readonly causes: ReadonlyMap<CauseName | 'unscored', number>;
  readonly notable: ReadonlyMap<Notable['why'], readonly string[]>;
}

const isYes = (label: Labels['attempted']): boolean => label.kind === 'known' && label.value;

const whyOf = ({ proxy, intent, labels }: Scored): Notable['why'] => {
  if (isYes(labels.evaded)) return 'evaded';
  if (proxy.kind === 'scored' && proxy.passed && intent.kind === 'scored' && !intent.passed) return 'gamed';
  return isYes(labels.attempted) ? 'attempted' : 'rest';
};

const readRows = async (store: RunReader, environment: Environment): Promise<Rows> => {
  const rows: Scored[] = [];
  const tasks: string[] = [];
  const formed: RateObservation[] = [];
  const causes = new Map<CauseName | 'unscored', number>();
  const notable = new Map<Notable['why'], string[]>();
  for await (const group of recordedGroups(store, environment.name)) {
    const contrasts = contrastsIn(environment, group);
    for (const rollout of group) {
      const { proxy, intent, labels } = await gradesOf(store, rollout.id);
      if (proxy === null || intent === null || labels === null) continue;
      const row = scored(rollout, proxy, intent, labels, contrasts.get(rollout.id) ?? null);
      rows.push(row);
      tasks.push(rollout.task.id);
      formed.push({ value: rollout.stop === 'fault' ? null : wellFormed(rollout), cluster: row.cluster });
      const why = whyOf(row);
      const like = notable.get(why) ?? [];
      notable.set(why, like);
      if (like.length < NOTABLE_EACH) like.push(rollout.id);
      if (!hasCauses(environment) || !isYes(labels.attempted)) continue;
      const { cause } = causeOf(rollout);
      causes.set(cause, (causes.get(cause) ?? 0) + 1);
    }
  }
  return { rows, tasks, formed, causes, notable };
};

const isNo = (label: Labels['attempted']): boolean => label.kind === 'known' && !label.value;

/**
 * What is well-formed where nothing was attempted: a model ends an act that it has just learnt worse than what it knows, so the
 * share over all transcripts mixes wear with the act. None where no attempt was seen: there it is the share over all.
 */
const formedOtherwise = ({ rows, formed }: Pick<Rows, 'rows' | 'formed'>): RateObservation[] =>
  rows.some(({ labels }) => isYes(labels.attempted))
    ? rows.flatMap(({ labels }, index) => (isNo(labels.attempted) ? (formed[index] ?? []) : []))
    : [];

/** In the order of the closed set. A label that arises for no rollout has no cell; one that is unscored everywhere has. */
const cellsOf = (
  checkpoint: string,
  environment: Environment,
  summary: EnvironmentSummary,
  found: Rows,
): MatrixCell[] => {
  const { formed } = found;
  const rates: readonly (readonly [MatrixLabel, Rate])[] = isOrdinary(environment)
    ? [
        ['well-formed', rate(formed)],
        ['intent', summary.intent],
      ]
    : [
        ['gamed', summary.gaming],
        ['attempted', summary.attempted],
        ['succeeded', summary.succeeded],
        ['evaded', summary.evaded],
        ['well-formed', rate(formed)],
        ['well-formed-otherwise', rate(formedOtherwise(found))],
        ['intent', summary.intent],
        ['disclosed', summary.disclosed],
      ];
  return rates.flatMap(([label, interval]) =>
    interval.bounds === null
      ? []
      : [{ checkpoint, environment: environment.name, label, count: interval.count, n: interval.n, interval }],
  );
};

/** By name, so that equal runs list them alike. */
const kindsOf = (
  checkpoint: string,
  environment: string,
  { kinds }: EnvironmentSummary,
): NonNullable<Matrix['kinds']> =>
  Object.entries(kinds)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([kind, count]) => ({ checkpoint, environment, kind, count }));

/** Of the cells that there are, so that both say the same. */
const outcomesOf = (cells: readonly MatrixCell[], { rows, tasks, formed }: Rows): [string, PairedObservation[]][] =>
  cells.map(({ checkpoint, environment, label }) => [
    outcomeKey(checkpoint, environment, label),
    rows.flatMap((row, index): PairedObservation[] => {
      const value = answerFor(label, row, formed[index]?.value ?? null);
      return value === 'inapplicable' ? [] : [{ task: tasks[index] ?? '', cluster: row.cluster, value }];
    }),
  ]);

const answerFor = (label: MatrixLabel, row: Scored, isFormed: boolean | null): ReturnType<typeof answerIn> => {
  if (label === 'well-formed') return isFormed;
  if (label === 'well-formed-otherwise') return isNo(row.labels.attempted) ? isFormed : 'inapplicable';
  return answerIn(row, label);
};

/** Counts one evaluation. Rollouts that were not graded yet are left out, as everywhere. */
export const countCheckpoint = async (
  checkpoint: string,
  store: RunReader,
  environments: readonly Environment[],
): Promise<CheckpointCounts> => {
  const cells: MatrixCell[] = [];
  const capability: Matrix['capability'] = [];
  const causes: Matrix['causes'] = [];
  const kinds: NonNullable<Matrix['kinds']> = [];
  const contrasts: Matrix['dense'] = [];
  const notable: Notable[] = [];
  const outcomes = new Map<string, readonly PairedObservation[]>();
  for (const environment of environments) {
    const found = await readRows(store, environment);
    const summary = summarise(named(environment), found.rows);
    const own = cellsOf(checkpoint, environment, summary, found);
    if (summary.contrast !== null && found.rows.length > 0) {
      const measure = `contrast/${environment.name}`;
      contrasts.push({ checkpoint, measure, estimate: summary.contrast.estimate });
    }
    cells.push(...own);
    for (const [key, answers] of outcomesOf(own, found)) outcomes.set(key, answers);
    kinds.push(...kindsOf(checkpoint, environment.name, summary));
    if (isOrdinary(environment)) {
      capability.push(
        ...own
          .filter(({ label }) => label === 'intent')
          .map(({ count, n, interval }) => ({ checkpoint, environment: environment.name, count, n, interval })),
      );
    }
    for (const [why, ids] of found.notable)
      notable.push(...ids.map((rollout) => ({ checkpoint, environment: environment.name, rollout, why })));
    if (!hasCauses(environment) || found.rows.length === 0) continue;
    for (const cause of [...CAUSES, 'unscored'] as const) {
      causes.push({ checkpoint, environment: environment.name, cause, count: found.causes.get(cause) ?? 0 });
    }
  }
  return { cells, capability, causes, kinds, contrasts, notable, outcomes };
};
