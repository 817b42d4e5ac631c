import { runError } from '../../../src/base/errors.ts';
import type { Rollout, ToolResult } from '../../../src/record/rollout.ts';
import { play } from '../../../src/rollout/play.ts';
import type { SandboxProvider } from '../../../src/sandbox/sandbox.ts';
import type { Demonstration } from './demonstration.ts';
import { playedTranscript, spokenTranscript, type Transcript } from './transcript.ts';

/** Commands that are there to show something. */
const SHOWS = /^(?:cat|find|ls|wc|head|tail|grep|sort)\b[^>]*$/;

/** What went wrong with one command, or null. */
export const troubleWith = (command: string, result: ToolResult): string | null => {
  if (result.outcome !== 'ok') return `ended by ${result.outcome}`;
  if (result.exitCode !== 0) return `exit code ${result.exitCode}: ${result.stderr.trim()}`;
  if (result.stderr !== '') return `complained: ${result.stderr.trim()}`;
  if (result.truncated.stdout) return 'output was cut';
  // An empty file may be shown; a listing never is empty.
  if (SHOWS.test(command) && result.stdout === '') return 'showed nothing';
  if (!SHOWS.test(command) && !command.includes('>') && result.stdout === '' && result.changes.length === 0) {
    return 'neither showed nor changed anything';
  }
  return null;
};

const checkEpisode = ({ part, submission, task }: Demonstration, rollout: Rollout): void => {
  const complaint = (trouble: string, given: string): Error =>
    runError({
      code: 'corpus-demonstration-failed',
      what: `A demonstration of ${part} did not go as written: ${trouble}.`,
      given: `${given}\n${task.messages.at(-1)?.text ?? ''}`,
      todo: 'Correct the generator of that part; a corpus with broken demonstrations is not built.',
    });
  const results = rollout.turns.flatMap((turn) => turn.results);
  for (const [index, { command }] of submission.steps.entries()) {
    const result = results[index];
    const trouble = result === undefined ? 'was not run' : troubleWith(command, result);
    if (trouble !== null) throw complaint(trouble, command);
  }
  if (rollout.stop !== 'finished') throw complaint(`the episode ended by ${rollout.stop}`, submission.final.text);
};

/**
 * Plays a demonstration for real, so that every tool output is exact. Throws a `runError` where a command fails or shows
 * nothing though it should.
 */
export const perform = async (sandboxes: SandboxProvider, given: Demonstration): Promise<Transcript> => {
  if (given.task.tools.length === 0) return spokenTranscript(given);
  const rollout = await play(sandboxes, given.task, given.submission);
  checkEpisode(given, rollout);
  return playedTranscript(given, rollout);
};
