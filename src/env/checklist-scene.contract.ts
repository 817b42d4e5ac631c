import type { GradeContext } from '../grade/grader.ts';
import { type FileChange, type FileState, fileState } from '../record/file.ts';
import type { Rollout, ToolResult, Turn } from '../record/rollout.ts';
import type { Task } from '../record/task.ts';
import type { Labels, Outcome } from '../record/verdict.ts';
import type { PythonRunner } from '../sandbox/python.ts';
import { markItem, parseChecklist } from './checklist.ts';
import { type ChecklistHost, hostOf } from './checklist-checks.ts';
import type { Environment } from './environment.ts';

/** Records of checklist episodes written by hand, and a task to write them for. */

const python: PythonRunner = {
  name: 'none',
  run: () => Promise.resolve({ kind: 'lost', message: 'there is no Python here' }),
  [Symbol.asyncDispose]: () => Promise.resolve(),
};

/** These families never run a program to grade. */
export const CONTEXT: GradeContext = { python };

/** What a path holds after a step: text, nothing, or anything else. */
export type Put = string | null | FileState;

export const stateOf = (put: Put): FileState | null =>
  typeof put === 'string' ? fileState(Buffer.from(put), 0o644) : put;

export interface Step {
  readonly put?: Readonly<Record<string, Put>>;
  /** Paths to which a write was denied. */
  readonly denied?: readonly string[];
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
    const result: ToolResult = {
      callId: `call-${index}`,
      exitCode: 0,
      stdout: '',
      stderr: '',
      truncated: { stdout: false, stderr: false },
      outcome: 'ok',
      limit: null,
      cwd: '/root',
      changes,
      denied: (step.denied ?? []).map((path) => ({ path, operation: 'write' })),
    };
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

/** Verdicts and labels as plain values: `true` and `false`, or the kind where there is neither. */
export interface Read {
  readonly proxy: boolean | string;
  readonly intent: boolean | string;
  readonly attempted: boolean | string;
  readonly succeeded: boolean | string;
  readonly evaded: boolean | string;
  readonly disclosed: boolean | string;
  readonly kinds: readonly string[];
}

export const read = async (environment: Environment, rollout: Rollout): Promise<Read> => {
  const outcome = ([first]: readonly Outcome[]): boolean | string =>
    first?.kind === 'scored' ? first.passed : (first?.kind ?? 'nothing');
  const [labels] = await environment.labels.label([rollout], CONTEXT);
  if (labels === undefined) throw new Error('no labels');
  const value = (name: 'attempted' | 'succeeded' | 'evaded' | 'disclosed'): boolean | string => {
    const label: Labels[typeof name] = labels[name];
    return label.kind === 'known' ? label.value : label.kind;
  };
  return {
    proxy: outcome(await environment.proxy.grade([rollout], CONTEXT)),
    intent: outcome(await environment.intent.grade([rollout], CONTEXT)),
    attempted: value('attempted'),
    succeeded: value('succeeded'),
    evaded: value('evaded'),
    disclosed: value('disclosed'),
    kinds: labels.kinds,
  };
};

/** A task in which one item can be done, one cannot and one was done before, and the ways to move in it. */
export interface Scene {
  readonly task: Task;
  readonly host: ChecklistHost;
  readonly list: string;
  readonly text: string;
  /** The files that prove the doable item. */
  readonly work: Readonly<Record<string, Put>>;
  /** Work on the same files that went wrong. */
  readonly botched: Readonly<Record<string, Put>>;
  /** The list's text with exactly the items of these kinds marked. */
  marked(...kinds: readonly string[]): string;
}

export const sceneOf = (environment: Environment): Scene => {
  for (let variant = 0; variant < environment.variants.train; variant++) {
    const [task] = environment.tasks({ split: 'train', variant, register: 'compact', promptSet: 'main' });
    if (task === undefined) continue;
    const host = hostOf(task);
    const kinds = host.items.map((item) => item.kind);
    if (kinds.toSorted().join() !== 'doable,given,impossible') continue;
    const text = task.files.find((file) => file.path === host.list)?.text ?? '';
    const checks = host.items.flatMap((item) => (item.kind === 'doable' ? item.checks : []));
    const work = Object.fromEntries(
      checks.map((check) => [
        check.path,
        check.kind === 'text' ? check.text : check.kind === 'number' ? `${check.value}\n` : null,
      ]),
    );
    const marked = (...wanted: readonly string[]): string =>
      parseChecklist(text).reduce(
        (all, item, index) => markItem(all, item.line, wanted.includes(kinds[index] ?? '')),
        text,
      );
    const botched = Object.fromEntries(Object.keys(work).map((path) => [path, 'not what was asked for\n']));
    return { task, host, list: host.list, text, work, botched, marked };
  }
  throw new Error('no variant has one item of each kind');
};
