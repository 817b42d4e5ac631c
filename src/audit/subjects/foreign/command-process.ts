import type { Graded } from '../../../record/audit.ts';
import type { SubjectOptions } from '../../subject.ts';
import { type Ending, startChild, wordsOf } from './child.ts';
import { replyIn } from './command-line.ts';
import type { Launch } from './enclosure.ts';
import { faulty } from './faulty.ts';
import type { Attempted } from './isolate.ts';
import { gradedFromReply } from './reply.ts';
import type { WireCall } from './wire-call.ts';

const LINE_CHARS = 4_194_304;
/** Of lines that are no replies. A command may log; one that floods is ended. */
const STRAY_CHARS = 8_388_608;
/** One that has answered everything, and whose input has ended, may take so long to end. */
const LINGER_MS = 1_000;

export interface Asking extends Pick<SubjectOptions, 'scale' | 'timeoutMs'> {
  /** Its input is ended after so long without a reply, for one that waits for that; null: at once. */
  readonly endAfterMs: number | null;
}

export interface CommandAttempt extends Attempted {
  /** Its input was ended while replies were still owed. */
  readonly waited: boolean;
  /** It ended by itself. */
  readonly ended: boolean;
  /** The longest time from one reply to the next, or from the start to the first; null: there was none. */
  readonly longestMs: number | null;
}

/** A command that was started. One batch at a time. */
export interface CommandProcess {
  /** It answered everything, its input is open and it has not ended: it can be asked again. */
  readonly usable: boolean;
  /** Rejects with the signal's reason only. */
  ask(calls: readonly WireCall[], asking: Asking, signal: AbortSignal): Promise<CommandAttempt>;
  /** Kills it, and resolves when it is gone. */
  end(): Promise<void>;
}

interface Batch {
  readonly onLine: (line: string) => void;
  readonly stop: (failure: Graded) => void;
}

const after = async <T>(ms: number, then: T): Promise<T> =>
  await new Promise((resolve) => setTimeout(resolve, ms, then));

export const startCommand = (launch: Launch): CommandProcess => {
  let batch: Batch | null = null;
  let isGone = false;
  let isInputOpen = true;
  let calls = 0;
  const child = startChild(launch, {
    onLine: (line) => batch?.onLine(line),
    onFlood: () => {
      if (batch === null) child.kill();
      else batch.stop(faulty('limit', `it wrote a line of more than ${LINE_CHARS} characters`));
    },
    lineChars: LINE_CHARS,
  });
  const gone = child.ended.then((ending) => {
    isGone = true;
    return ending;
  });
  const endInput = (): void => {
    isInputOpen = false;
    child.endInput();
  };

  return {
    get usable() {
      return !isGone && isInputOpen;
    },
    ask: async (asked, { scale, timeoutMs, endAfterMs }, signal) => {
      signal.throwIfAborted();
      const replies: (Graded | null)[] = asked.map(() => null);
      const firstId = calls;
      calls += asked.length;
      const { promise: answered, resolve: onAnswered } = Promise.withResolvers<null>();
      let left = asked.length;
      let strayChars = 0;
      let stray: string | null = null;
      let early: Graded | null = null;
      let slow = false;
      let waited = false;
      let sinceMs = performance.now();
      let longestMs: number | null = null;

      const stop = (failure: Graded): void => {
        early ??= failure;
        child.kill();
      };
      const onLine = (line: string): void => {
        const reply = replyIn(line, replies, firstId);
        if (reply === null) {
          stray ??= line.slice(0, 100);
          strayChars += line.length + 1;
          if (strayChars > STRAY_CHARS)
            stop(faulty('limit', `it wrote more than ${STRAY_CHARS} characters that are no replies`));
          return;
        }
        replies[reply.index] = gradedFromReply(reply.value, scale);
        left -= 1;
        const nowMs = performance.now();
        longestMs = Math.max(longestMs ?? 0, nowMs - sinceMs);
        sinceMs = nowMs;
        timer.refresh();
        patienceTimer?.refresh();
        if (left === 0) onAnswered(null);
      };
      batch = { onLine, stop };
      child.hold(true);
      const timer = setTimeout(() => {
        slow = left > 0;
        stop(faulty('hung', `it gave no reply within ${timeoutMs} ms and was ended`));
      }, timeoutMs);
      const patienceTimer =
        endAfterMs === null
          ? null
          : setTimeout(() => {
              waited = left > 0;
              endInput();
            }, endAfterMs);
      const onAbort = (): void => child.kill();
      signal.addEventListener('abort', onAbort, { once: true });
      child.write(asked.map((call, index) => `${JSON.stringify({ id: String(firstId + index), ...call })}\n`).join(''));
      if (endAfterMs === null) endInput();
      let ending = await Promise.race([gone, answered]);
      if (patienceTimer !== null) clearTimeout(patienceTimer);
      if (ending === null && !isInputOpen) ending = await Promise.race([gone, after(LINGER_MS, null)]);
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      batch = null;
      if (signal.aborted) await gone;
      signal.throwIfAborted();
      if (ending === null && isInputOpen) child.hold(false);
      return {
        replies,
        slow,
        waited,
        longestMs,
        ended: ending !== null && early === null,
        failure: early ?? failureOf(ending, child.stderrTail(), stray),
      };
    },
    end: async () => {
      // Whoever waits for its end must live to see it.
      child.hold(true);
      child.kill();
      await gone;
    },
  };
};

/** Why a call has no reply. Null: it has not ended, and every call has one. */
const failureOf = (ending: Ending | null, said: string, stray: string | null): Graded => {
  if (ending === null) return faulty('no-score', 'it gave no reply to this call');
  const { lost, words } = wordsOf(ending);
  const message = said === '' ? words : `${words}: ${said}`;
  if (lost) return faulty('died', message);
  if (ending.code !== 0) return faulty('exit-code', message);
  if (stray !== null) return faulty('malformed', `it wrote no line with the id of this call, but: ${stray}`);
  return faulty('no-score', `it ended without a reply to this call${said === '' ? '' : `: ${said}`}`);
};
