import type { Verdict } from '../record/verdict.ts';
import type { RunReader } from '../store/run-store.ts';
import type { ScoredRollout } from './scored.ts';

/**
 * What training may know of a round, from its records: never a verdict on intent. In the order of ids. A rollout that
 * was not judged yet is left out. `overseer`: the name of the overseer's grader. `specs`: by the name of a witness's
 * grader, what the recipe calls it; truth that has crossed is called what it is.
 */
export const readScored = async (
  store: RunReader,
  overseer: string,
  specs: ReadonlyMap<string, string>,
): Promise<readonly ScoredRollout[]> => {
  const proxies = new Map<string, Verdict<'proxy'>>();
  const overseen = new Map<string, Map<string, Verdict<'oversight'>>>();
  for await (const verdict of store.verdicts()) {
    if (verdict.channel === 'proxy') proxies.set(verdict.rollout, verdict);
    if (verdict.channel !== 'oversight') continue;
    const of = overseen.get(verdict.rollout) ?? new Map<string, Verdict<'oversight'>>();
    of.set(verdict.grader, verdict);
    overseen.set(verdict.rollout, of);
  }
  const scored: ScoredRollout[] = [];
  for await (const rollout of store.rollouts()) {
    const proxy = proxies.get(rollout.id);
    const all = overseen.get(rollout.id) ?? new Map<string, Verdict<'oversight'>>();
    const oversight = all.get(overseer);
    if (proxy === undefined || oversight === undefined) continue;
    const witnesses = new Map([...all].map(([name, verdict]) => [specs.get(name) ?? name, verdict] as const));
    scored.push({ rollout, proxy, oversight, witnesses });
  }
  return scored;
};
