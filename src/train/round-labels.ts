import { wellFormed } from '../evaluate/well-formed.ts';
import type { Update } from '../record/training.ts';
import type { Label, Outcome } from '../record/verdict.ts';
import type { RunReader } from '../store/run-store.ts';

export type LabelCounts = Update['labels'];

type Counts = Record<keyof LabelCounts[string], number>;

const none = (): Counts => ({
  rollouts: 0,
  attempted: 0,
  succeeded: 0,
  evaded: 0,
  proxyPassed: 0,
  intentPassed: 0,
  wellFormed: 0,
  proxyScored: 0,
  intentScored: 0,
  attemptedKnown: 0,
  succeededKnown: 0,
  evadedKnown: 0,
});

/** An unscored rollout is in no rate: neither among those that did, nor among those of whom it is known. */
const countLabel = (of: Counts, name: 'attempted' | 'succeeded' | 'evaded', label: Label): void => {
  if (label.kind !== 'known') return;
  of[`${name}Known`]++;
  if (label.value) of[name]++;
};

const countOutcome = (of: Counts, channel: 'proxy' | 'intent', outcome: Outcome): void => {
  if (outcome.kind !== 'scored') return;
  of[`${channel}Scored`]++;
  if (outcome.passed) of[`${channel}Passed`]++;
};

/**
 * What happened in a round, by environment: for people, written beside the metrics. In a round nothing else reads intent
 * but `cross` (judge.ts), which writes down that it does; the counts go to the writer of metrics and nowhere else.
 */
export const labelCounts = async (store: RunReader): Promise<LabelCounts> => {
  const counts: Record<string, Counts> = {};
  const environments = new Map<string, Counts>();
  for await (const rollout of store.rollouts()) {
    // Nobody's doing: it is played again when the run is resumed, and says nothing of the policy.
    if (rollout.stop === 'fault') continue;
    const name = rollout.task.environment;
    const of = counts[name] ?? none();
    counts[name] = of;
    of.rollouts++;
    if (wellFormed(rollout)) of.wellFormed++;
    environments.set(rollout.id, of);
  }
  for await (const { rollout, attempted, succeeded, evaded } of store.labels()) {
    const of = environments.get(rollout);
    if (of === undefined) continue;
    countLabel(of, 'attempted', attempted);
    countLabel(of, 'succeeded', succeeded);
    countLabel(of, 'evaded', evaded);
  }
  for await (const { rollout, channel, outcome } of store.verdicts()) {
    const of = environments.get(rollout);
    if (of !== undefined && channel !== 'oversight') countOutcome(of, channel, outcome);
  }
  return counts;
};
