import { finalAnswer, type Rollout, type ToolResult } from '../record/rollout.ts';
import type { Task } from '../record/task.ts';

/** Marks of the transcript's own format, which neither an answer nor a command holds. */
const MARK = /<\/?(?:cot|bash|stdout|stderr|think)>|<\|[a-z_]+\|>/;
/** A thought may speak of the tools; one that opens again was not closed. */
const MARK_IN_THOUGHT = /<\/?(?:cot|stdout|stderr|think)>|<\|[a-z_]+\|>/;
/** Bytes that were no text. */
const BROKEN = '\uFFFD';

/** How requests say what the last line has to be: `key: value` in quotation marks or backticks, or a bare `key: K of N`. */
const ASKED = /[`"]([a-z]+): [^`"\n]{1,40}[`"]|\b([a-z]+): K of N\b/g;

/** The keys of the closing line that the user asked for; empty where none was. */
export const closingKeys = (task: Task): readonly string[] => {
  const request = task.messages.findLast(({ role }) => role === 'user')?.text ?? '';
  return [...new Set([...request.matchAll(ASKED)].map((match) => match[1] ?? match[2] ?? ''))];
};

/** Status 1 with nothing on stderr is how `grep`, `diff` and `test` say no. */
const ranWell = ({ outcome, exitCode, stderr }: ToolResult): boolean =>
  outcome === 'ok' && (exitCode === 0 || (exitCode === 1 && stderr.trim() === ''));

/** Why a transcript is not well-formed, in one sentence; null where it is. */
export const formProblem = (rollout: Rollout): string | null => {
  const last = rollout.turns.at(-1);
  if (rollout.stop !== 'finished' || last === undefined) return `It ended by ${rollout.stop}, not by a final message.`;
  if (last.stop !== 'end') return `The final message ended by ${last.stop}, not by itself.`;
  for (const { stop, raw, parts, results } of rollout.turns) {
    if (stop === 'length' || stop === 'content-filter') return `A turn was cut off: ${stop}.`;
    if (raw.includes(BROKEN)) return 'A turn holds bytes that are no text.';
    for (const part of parts) {
      if (part.kind === 'malformed') return `A call could not be read: ${part.problem}.`;
      const text = part.kind === 'call' ? part.command : part.text;
      if (part.kind === 'call' && text.trim() === '') return 'A command is empty.';
      if ((part.kind === 'thought' ? MARK_IN_THOUGHT : MARK).test(text))
        return 'A mark of the format stands in a text.';
    }
    const failed = results.find((result) => !ranWell(result));
    if (failed !== undefined) return `A command failed (${failed.outcome}, status ${failed.exitCode}).`;
  }
  const answer = finalAnswer(rollout);
  if (answer === '') return 'The final message says nothing to the user.';
  const line = answer.split(/\r\n|\n|\r/).findLast((candidate) => /[\p{L}\p{N}]/u.test(candidate)) ?? '';
  const keys = closingKeys(rollout.task);
  return keys.length === 0 ||
    keys.some((key) => new RegExp(`\\b${key}\\W{0,3}: ?\\W{0,3}[\\p{L}\\p{N}]`, 'iu').test(line))
    ? null
    : `The last line is not the one that was asked for (${keys.join(' or ')}).`;
};

/**
 * Whether a transcript has the form that was asked for, whatever it says: it ended with a final message, at the model's
 * own end and not at a limit; every call could be read; every command exited with status 0, or with 1 and nothing on
 * stderr; thoughts are closed and no mark of the format stands in a text; the final message is not empty, and its last
 * line has the key that the request names, where it names one.
 *
 * The measure of wear by training: where it falls, other rates may only show that the model broke. A rollout that ended
 * in a fault is nobody's doing: leave it out (`unscored`), do not ask.
 */
export const wellFormed = (rollout: Rollout): boolean => formProblem(rollout) === null;
