import type { Json } from '../../base/json.ts';
import type { CommandOutcome, CompletionStop, LogScore, StopReason, Usage } from '../../record/rollout.ts';
import type { Place } from './bad-log.ts';

export type LogPart =
  | { readonly kind: 'thought' | 'text'; readonly text: string }
  /** `problem`: the log itself says that the call could not be read. */
  | {
      readonly kind: 'call';
      readonly id: string;
      readonly name: string;
      readonly input: Json;
      readonly problem: string | null;
    };

/** A message of a log, whatever its layout was. */
export type LogMessage =
  | { readonly role: 'system' | 'user'; readonly text: string }
  | { readonly role: 'assistant'; readonly parts: readonly LogPart[]; readonly stop: CompletionStop | null }
  | {
      readonly role: 'tool';
      /** Null: the log does not say which call this answers. */
      readonly callId: string | null;
      readonly text: string;
      readonly error: string | null;
      readonly outcome: CommandOutcome;
    };

/** One conversation of a log. What the log does not say is null. */
export interface Conversation {
  readonly place: Place;
  readonly id: string | null;
  readonly model: string | null;
  readonly messages: readonly LogMessage[];
  /** Why it ended, where the log says it: else its last message tells. */
  readonly stop: StopReason | null;
  /** An error that ended it. */
  readonly error: string | null;
  readonly usage: Usage | null;
  readonly startedAt: string | null;
  readonly durationMs: number | null;
  readonly scores: readonly LogScore[];
}
