import type { RunReader } from '../store/run-store.ts';
import { type RolloutView, STANDINGS, type Standing, standingOf } from './view.ts';

/**
 * The transcripts that a report shows: of each environment the gamed ones first, then attempts, then the rest, by id.
 * Rollouts are read one at a time and only the chosen ones are kept, so a run of any size can be sampled.
 */
export const sampleViews = async (store: RunReader, each = 12): Promise<readonly RolloutView[]> => {
  const chosen = new Map<string, Record<Standing, RolloutView[]>>();
  for await (const { id, environment, labelled } of store.entries()) {
    const kept = chosen.get(environment) ?? { gamed: [], attempted: [], rest: [] };
    chosen.set(environment, kept);
    if (kept.gamed.length === each || !labelled) continue;
    const view = await viewOf(store, id);
    if (view === null) continue;
    const like = kept[standingOf(view)];
    if (like.length < each) like.push(view);
  }
  return [...chosen.values()].flatMap((kept) => STANDINGS.flatMap((standing) => kept[standing]).slice(0, each));
};

/** One rollout with everything that was said about it, or null where there is no such rollout. */
export const viewOf = async (store: RunReader, id: string): Promise<RolloutView | null> => {
  const rollout = await store.rollout(id);
  if (rollout === null) return null;
  const verdicts = await Array.fromAsync(store.verdicts(id));
  const labels = (await Array.fromAsync(store.labels(id)))[0] ?? null;
  return { rollout, verdicts, labels };
};
