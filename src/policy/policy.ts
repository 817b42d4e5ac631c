import type { Json } from '../base/json.ts';
import type { Fault } from '../record/fault.ts';
import type { CompletionStop, DialectName, Part, Tokens, Usage } from '../record/rollout.ts';
import type { TaskView } from '../record/task.ts';
import type { Temperature } from './temperature.ts';

/** The transcript as a policy sees it. In the tags dialect calls and results are text inside assistant and user messages. */
export type ChatMessage =
  | { readonly role: 'system' | 'user'; readonly text: string }
  | { readonly role: 'assistant'; readonly parts: readonly Part[]; readonly raw: string; readonly echo: Json }
  | { readonly role: 'tool'; readonly callId: string; readonly text: string };

export interface CompletionRequest {
  readonly dialect: DialectName;
  /** A last message of the assistant is a turn that was begun for the policy: only models that say `continuesTurn` go on with it. */
  readonly messages: readonly ChatMessage[];
  /** How many messages at the start belong to earlier attempts at the same task. Absent: none. */
  readonly earlier?: number;
  /** Native dialect only: offer the `bash` tool (one string argument, `command`). */
  readonly offersBash: boolean;
  /** Generation ends before any of these. Empty in the native dialect. */
  readonly stop: readonly string[];
  readonly maxOutputTokens: number;
  /** Null: the model's own. Only models that say `hasOwnTemperature` go without. */
  readonly temperature: Temperature;
  /** 31-bit; passed to samplers and providers that take one. */
  readonly seed: number;
}

/** What came back, in order and unparsed. `call.input` is whatever the provider gave: the dialect checks it. */
export type CompletionPart =
  | { readonly kind: 'reasoning'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'call'; readonly id: string; readonly name: string; readonly input: Json };

export interface Completion {
  readonly parts: readonly CompletionPart[];
  readonly stop: CompletionStop;
  readonly usage: Usage;
  /** Null where the backend does not give ids and log-probabilities. */
  readonly tokens: Tokens | null;
  /** What the provider wants back with this message in the next request (signed reasoning); null for most. */
  readonly echo: Json;
}

/** Continues one episode's transcript. Fixed weights; rejects with `PolicyFault` and nothing else. */
export interface Policy {
  complete(request: CompletionRequest, signal?: AbortSignal): Promise<Completion>;
}

/** A model at a fixed version. `policyFor` gives the policy for one episode; real models ignore the task. */
export interface Model extends AsyncDisposable {
  /** As on the command line, e.g. `scripted:exploit`, `openai:gpt-x`. Never holds a secret. */
  readonly spec: string;
  /** What fixes the weights: a provider's model id, a file's hash, a script's version. */
  readonly version: string;
  readonly dialects: readonly DialectName[];
  /** How many completions it can usefully run at once. */
  readonly maxConcurrency: number;
  /**
   * Equal requests give equal completions, at no cost: nothing is lost if a completion is not written down, since it can
   * be had again. Absent: false.
   */
  readonly repeatable?: boolean;
  /** It goes on with a turn that was begun for it, in the tags dialect. Absent: false. */
  readonly continuesTurn?: boolean;
  /** A request may leave the temperature out. Absent: false, and one without it is a fault. */
  readonly hasOwnTemperature?: boolean;
  /** Its own is taken whatever a request says: its spec begins with `no-temperature:`. Absent: false. */
  readonly sendsNoTemperature?: boolean;
  policyFor(task: TaskView, rolloutId: string): Policy;
}

export const NO_USAGE: Usage = { inputTokens: 0, outputTokens: 0, cachedTokens: 0, reasoningTokens: 0, usd: 0 };

/**
 * A completion that could not be had. `scope` says how far it reaches: `request` (this episode only), or `model`
 * (no request can work: bad key, unknown model, unreachable host), which ends the run.
 */
export class PolicyFault extends Error {
  readonly fault: Fault;
  readonly scope: 'request' | 'model';
  /** What the failed attempts may have cost: counts against caps though nothing came back. */
  readonly spent: Usage;

  constructor(fault: Fault, scope: 'request' | 'model', cause?: unknown, spent: Usage = NO_USAGE) {
    super(fault.message, { cause });
    this.name = 'PolicyFault';
    this.fault = fault;
    this.scope = scope;
    this.spent = spent;
  }
}
