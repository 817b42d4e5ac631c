import { unreachable } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { DialectName, Rollout, ToolResult, Turn } from '../record/rollout.ts';
import type { TaskView } from '../record/task.ts';
import { abortedFault, disposedFault, policyFault } from './fault.ts';
import {
  type ChatMessage,
  type Completion,
  type CompletionPart,
  type CompletionRequest,
  type Model,
  PolicyFault,
} from './policy.ts';
import { closeCall } from './tags.ts';

/** Finds the record of one episode, or undefined where there is none. */
export type RolloutLookup = (task: TaskView, rolloutId: string) => Rollout | undefined;

/** By the rollout's id; the task must be the same too. */
export const byRolloutId = (rollouts: Iterable<Rollout>): RolloutLookup => {
  const index = new Map([...rollouts].map((rollout) => [rollout.id, rollout]));
  return (_task, rolloutId) => index.get(rolloutId);
};

const DIALECTS: readonly DialectName[] = ['tags', 'native'];

const partsOf = (turn: Turn, dialect: DialectName): CompletionPart[] => {
  if (dialect === 'tags') return [{ kind: 'text', text: turn.raw }];
  return turn.parts.map((part): CompletionPart => {
    switch (part.kind) {
      case 'thought':
        return { kind: 'reasoning', text: part.text };
      case 'text':
        return part;
      case 'call':
        return { kind: 'call', id: part.id, name: 'bash', input: { command: part.command } };
      case 'malformed':
        // Not an object with a command, so that it is read as malformed again.
        return { kind: 'call', id: part.id, name: 'bash', input: part.text as Json };
      default:
        return unreachable(part);
    }
  });
};

/** Letters and digits: a dialect may fence or escape what it shows, but not change these. */
const essence = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]/gu, '');

const shows = (message: string, result: ToolResult): boolean =>
  essence(message).includes(essence(result.stdout)) && essence(message).includes(essence(result.stderr));

/** Says where a transcript left the record, or null while it follows it. */
const divergence = (messages: readonly ChatMessage[], rollout: Rollout): string | null => {
  let turn = -1;
  let since = '';
  const check = (): string | null => {
    const missing = rollout.turns[turn]?.results.find((result) => !shows(since, result));
    return missing === undefined ? null : `the result of command ${missing.callId} of turn ${turn} is another one`;
  };
  for (const message of messages) {
    if (message.role !== 'assistant') {
      since += `${message.text}\n`;
      continue;
    }
    const problem = check();
    if (problem !== null) return problem;
    turn += 1;
    since = '';
    const recorded = rollout.turns[turn];
    if (recorded === undefined) return `it has more than the ${rollout.turns.length} turns that were recorded`;
    if (closeCall(message.raw) !== closeCall(recorded.raw)) return `turn ${turn} reads differently`;
  }
  const problem = check();
  if (problem !== null) return problem;
  return turn + 1 < rollout.turns.length ? null : `all ${rollout.turns.length} recorded turns were already played`;
};

const replay = (rollout: Rollout, request: CompletionRequest, subject: string): Completion => {
  const diverged = (what: string): PolicyFault =>
    policyFault({
      code: 'diverged',
      side: 'host',
      scope: 'request',
      what: `the episode left its recording: ${what}`,
      given: subject,
      allowed: 'the same task, dialect, tools and settings as when it was recorded',
      todo: 'replay with the build and settings of the recorded run, or sample the episode anew with its own model',
    });
  if (request.dialect !== rollout.dialect) {
    throw diverged(`it is asked for in the ${request.dialect} dialect and was recorded in ${rollout.dialect}`);
  }
  // Earlier attempts have records of their own.
  const messages = request.messages.slice(request.earlier ?? 0);
  const played = messages.filter((message) => message.role === 'assistant').length;
  const fault = rollout.faults[0];
  if (played === rollout.turns.length && rollout.stop === 'fault' && fault !== undefined) {
    throw new PolicyFault(fault, 'request');
  }
  const problem = divergence(messages, rollout);
  const turn = rollout.turns[played];
  if (problem !== null || turn === undefined) throw diverged(problem ?? 'there is no such turn');
  return { parts: partsOf(turn, rollout.dialect), stop: turn.stop, usage: turn.usage, tokens: turn.tokens, echo: null };
};

/**
 * Plays recorded completions exactly, as they were sampled (limits and stop sequences were applied then). A task that
 * was not recorded, or a transcript that differs from the record, is a fault: nothing is made up. A recorded fault of
 * the rollout is raised again at its place. Two lacks of the record: signed reasoning, and fenced-off tool output is
 * compared by its letters and digits.
 */
export const replayModel = (spec: string, lookup: RolloutLookup): Model => {
  let disposed = false;
  return {
    spec,
    version: 'replay@1',
    dialects: DIALECTS,
    maxConcurrency: 256,
    // That of the recording.
    hasOwnTemperature: true,
    repeatable: true,
    policyFor: (task, rolloutId) => {
      const rollout = lookup(task, rolloutId);
      const subject = `${spec}, rollout ${rolloutId}, task ${task.id.slice(0, 12)} of ${task.environment}`;
      return {
        complete: async (request, signal) => {
          if (disposed) throw disposedFault(spec);
          if (signal?.aborted === true) throw abortedFault(subject);
          if (rollout === undefined || rollout.task.id !== task.id) {
            throw policyFault({
              code: 'not-recorded',
              side: 'host',
              scope: 'model',
              what:
                rollout === undefined ? 'this episode was not recorded' : 'this episode was recorded for another task',
              given: rollout === undefined ? subject : `${subject}; recorded: task ${rollout.task.id.slice(0, 12)}`,
              allowed: 'episodes of the recorded run, with its seed, split and build',
              todo: 'repeat the recorded plan, or use the model itself for new episodes',
            });
          }
          return replay(rollout, request, subject);
        },
      };
    },
    [Symbol.asyncDispose]: async () => {
      disposed = true;
    },
  };
};
