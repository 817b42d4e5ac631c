import type { Graded } from '../../../record/audit.ts';
import { givenUpMessage, type Patience } from '../patience.ts';
import { faulty } from './faulty.ts';

/** What asking some calls at once came to: null where there was no reply, and then why. */
export interface Attempted {
  readonly replies: readonly (Graded | null)[];
  /** What the calls without a reply are blamed for, if one is left alone with it. */
  readonly failure: Graded;
  /** Whether a time limit ended it: halving would pay that limit again and again. */
  readonly slow: boolean;
}

/**
 * Grades calls that are asked together by something that can fall over one of them. Only a call that was asked alone is blamed; its
 * neighbours are asked again without it. Where some were answered before the end, the first that was not is the suspect; where none was,
 * the calls are halved (n log n at worst), or asked one by one after a time limit. `patience` says after how many calls that hung the rest is not
 * asked; without one all are.
 */
export const isolate = async <C>(
  calls: readonly C[],
  attempt: (calls: readonly C[]) => Promise<Attempted>,
  patience: Pick<Patience, 'givesUp'> = { givesUp: () => false },
): Promise<readonly Graded[]> => {
  const graded: (Graded | null)[] = calls.map(() => null);
  const groups: number[][] = [calls.map((_, index) => index)];
  let hung = 0;
  for (let group = groups.shift(); group !== undefined; group = groups.shift()) {
    const asked = group.flatMap((index) => {
      const call = calls[index];
      return call === undefined ? [] : [call];
    });
    if (asked.length === 0) continue;
    const { replies, failure, slow } = await attempt(asked);
    const left = group.filter((index, at) => {
      graded[index] = replies[at] ?? null;
      return graded[index] === null;
    });
    if (group.length === 1) {
      for (const index of left) graded[index] = failure;
      if (slow && left.length > 0) hung += 1;
      if (patience.givesUp(hung)) {
        const rest = faulty('not-asked', givenUpMessage(hung));
        return graded.map((one) => one ?? rest);
      }
    } else if (left.length > 0) groups.unshift(...split(left, left.length < group.length, slow));
  }
  return graded.map((one) => one ?? { kind: 'fault', fault: { kind: 'no-score', message: 'there was no reply' } });
};

const split = (left: readonly number[], progressed: boolean, slow: boolean): number[][] => {
  if (left.length === 1 || progressed) return [left.slice(0, 1), left.slice(1)];
  if (slow) return left.map((index) => [index]);
  const middle = Math.ceil(left.length / 2);
  return [left.slice(0, middle), left.slice(middle)];
};
