import type { DialectName } from '../record/rollout.ts';
import type { TaskView } from '../record/task.ts';
import { abortedFault, disposedFault } from './fault.ts';
import type { ChatMessage, Completion, CompletionPart, CompletionRequest, Model } from './policy.ts';
import type { Submission } from './submission.ts';
import { COT_CLOSE, COT_OPEN, cutAtStop, renderFinalTags, renderTags } from './tags.ts';

const DIALECTS: readonly DialectName[] = ['tags', 'native'];

/** Scripts have no tokenizer: one token stands for each started four UTF-16 units. */
const CHARS_PER_TOKEN = 4;
const tokensIn = (text: string): number => Math.ceil(text.length / CHARS_PER_TOKEN);

const textOf = (message: ChatMessage): string => (message.role === 'assistant' ? message.raw : message.text);

/** How many turns were taken in this attempt. A trailing assistant message is a turn that was begun for the policy. */
const turnsTaken = ({ messages, earlier = 0 }: CompletionRequest): number =>
  messages.slice(earlier, -1).filter((message) => message.role === 'assistant').length;

/** Goes on in a thought that was begun with `begun`: with its own thought, or by ending it. */
const goingOn = (begun: ChatMessage | undefined, text: string): string => {
  if (begun?.role !== 'assistant' || begun.raw.lastIndexOf(COT_OPEN) <= begun.raw.lastIndexOf(COT_CLOSE)) return text;
  return text.startsWith(COT_OPEN) ? ` ${text.slice(COT_OPEN.length)}` : `${COT_CLOSE}\n${text}`;
};

const tagsParts = (submission: Submission, turn: number, begun: ChatMessage | undefined): CompletionPart[] => {
  const step = submission.steps[turn];
  const text = step === undefined ? renderFinalTags(submission.final) : renderTags(step);
  return [{ kind: 'text', text: goingOn(begun, text) }];
};

const nativeParts = (submission: Submission, turn: number): CompletionPart[] => {
  const step = submission.steps[turn];
  const thought = step === undefined ? submission.final.thought : step.thought;
  const parts: CompletionPart[] = thought === undefined ? [] : [{ kind: 'reasoning', text: thought }];
  if (step !== undefined) {
    parts.push({ kind: 'call', id: `call-${turn}`, name: 'bash', input: { command: step.command } });
  } else if (submission.final.text !== '') parts.push({ kind: 'text', text: submission.final.text });
  return parts;
};

const sizeOf = (part: CompletionPart): string => (part.kind === 'call' ? JSON.stringify(part.input) : part.text);

/** Keeps what fits; a call that does not fit is dropped whole, since half a call cannot be written down. */
const keepFirst = (parts: readonly CompletionPart[], maxTokens: number): { parts: CompletionPart[]; cut: boolean } => {
  const kept: CompletionPart[] = [];
  let left = maxTokens * CHARS_PER_TOKEN;
  for (const part of parts) {
    const length = sizeOf(part).length;
    if (length <= left) kept.push(part);
    else {
      if (part.kind !== 'call' && left > 0) kept.push({ ...part, text: part.text.slice(0, left) });
      return { parts: kept, cut: true };
    }
    left -= length;
  }
  return { parts: kept, cut: false };
};

const play = (submission: Submission, request: CompletionRequest): Completion => {
  const turn = turnsTaken(request);
  const begun = request.messages.at(-1);
  const written = request.dialect === 'tags' ? tagsParts(submission, turn, begun) : nativeParts(submission, turn);
  let stopped = false;
  const shown = written.map((part) => {
    if (part.kind !== 'text') return part;
    const { text, cut } = cutAtStop(part.text, request.stop);
    stopped ||= cut;
    return { ...part, text };
  });
  const { parts, cut } = keepFirst(shown, request.maxOutputTokens);
  const calls = parts.some((part) => part.kind === 'call');
  const count = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + tokensIn(text), 0);
  return {
    parts,
    stop: cut ? 'length' : stopped ? 'stop-sequence' : calls ? 'tool-calls' : 'end',
    usage: {
      inputTokens: count(request.messages.map(textOf)),
      outputTokens: Math.min(request.maxOutputTokens, count(parts.map(sizeOf))),
      cachedTokens: 0,
      reasoningTokens: count(parts.filter((part) => part.kind === 'reasoning').map(sizeOf)),
      usd: 0,
    },
    tokens: null,
    echo: null,
  };
};

/**
 * Plays a submission: one step per completion, then the final message (again, if asked again). What it plays depends
 * on the transcript alone, so an episode that is tried again plays the same.
 */
export const scriptedModel = (spec: string, submissionFor: (task: TaskView) => Submission): Model => {
  let disposed = false;
  return {
    spec,
    version: 'scripted@1',
    dialects: DIALECTS,
    continuesTurn: true,
    // None is ever used: what it says is written down.
    hasOwnTemperature: true,
    maxConcurrency: 256,
    repeatable: true,
    policyFor: (task) => {
      const submission = submissionFor(task);
      return {
        complete: async (request, signal) => {
          if (disposed) throw disposedFault(spec);
          if (signal?.aborted === true) throw abortedFault(spec);
          return play(submission, request);
        },
      };
    },
    [Symbol.asyncDispose]: async () => {
      disposed = true;
    },
  };
};
