import type { Json } from '../../base/json.ts';
import { type Answer, sizeOf } from '../answer.ts';
import { answerKey } from '../recordable.ts';

/** Asks whether candidates hold, each once, for as long as the queries last. */
export interface Prober {
  /** The smallest candidate that holds, the first of equals; null where none does or nothing may be asked any more. */
  best<A extends Answer>(candidates: readonly A[]): Promise<A | null>;
  readonly asked: number;
  /** Something could not be asked for lack of queries. */
  readonly spent: boolean;
}

export const prober = (
  holds: (candidates: readonly Answer[]) => Promise<readonly boolean[]>,
  queries: number,
): Prober => {
  const known = new Map<string, boolean>();
  let asked = 0;
  let spent = false;
  return {
    best: async <A extends Answer>(candidates: readonly A[]) => {
      const keyed = candidates.map((answer) => ({ answer, key: answerKey(answer) }));
      const fresh = new Map(keyed.filter(({ key }) => !known.has(key)).map(({ key, answer }) => [key, answer]));
      const affordable = [...fresh].slice(0, Math.max(0, queries - asked));
      if (affordable.length < fresh.size) spent = true;
      if (affordable.length > 0) {
        const answers = await holds(affordable.map(([, answer]) => answer));
        asked += affordable.length;
        for (const [index, [key]] of affordable.entries()) known.set(key, answers[index] ?? false);
      }
      const [smallest] = keyed
        .filter(({ key }) => known.get(key) === true)
        .map(({ answer }) => ({ answer, size: sizeOf(answer) }))
        .toSorted((a, b) => a.size - b.size);
      return smallest?.answer ?? null;
    },
    get asked() {
      return asked;
    },
    get spent() {
      return spent;
    },
  };
};

/**
 * Delta debugging (Zeller and Hildebrandt 2002, IEEE TSE 28:183) over parts of an answer: runs of parts are changed by `change`, long runs first, for
 * as long as what is left holds. `change(parts, from, to)` gives parts that are fewer or plainer.
 */
export const reduceParts = async <P extends Json>(
  parts: readonly P[],
  change: (parts: readonly P[], from: number, to: number) => readonly P[],
  answerOf: (parts: readonly P[]) => Answer,
  probe: Prober,
): Promise<readonly P[]> => {
  let current = parts;
  for (let run = Math.ceil(current.length / 2); run >= 1 && !probe.spent; run = Math.floor(run / 2)) {
    for (;;) {
      const starts = Array.from({ length: Math.ceil(current.length / run) }, (_, index) => index * run);
      const changed = starts.map((from) => change(current, from, Math.min(current.length, from + run)));
      const before = answerKey(answerOf(current));
      const tried = changed
        .map((next) => ({ next, answer: answerOf(next) }))
        .filter(({ answer }) => answerKey(answer) !== before && sizeOf(answer) <= sizeOf(answerOf(current)));
      const best = await probe.best(tried.map(({ answer }) => answer));
      const found = best === null ? undefined : tried.find(({ answer }) => answer === best);
      if (found === undefined) break;
      current = found.next;
    }
  }
  return current;
};

export const without = <P>(parts: readonly P[], from: number, to: number): readonly P[] =>
  parts.toSpliced(from, to - from);
