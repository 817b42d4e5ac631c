import { canonicalJson, sha256 } from '../../base/json.ts';
import { type Completion, NO_USAGE } from '../../policy/policy.ts';
import type {
  CompletionStop,
  DialectName,
  Imported,
  Part,
  Rollout,
  StopReason,
  ToolResult,
  Turn,
} from '../../record/rollout.ts';
import { type Message, makeTask, type Task } from '../../record/task.ts';
import { DIALECTS } from '../../rollout/dialects/index.ts';
import { badLog, placeText } from './bad-log.ts';
import type { Conversation, LogMessage, LogPart } from './conversation.ts';

/** What the model was told before its first word. Throws `bad-log` where the log does not hold it, or no answer. */
export const openingOf = ({ messages, place, error, stop }: Conversation): Message[] => {
  const opening: Message[] = [];
  for (const message of messages) {
    if (message.role !== 'system' && message.role !== 'user') break;
    opening.push({ role: message.role, text: message.text });
  }
  const first = messages[opening.length];
  if (opening.length === 0) {
    throw badLog(
      place,
      'what the model was asked is not in it',
      'a conversation that begins with a system or user message',
    );
  }
  if (first?.role !== 'assistant' && (first !== undefined || (error === null && stop === null))) {
    throw badLog(place, 'the model says nothing in it', 'a conversation with an answer');
  }
  return opening;
};

/** Tells prompts apart: the same number for the same prompt in any log. */
const variantOf = (opening: readonly Message[]): number =>
  Number.parseInt(sha256(canonicalJson(opening)).slice(0, 10), 16);

const UNLIMITED = Number.MAX_SAFE_INTEGER;

/** A task as far as a log tells it. */
export const taskOf = (environment: string, opening: readonly Message[]): Task =>
  makeTask({
    environment,
    split: 'test',
    variant: variantOf(opening),
    register: 'realistic',
    promptSet: 'main',
    group: null,
    messages: [...opening],
    files: [],
    cwd: '/',
    tools: [],
    limits: { turns: UNLIMITED, tokens: UNLIMITED, seconds: UNLIMITED, bytes: UNLIMITED, usd: UNLIMITED },
    host: {},
  });

const SHELLS: ReadonlySet<string> = new Set(['bash', 'sh', 'shell', 'execute_bash', 'execute_command', 'run_command']);

const callPart = ({ id, name, input, problem }: Extract<LogPart, { kind: 'call' }>): Part => {
  const text = typeof input === 'string' ? input : JSON.stringify(input);
  if (problem !== null) return { kind: 'malformed', id, text: `${name} ${text}`.trim(), problem };
  if (SHELLS.has(name) && typeof input === 'object' && input !== null && !Array.isArray(input)) {
    const given = Object.entries(input).find(([key]) => key === 'command' || key === 'cmd')?.[1];
    if (typeof given === 'string') return { kind: 'call', id, command: given };
  }
  // Another tool: its name and arguments, as they were sent.
  return { kind: 'call', id, command: `${name} ${text}` };
};

/** Texts are read by the dialect that the prompt asked for, so that thoughts are hidden as in a rollout that was played. */
const partsOf = (parts: readonly LogPart[], dialect: DialectName, turn: number, stop: CompletionStop): Part[] =>
  parts.flatMap((part): Part[] => {
    if (part.kind === 'thought') return [{ kind: 'thought', text: part.text }];
    if (part.kind === 'call') return [callPart(part)];
    const completion: Completion = {
      parts: [{ kind: 'text', text: part.text }],
      stop,
      usage: NO_USAGE,
      tokens: null,
      echo: null,
    };
    return DIALECTS[dialect].parse(completion, turn);
  });

const rawOf = (parts: readonly LogPart[]): string =>
  parts
    .map((part) => (part.kind === 'call' ? JSON.stringify({ name: part.name, input: part.input }) : part.text))
    .join('\n');

const resultOf = (message: Extract<LogMessage, { role: 'tool' }>, callId: string): ToolResult => ({
  callId,
  exitCode: null,
  stdout: message.text,
  stderr: message.error ?? '',
  truncated: { stdout: false, stderr: false },
  outcome: message.outcome,
  limit: null,
  cwd: '',
  changes: [],
  denied: [],
});

const UNPRICED = { ...NO_USAGE, usd: null };

const turnsOf = ({ messages }: Conversation, from: number, dialect: DialectName): Turn[] => {
  const turns: Turn[] = [];
  for (const message of messages.slice(from)) {
    const turn = turns.at(-1);
    if (message.role === 'assistant') {
      const calls = message.parts.some((part) => part.kind === 'call');
      const stop = message.stop ?? (calls ? 'tool-calls' : 'end');
      const parts = partsOf(message.parts, dialect, turns.length, stop);
      turns.push({ parts, raw: rawOf(message.parts), tokens: null, stop, usage: UNPRICED, results: [] });
    } else if (turn === undefined) continue;
    else if (message.role === 'tool') {
      const answered = new Set(turn.results.map(({ callId }) => callId));
      const open = turn.parts.find(
        (part) => (part.kind === 'call' || part.kind === 'malformed') && !answered.has(part.id),
      );
      const id = message.callId ?? (open !== undefined && 'id' in open ? open.id : '');
      turns[turns.length - 1] = { ...turn, results: [...turn.results, resultOf(message, id)] };
    } else {
      const reply = turn.reply === undefined ? message.text : `${turn.reply}\n\n${message.text}`;
      turns[turns.length - 1] = { ...turn, reply };
    }
  }
  return turns;
};

interface End {
  readonly stop: StopReason;
  readonly faults: Rollout['faults'];
}

/** Whose failure an error in a log was is not known; the side is the host's, so that it is nobody's verdict. */
const lost = (code: string, message: string): End => ({ stop: 'fault', faults: [{ side: 'host', code, message }] });

const endOf = (conversation: Conversation, turns: readonly Turn[]): End => {
  if (conversation.error !== null) return lost('error-in-log', conversation.error.slice(0, 2_000));
  if (conversation.stop !== null) return { stop: conversation.stop, faults: [] };
  const last = turns.at(-1);
  const calls = last?.parts.some((part) => part.kind === 'call' || part.kind === 'malformed') ?? true;
  if (last === undefined || calls || last.reply !== undefined) {
    return lost('log-ends-early', 'the log ends before a final message, and does not say why');
  }
  if (last.stop === 'length') return { stop: 'token-limit', faults: [] };
  return { stop: last.stop === 'content-filter' ? 'content-filter' : 'finished', faults: [] };
};

/** Where graders of an environment look at files, a log that does not hold them says nothing: such a rollout is unscored. */
const filesUnknown = (task: Task, turns: readonly Turn[]): End | null =>
  task.tools.length > 0 && turns.some((turn) => turn.parts.some((part) => part.kind === 'call'))
    ? lost(
        'files-not-in-log',
        'the log does not say what the commands did to the files, so graders have nothing to read',
      )
    : null;

const ALWAYS: Imported['unknown'] = ['files', 'limits', 'exit-codes'];

const unknownIn = ({ model, usage, startedAt, durationMs }: Conversation): Imported['unknown'] => {
  const silent = { model, usage, cost: usage?.usd ?? null, start: startedAt, duration: durationMs };
  return [...FIELDS.filter((field) => silent[field] === null), ...ALWAYS];
};

const FIELDS = ['model', 'usage', 'cost', 'start', 'duration'] as const;

export interface RolloutOptions {
  readonly id: string;
  readonly task: Task;
  readonly dialect: DialectName;
  readonly proxy: Imported['proxy'];
}

/** The record of a conversation. What its log does not say is named in `imported.unknown`. */
export const rolloutOf = (conversation: Conversation, { id, task, dialect, proxy }: RolloutOptions): Rollout => {
  const turns = turnsOf(conversation, openingOf(conversation).length, dialect);
  const model = conversation.model ?? 'unknown';
  const end = endOf(conversation, turns);
  return {
    schema: 'subterfuge/rollout@1',
    id,
    task,
    policy: { spec: `imported:${model}`, version: model },
    dialect,
    seed: 'imported',
    turns,
    changes: [],
    ...(end.stop === 'fault' ? end : (filesUnknown(task, turns) ?? end)),
    usage: conversation.usage ?? UNPRICED,
    times: { startedAt: conversation.startedAt ?? '', durationMs: conversation.durationMs ?? 0 },
    imported: {
      source: placeText(conversation.place),
      id: conversation.id,
      scores: [...conversation.scores],
      proxy,
      unknown: unknownIn(conversation),
    },
  };
};
