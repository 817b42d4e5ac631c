import type { Graded } from '../../../record/audit.ts';
import type { SubjectOptions } from '../../subject.ts';
import { startChild, wordsOf } from './child.ts';
import type { CommandCall } from './command.ts';
import type { Launch } from './enclosure.ts';
import { faulty } from './faulty.ts';
import type { Attempted } from './isolate.ts';
import { parseLooseJson } from './loose-json.ts';
import { gradedFromReply } from './reply.ts';

const LINE_CHARS = 4_194_304;
/** Of lines that are no replies. A command may log; one that floods is ended. */
const STRAY_CHARS = 8_388_608;

/** Asks a command about some calls. Rejects with the signal's reason only. */
export const askCommand = async (
  launch: Launch,
  calls: readonly CommandCall[],
  { scale, timeoutMs }: Pick<SubjectOptions, 'scale' | 'timeoutMs'>,
  signal: AbortSignal,
): Promise<Attempted> => {
  const replies: (Graded | null)[] = calls.map(() => null);
  let left = calls.length;
  let strayChars = 0;
  let stray: string | null = null;
  let early: Graded | null = null;
  let slow = false;

  const stop = (failure: Graded): void => {
    early ??= failure;
    child.kill();
  };
  const onLine = (line: string): void => {
    const reply = replyIn(line, replies);
    if (reply === null) {
      stray ??= line.slice(0, 100);
      strayChars += line.length + 1;
      if (strayChars > STRAY_CHARS)
        stop(faulty('limit', `it wrote more than ${STRAY_CHARS} characters that are no replies`));
      return;
    }
    replies[reply.index] = gradedFromReply(reply.value, scale);
    left -= 1;
    timer.refresh();
  };
  const child = startChild(launch, {
    onLine,
    onFlood: () => stop(faulty('limit', `it wrote a line of more than ${LINE_CHARS} characters`)),
    lineChars: LINE_CHARS,
  });
  const timer = setTimeout(() => {
    // One that has answered everything and does not end has done its work.
    slow = left > 0;
    stop(faulty('hung', `it gave no reply within ${timeoutMs} ms and was ended`));
  }, timeoutMs);
  const onAbort = (): void => child.kill();
  signal.addEventListener('abort', onAbort, { once: true });
  child.write(calls.map((call, index) => `${JSON.stringify({ id: String(index), ...call })}\n`).join(''));
  child.endInput();
  const ending = await child.ended;
  clearTimeout(timer);
  signal.removeEventListener('abort', onAbort);
  signal.throwIfAborted();
  return { replies, slow, failure: early ?? failureOf(ending, child.stderrTail(), stray) };
};

/** A reply to a call that is still open; null: a line that is none. */
const replyIn = (
  line: string,
  replies: readonly (Graded | null)[],
): { readonly index: number; readonly value: unknown } | null => {
  if (!line.trimStart().startsWith('{')) return null;
  let value: unknown;
  try {
    value = parseLooseJson(line);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null;
    throw thrown;
  }
  if (typeof value !== 'object' || value === null || !('id' in value)) return null;
  const { id } = value;
  const index = typeof id === 'string' && /^\d+$/.test(id) ? Number(id) : id;
  if (typeof index !== 'number' || replies[index] !== null) return null;
  return { index, value };
};

const failureOf = (ending: Parameters<typeof wordsOf>[0], said: string, stray: string | null): Graded => {
  const { lost, words } = wordsOf(ending);
  const message = said === '' ? words : `${words}: ${said}`;
  if (lost) return faulty('died', message);
  if (ending.code !== 0) return faulty('exit-code', message);
  if (stray !== null) return faulty('malformed', `it wrote no line with the id of this call, but: ${stray}`);
  return faulty('no-score', `it ended without a reply to this call${said === '' ? '' : `: ${said}`}`);
};
