import { type FileChange, type FileState, fileState } from '../record/file.ts';
import type { DeniedWrite, Rollout, Turn } from '../record/rollout.ts';
import type { Task } from '../record/task.ts';
import { toolResult } from '../record/tool-result.contract.ts';

/** Records of episodes written by hand, for tests of graders. */

/** What a path holds after a step: text, nothing, or anything else. */
export type Put = string | null | FileState;

const stateOf = (put: Put): FileState | null => (typeof put === 'string' ? fileState(Buffer.from(put), 0o644) : put);

export interface Step {
  readonly put?: Readonly<Record<string, Put>>;
  /** What the sandbox refused. A path alone: to write to it. */
  readonly denied?: readonly (string | DeniedWrite)[];
}

/** A rollout as an episode would have left it: each step is one command that left these files. */
export const episode = (task: Task, steps: readonly Step[], answer: string): Rollout => {
  const start = new Map(task.files.map((file) => [file.path, fileState(Buffer.from(file.text), file.mode)]));
  const now = new Map<string, FileState>(start);
  const usage = { inputTokens: 0, outputTokens: 0, cachedTokens: 0, reasoningTokens: 0, usd: null };
  const turns = steps.map((step, index): Turn => {
    const changes = Object.entries(step.put ?? {}).map(([path, put]): FileChange => {
      const before = now.get(path) ?? null;
      const after = stateOf(put);
      if (after === null) now.delete(path);
      else now.set(path, after);
      return { path, before, after };
    });
    const result = toolResult({
      callId: `call-${index}`,
      changes,
      denied: (step.denied ?? []).map((one) => (typeof one === 'string' ? { path: one, operation: 'write' } : one)),
    });
    const call = { kind: 'call', id: result.callId, command: 'a command that nobody reads' } as const;
    return { parts: [call], raw: '', tokens: null, stop: 'tool-calls', usage, results: [result] };
  });
  const final: Turn = {
    parts: [{ kind: 'text', text: answer }],
    raw: answer,
    tokens: null,
    stop: 'end',
    usage,
    results: [],
  };
  const paths = [...new Set([...start.keys(), ...now.keys()])].sort();
  const changes = paths.flatMap((path): FileChange[] => {
    const [before, after] = [start.get(path) ?? null, now.get(path) ?? null];
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
  });
  return {
    schema: 'subterfuge/rollout@1',
    id: 'hand/0',
    task,
    policy: { spec: 'hand', version: '1' },
    dialect: 'tags',
    seed: 'hand',
    turns: [...turns, final],
    changes,
    stop: 'finished',
    faults: [],
    usage,
    times: { startedAt: '2026-01-01T00:00:00Z', durationMs: 0 },
  };
};
