/**
 * Remembers which worker holds the keys and values of a transcript, so that the episode's next turn goes there. Only a
 * matter of speed: a wrong answer costs one more reading of a prompt.
 */
export interface Affinity {
  remember(worker: number, prompt: readonly number[], sampled: readonly number[]): void;
  /** The worker of the longest remembered transcript that these ids begin with; null where there is none. */
  find(ids: readonly number[]): number | null;
  clear(): void;
}

const MULTIPLIER = 0x01000193;
const extend = (hash: number, id: number): number => Math.imul(hash ^ id, MULTIPLIER) + 1;

export const affinity = (capacity: number): Affinity => {
  const byHash = new Map<number, number>();
  return {
    remember: (worker, prompt, sampled) => {
      let hash = 0;
      for (const id of prompt) hash = extend(hash, id);
      // The last sampled token was never read.
      for (const id of sampled.slice(0, -1)) hash = extend(hash, id);
      byHash.delete(hash);
      byHash.set(hash, worker);
      const [oldest] = byHash.keys();
      if (byHash.size > capacity && oldest !== undefined) byHash.delete(oldest);
    },
    find: (ids) => {
      let hash = 0;
      let found: number | null = null;
      for (const id of ids) {
        hash = extend(hash, id);
        found = byHash.get(hash) ?? found;
      }
      return found;
    },
    clear: () => byHash.clear(),
  };
};
