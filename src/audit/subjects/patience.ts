/**
 * How long a call may take. A grader that hangs on one answer hangs on its like, and an audit asks for hundreds of them: at ten seconds each
 * nothing else would be asked. So after a few hangs the limit follows what its other calls took, and a batch that hangs again and again is given
 * up: what is left of it counts as not asked.
 */

/** So many hangs in one batch, and the rest of it is not asked. */
const MOST_HUNG_IN_BATCH = 8;
/** A grader that hung on so many calls and has never come back from one hangs on all, as far as anybody can know. */
const HOPELESS_HANGS = 2;
/** So many calls are waited for as long as the user said. */
export const FULL_WAITS = 3;
/** Where so many calls came back its pace is known, and one full wait is enough. */
const ENOUGH_RETURNS = 20;
/** No call is ended before this: a busy machine may take so long over nothing. */
const LEAST_MS = 1_000;
/** Times the longest call that came back. */
const MARGIN = 20;

export interface Patience {
  /** For the next call. */
  readonly limitMs: number;
  /** Whether a batch with so many hangs is given up: what is left of it counts as not asked. */
  givesUp(hungInBatch: number): boolean;
  /** Calls came back, each within so many milliseconds. Default: one. */
  returned(ms: number, calls?: number): void;
  hung(): void;
}

export const openPatience = (timeoutMs: number): Patience => {
  let hangs = 0;
  let returns = 0;
  let longestMs: number | null = null;
  return {
    get limitMs() {
      // Without one call that came back nothing is known of its pace.
      if (hangs < (returns < ENOUGH_RETURNS ? FULL_WAITS : 1) || longestMs === null) return timeoutMs;
      return Math.min(timeoutMs, Math.max(LEAST_MS, MARGIN * longestMs));
    },
    givesUp: (hungInBatch) => hungInBatch >= (longestMs === null ? HOPELESS_HANGS : MOST_HUNG_IN_BATCH),
    returned: (ms, calls = 1) => {
      returns += calls;
      longestMs = Math.max(longestMs ?? 0, ms);
    },
    hung: () => {
      hangs += 1;
    },
  };
};

/** Says why what is left of a batch was not asked. */
export const givenUpMessage = (hung: number): string =>
  `the grader hung on ${hung} calls of one batch; its rest was not asked`;
