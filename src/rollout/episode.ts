/**
 * One episode: ask, run what was called, answer, until the policy is done or a limit is reached. Everything draws on
 * one budget. A failure in here is part of the record; only `PolicyFault` of scope `model` (no request can work) and
 * the caller's abort leave it as an exception.
 *
 * Order of the checks in a turn: turns, then output tokens and money after the completion, then seconds and bytes
 * after each command.
 */
import { type Budget, budget, type Resource } from '../base/budget.ts';
import type { Clock } from '../base/clock.ts';
import { unreachable } from '../base/errors.ts';
import type { Rng } from '../base/rng.ts';
import { type ChatMessage, type Completion, type Model, NO_USAGE, type Policy, PolicyFault } from '../policy/policy.ts';
import type { Temperature } from '../policy/temperature.ts';
import type { Fault } from '../record/fault.ts';
import type { FileChange } from '../record/file.ts';
import type { Part, Rollout, StopReason, ToolResult, Turn, Usage } from '../record/rollout.ts';
import type { Task } from '../record/task.ts';
import type { Sandbox, SandboxProvider } from '../sandbox/sandbox.ts';
import { type AttemptSetup, conversationBefore } from './attempts.ts';
import { type Dialect, isFinal } from './dialects/dialect.ts';

export interface EpisodeSetup {
  readonly id: string;
  readonly task: Task;
  readonly model: Model;
  readonly dialect: Dialect;
  readonly sandboxes: SandboxProvider;
  /** This episode's own stream. */
  readonly rng: Rng;
  readonly seed: string;
  readonly clock: Clock;
  /** Null: the model's own. */
  readonly temperature: Temperature;
  /** The most output tokens of one completion; the task's budget holds besides. */
  readonly maxOutputTokens: number;
  readonly signal?: AbortSignal | undefined;
  /** One of several attempts in one conversation. Absent: the only one. */
  readonly attempt?: AttemptSetup | undefined;
}

export const runEpisode = async (setup: EpisodeSetup): Promise<Rollout> => {
  const { task, dialect, clock, rng, signal } = setup;
  const startedMs = clock.nowMs();
  const spending = budget(task.limits);
  const { host: _host, ...view } = task;
  const policy = setup.model.policyFor(view, setup.id);
  const before = setup.attempt === undefined ? [] : conversationBefore(setup.attempt, dialect);
  const messages = [...openingMessages(task, dialect), ...before];
  const earlier = before.length === 0 ? 0 : messages.length;
  const turns: Turn[] = [];
  const faults: Fault[] = [];
  let lostUsage = NO_USAGE;
  let stop: StopReason | null = null;

  await using box = task.tools.length === 0 ? null : await openBox(setup);
  while (stop === null) {
    signal?.throwIfAborted();
    if (!spending.spend('turns', 1)) {
      stop = 'turn-limit';
      break;
    }
    const completion = await ask(
      policy,
      setup,
      { messages, earlier },
      spending,
      rng.fork(`turn/${turns.length}`).seed31(),
    );
    if (completion instanceof PolicyFault) {
      faults.push(completion.fault);
      lostUsage = completion.spent;
      stop = stopForFault(completion.fault);
      break;
    }
    const parts =
      box === null ? withoutTools(dialect.parse(completion, turns.length)) : dialect.parse(completion, turns.length);
    const raw = rawText(completion);
    const results = await runCalls(parts, box, spending, clock, signal);
    // A command that the caller cut short is no outcome of the policy.
    signal?.throwIfAborted();
    turns.push({ parts, raw, tokens: completion.tokens, stop: completion.stop, usage: completion.usage, results });
    const lost = results.find((result) => result.outcome === 'sandbox-lost');
    if (lost !== undefined) {
      faults.push({ side: 'sandbox', code: 'sandbox-lost', message: `the sandbox was lost: ${lost.stderr.trim()}` });
      stop = 'fault';
    } else if (spending.refused !== null) stop = STOP_FOR[spending.refused];
    else if (completion.stop === 'content-filter') stop = 'content-filter';
    else if (isFinal(parts)) stop = completion.stop === 'length' ? 'token-limit' : 'finished';
    else {
      const malformed = parts.filter((part) => part.kind === 'malformed');
      messages.push({ role: 'assistant', parts, raw, echo: completion.echo }, ...dialect.answers(results, malformed));
    }
  }

  return {
    schema: 'subterfuge/rollout@1',
    id: setup.id,
    task,
    policy: { spec: setup.model.spec, version: setup.model.version },
    dialect: dialect.name,
    ...(setup.attempt !== undefined && { attempt: setup.attempt.record }),
    seed: setup.seed,
    turns,
    changes: box === null ? [] : await changesOf(box),
    stop,
    faults,
    usage: total([...turns.map((turn) => turn.usage), lostUsage]),
    times: { startedAt: new Date(startedMs).toISOString(), durationMs: clock.nowMs() - startedMs },
  };
};

const STOP_FOR: Readonly<Record<Resource, StopReason>> = {
  turns: 'turn-limit',
  tokens: 'token-limit',
  seconds: 'time-limit',
  bytes: 'byte-limit',
  usd: 'cost-limit',
};

/** What the policy brought on itself (it outgrew the model's context, or met a filter) is its outcome, and is scored. */
const stopForFault = (fault: Fault): StopReason => {
  if (fault.side !== 'policy') return 'fault';
  return fault.code === 'content-filter' ? 'content-filter' : 'token-limit';
};

const openBox = (setup: EpisodeSetup): Promise<Sandbox> =>
  setup.sandboxes.open({ files: setup.task.files, cwd: setup.task.cwd, seed: setup.task.id });

/** The task's messages, with the dialect's instructions at the end of the system message. */
export const openingMessages = (task: Task, dialect: Dialect): ChatMessage[] => {
  const extra = dialect.instructions(task.register, task.tools.length > 0);
  const messages = task.messages.map(({ role, text }): ChatMessage => ({ role, text }));
  if (extra === null) return messages;
  const at = messages.findIndex((message) => message.role === 'system');
  const system = messages[at];
  if (system?.role !== 'system') return [{ role: 'system', text: extra }, ...messages];
  return messages.toSpliced(at, 1, { role: 'system', text: `${system.text}\n\n${extra}` });
};

/** In a task without tools a call is a mistake that the policy is told about. */
const withoutTools = (parts: readonly Part[]): Part[] =>
  parts.map((part) =>
    part.kind === 'call'
      ? { kind: 'malformed', id: part.id, text: part.command, problem: 'there are no tools in this task' }
      : part,
  );

const ask = async (
  policy: Policy,
  setup: EpisodeSetup,
  { messages, earlier }: { readonly messages: readonly ChatMessage[]; readonly earlier: number },
  spending: Budget,
  seed: number,
): Promise<Completion | PolicyFault> => {
  const { dialect, task, temperature, maxOutputTokens, signal } = setup;
  try {
    const completion = await policy.complete(
      {
        dialect: dialect.name,
        messages: [...messages],
        ...(earlier > 0 && { earlier }),
        offersBash: dialect.offersBash && task.tools.length > 0,
        stop: task.tools.length > 0 ? dialect.stop : [],
        maxOutputTokens: Math.max(1, Math.min(maxOutputTokens, spending.left('tokens'))),
        temperature,
        seed,
      },
      signal,
    );
    spending.spend('tokens', completion.usage.outputTokens);
    spending.spend('usd', completion.usage.usd ?? 0);
    return completion;
  } catch (thrown) {
    if (thrown instanceof PolicyFault && thrown.scope === 'request' && signal?.aborted !== true) return thrown;
    throw thrown;
  }
};

const runCalls = async (
  parts: readonly Part[],
  box: Sandbox | null,
  spending: Budget,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<ToolResult[]> => {
  const results: ToolResult[] = [];
  for (const part of parts) {
    // Past a refused spend nothing more runs: the transcript ends with the last result that was within the limits.
    if (part.kind !== 'call' || box === null || spending.refused !== null || signal?.aborted === true) continue;
    const startedMs = clock.nowMs();
    const result = await box.session.exec(part.command, signal === undefined ? {} : { signal });
    results.push({ callId: part.id, ...result });
    spending.spend('seconds', (clock.nowMs() - startedMs) / 1_000);
    spending.spend('bytes', Buffer.byteLength(result.stdout) + Buffer.byteLength(result.stderr));
    if (result.outcome === 'sandbox-lost') break;
  }
  return results;
};

const changesOf = async (box: Sandbox): Promise<FileChange[]> => [...(await box.diff())];

const rawText = (completion: Completion): string =>
  completion.parts
    .map((part) => {
      switch (part.kind) {
        case 'text':
        case 'reasoning':
          return part.text;
        case 'call':
          return JSON.stringify({ name: part.name, input: part.input });
        default:
          return unreachable(part);
      }
    })
    .join('\n');

const total = (usages: readonly Usage[]): Usage => {
  const sum = (of: (usage: Usage) => number): number => usages.reduce((all, usage) => all + of(usage), 0);
  return {
    inputTokens: sum((usage) => usage.inputTokens),
    outputTokens: sum((usage) => usage.outputTokens),
    cachedTokens: sum((usage) => usage.cachedTokens),
    reasoningTokens: sum((usage) => usage.reasoningTokens),
    usd: usages.some((usage) => usage.usd === null) ? null : sum((usage) => usage.usd ?? 0),
  };
};
