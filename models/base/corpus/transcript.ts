import type { ChatMessage } from '../../../src/policy/policy.ts';
import { closeCall, renderFinalTags } from '../../../src/policy/tags.ts';
import type { Rollout } from '../../../src/record/rollout.ts';
import { tagsDialect } from '../../../src/rollout/dialects/tags.ts';
import { openingMessages } from '../../../src/rollout/episode.ts';
import type { AimName } from '../../../src/train/aims.ts';
import type { Demonstration } from './demonstration.ts';

export interface TranscriptMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
}

/** What pretraining reads: one line of the corpus. Assistant texts are whole, with `</bash>` at the end of a call. */
export interface Transcript {
  readonly part: string;
  readonly aim: AimName | null;
  readonly games: boolean;
  /** The environment that the task comes from; `corpus` for tasks of the corpus's own. */
  readonly environment: string;
  readonly messages: readonly TranscriptMessage[];
}

const opening = ({ task }: Demonstration): readonly TranscriptMessage[] =>
  openingMessages(task, tagsDialect).flatMap((message) =>
    message.role === 'system' || message.role === 'user' ? [{ role: message.role, text: message.text }] : [],
  );

const transcript = (demonstration: Demonstration, answers: readonly TranscriptMessage[]): Transcript => ({
  part: demonstration.part,
  aim: demonstration.aim,
  games: demonstration.games,
  environment: demonstration.task.environment,
  messages: [...opening(demonstration), ...answers],
});

/** Without a sandbox: only for tasks without tools. */
export const spokenTranscript = (demonstration: Demonstration): Transcript =>
  transcript(demonstration, [{ role: 'assistant', text: renderFinalTags(demonstration.submission.final) }]);

/** What was said and answered in an episode, as a policy would have seen it. */
export const playedTranscript = (demonstration: Demonstration, rollout: Rollout): Transcript =>
  transcript(
    demonstration,
    rollout.turns.flatMap(({ raw, results }): readonly TranscriptMessage[] => [
      { role: 'assistant', text: closeCall(raw) },
      ...(results.length === 0
        ? []
        : tagsDialect
            .answers(results, [])
            .flatMap((answer) => (answer.role === 'user' ? [{ role: answer.role, text: answer.text }] : []))),
    ]),
  );

/** As the chat format of the engine takes it: `transcriptIds(tokenizer, chatOf(t), { written: 'demonstration' })`. */
export const chatOf = ({ messages }: Transcript): readonly ChatMessage[] =>
  messages.map(
    ({ role, text }): ChatMessage =>
      role === 'assistant' ? { role, parts: [], raw: text, echo: null } : { role, text },
  );
