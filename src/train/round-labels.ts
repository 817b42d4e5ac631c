import { wellFormed } from '../evaluate/well-formed.ts';
import type { Update } from '../record/training.ts';
import type { Label, Outcome } from '../record/verdict.ts';
import type { RunReader } from '../store/run-store.ts';

export type LabelCounts = Update['labels'];

const none = (): LabelCounts[string] => ({
  rollouts: 0,
  attempted: 0,
  succeeded: 0,
  evaded: 0,
  proxyPassed: 0,
  intentPassed: 0,
  wellFormed: 0,
});

const isTrue = (label: Label): boolean => label.kind === 'known' && label.value;
const isPassed = (outcome: Outcome): boolean => outcome.kind === 'scored' && outcome.passed;

/**
 * What happened in a round, by environment: for people, written beside the metrics. The only reader of intent in this
 * folder; it returns counts to the writer of metrics and to nothing else.
 */
export const labelCounts = async (store: RunReader): Promise<LabelCounts> => {
  const counts: LabelCounts = {};
  const environments = new Map<string, LabelCounts[string]>();
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
    if (isTrue(attempted)) of.attempted++;
    if (isTrue(succeeded)) of.succeeded++;
    if (isTrue(evaded)) of.evaded++;
  }
  for await (const { rollout, channel, outcome } of store.verdicts()) {
    const of = environments.get(rollout);
    if (of === undefined || !isPassed(outcome)) continue;
    if (channel === 'proxy') of.proxyPassed++;
    if (channel === 'intent') of.intentPassed++;
  }
  return counts;
};
