/**
 * How long a call may take. A grader that hangs on one answer hangs on its like, and an audit asks for hundreds of them: at ten seconds each
 * nothing else would be asked. So after a few hangs the limit follows what its other calls took, and a batch that hangs again and again is given
 * up: what is left of it counts as not asked.
 */

/** So many hangs in one batch, and the rest of it is not asked. */
export const MOST_HUNG_IN_BATCH = 8;
/** So many calls are waited for as long as the user said. */
export const FULL_WAITS = 3;
/** No call is ended before this: a busy machine may take so long over nothing. */
const LEAST_MS = 1_000;
/** Times the longest call that came back. */
const MARGIN = 20;

export interface Patience {
  /** For the next call. */
  readonly limitMs: number;
  /** A call came back within so many milliseconds. */
  returned(ms: number): void;
  hung(): void;
}

export const openPatience = (timeoutMs: number): Patience => {
  let hangs = 0;
  let longestMs: number | null = null;
  return {
    get limitMs() {
      // Without one call that came back nothing is known of its pace.
      if (hangs < FULL_WAITS || longestMs === null) return timeoutMs;
      return Math.min(timeoutMs, Math.max(LEAST_MS, MARGIN * longestMs));
    },
    returned: (ms) => {
      longestMs = Math.max(longestMs ?? 0, ms);
    },
    hung: () => {
      hangs += 1;
    },
  };
};
